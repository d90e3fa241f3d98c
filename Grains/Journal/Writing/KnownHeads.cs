namespace TownReform.Grains.Journal.Writing;

/// <summary>
/// Where streams stand that this writer wrote lately. Records never change, so what it has written is there; a record that follows it needs no look
/// at the record before. That nobody else has written the record's own place is the fence's to say.
/// </summary>
internal sealed class KnownHeads
{
    /// <summary>Streams remembered; beyond that all are forgotten, and the store is asked.</summary>
    private const int Most = 50_000;

    private readonly Dictionary<string, KnownHead> heads = new(StringComparer.Ordinal);

    public KnownHead? Of(string stream) => heads.GetValueOrDefault(stream);

    /// <summary>What an append has led to.</summary>
    /// <param name="before">What was known of its stream.</param>
    public void Put(PendingAppend append, KnownHead? before)
    {
        var last = append.Records[^1];
        if (append.Closes)
        {
            heads.Remove(last.Stream);
            return;
        }

        if (heads.Count >= Most)
        {
            heads.Clear();
        }

        heads[last.Stream] = new KnownHead(last.Version, last.Hash, append.Case is null ? before?.Workplace : append.Case.Workplace);
    }

    /// <summary>What was put in may not have been committed.</summary>
    public void Forget() => heads.Clear();
}

/// <summary>The end of a stream.</summary>
/// <param name="Workplace">Where its case is, when it is a case's.</param>
internal sealed record KnownHead(long Version, ReadOnlyMemory<byte> Hash, string? Workplace)
{
    /// <summary>Whether a record follows right after this end.</summary>
    public bool IsBefore(JournalRecord record) => Version == record.Version - 1 && Hash.Span.SequenceEqual(record.PreviousHash.Span);
}
