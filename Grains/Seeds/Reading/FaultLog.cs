namespace TownReform.Grains.Seeds.Reading;

/// <summary>Gathers faults while loading goes on, so that an editor sees all of them at once.</summary>
internal sealed class FaultLog
{
    private readonly List<SeedFault> faults = [];

    public int Count => faults.Count;

    /// <summary>Where lines of several files stand in one tree, which file a line is of; null where each tree is of one file.</summary>
    public JoinedFiles? Joined { get; set; }

    public void Add(string file, int line, string field, string expected, string? found = null)
    {
        var (path, within) = Joined?.At(line) is { } joined ? joined : (file, line);
        faults.Add(new(path, within, field, expected, found));
    }

    /// <exception cref="SeedException">At least one fault was found.</exception>
    public void ThrowIfAny()
    {
        if (faults.Count > 0)
        {
            throw new SeedException([.. faults.Distinct().OrderBy(f => f.File, StringComparer.Ordinal).ThenBy(f => f.Line)]);
        }
    }
}
