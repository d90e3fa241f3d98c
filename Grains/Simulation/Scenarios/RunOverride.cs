namespace TownReform.Grains.Simulation.Scenarios;

/// <summary>One thing that the command line put in place of the scenario's own.</summary>
/// <param name="Path">As in the scenario file: <c>routes.permit</c>, <c>demand_scale</c>, <c>pace</c>.</param>
public sealed record RunOverride(string Path, string Was, string Now);
