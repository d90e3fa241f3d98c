namespace TownReform.Grains.Seeds.Reading;

/// <summary>Something wrong in a seed file: where, what was expected and what was found. Loading stops with all faults found; nothing is
/// half-loaded.</summary>
/// <param name="File">Path relative to the seeds folder.</param>
/// <param name="Line">1-based; 0 when the file as a whole is meant.</param>
/// <param name="Field">The column or key.</param>
/// <param name="Found">What stands there instead; null when nothing does.</param>
public sealed record SeedFault(string File, int Line, string Field, string Expected, string? Found = null)
{
    public override string ToString()
    {
        var place = Line > 0 ? $"{File}:{Line}: {Field}" : $"{File}: {Field}";
        return Found is null ? $"{place}: expected {Expected}" : $"{place}: expected {Expected}, found {Found}";
    }
}

/// <summary>Thrown by loaders with every fault found.</summary>
public sealed class SeedException(IReadOnlyList<SeedFault> faults) : Exception(string.Join(Environment.NewLine, faults))
{
    public IReadOnlyList<SeedFault> Faults { get; } = faults;
}
