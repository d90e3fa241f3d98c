namespace TownReform.Grains.Seeds;

/// <summary>Something wrong in a seed file: where, and what was expected. Loading stops with all faults found; nothing is half-loaded.</summary>
/// <param name="File">Path relative to the seeds folder.</param>
/// <param name="Line">1-based; 0 when the file as a whole is meant.</param>
/// <param name="Field">The column or key.</param>
public sealed record SeedFault(string File, int Line, string Field, string Expected)
{
    public override string ToString() => Line > 0 ? $"{File}:{Line}: {Field}: {Expected}" : $"{File}: {Field}: {Expected}";
}

/// <summary>Thrown by loaders with every fault found.</summary>
public sealed class SeedException(IReadOnlyList<SeedFault> faults)
    : Exception(string.Join(Environment.NewLine, faults))
{
    public IReadOnlyList<SeedFault> Faults { get; } = faults;
}
