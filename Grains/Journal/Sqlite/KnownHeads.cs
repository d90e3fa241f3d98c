namespace TownReform.Grains.Journal.Sqlite;

/// <summary>
/// Where streams stand that this writer wrote lately. It is the file's only writer, so what it remembers is what the file says,
/// and the record before need not be looked up for each that follows.
/// </summary>
internal sealed class KnownHeads
{
    /// <summary>Streams remembered; beyond that all are forgotten, and the file is asked.</summary>
    private const int Most = 50_000;

    private readonly Dictionary<string, KnownHead> heads = new(StringComparer.Ordinal);

    public KnownHead? Of(string stream) => heads.GetValueOrDefault(stream);

    /// <summary>The stream's new end.</summary>
    public void Put(PendingEnd end)
    {
        if (end.Closes)
        {
            heads.Remove(end.Stream);
            return;
        }

        if (heads.Count >= Most)
        {
            heads.Clear();
        }

        heads[end.Stream] = end.Head;
    }

    /// <summary>What was put in may not have been committed.</summary>
    public void Forget() => heads.Clear();
}

/// <summary>The end of a stream.</summary>
/// <param name="Workplace">Where its case is, when it is a case's.</param>
internal sealed record KnownHead(long Version, ReadOnlyMemory<byte> Hash, string? Workplace);

/// <param name="Closes">Nothing but late deliveries can follow.</param>
internal readonly record struct PendingEnd(string Stream, KnownHead Head, bool Closes);
