namespace TownReform.Silo.Simulations;

/// <summary>Whether a silo takes runs of scenarios, and where it keeps their results.</summary>
/// <param name="IsOpen">It was started with <c>--simulations</c>.</param>
/// <param name="Folder">Folder of the results; made when the first is kept.</param>
internal sealed record SimulationSettings(bool IsOpen, string Folder);
