using TownReform.Grains.Journal.Writing;

namespace TownReform.Grains.Journal.Postgres;

/// <summary>
/// Where streams stand that this writer wrote lately, or writes with the commit at hand. Records never change, so what it has written is
/// there; a record that follows
/// it needs no look at the record before. That nobody else has written the record's own place is the fence's to say.
/// </summary>
internal sealed class KnownHeads
{
    /// <summary>Streams remembered; beyond that all are forgotten, and the store is asked.</summary>
    private const int Most = 50_000;

    private readonly Dictionary<string, JournalHead> heads = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JournalHead> underWay = new(StringComparer.Ordinal);

    /// <summary>Whether a record is known to follow right after the end of its stream.</summary>
    public bool IsEndBefore(JournalRecord record) =>
        (underWay.TryGetValue(record.Stream, out var head) || heads.TryGetValue(record.Stream, out head)) && head.IsBefore(record);

    /// <summary>Begins a commit; what the one before would have led to is of no account.</summary>
    public void Begin() => underWay.Clear();

    /// <summary>What an append leads to, if the commit at hand is made: then those that follow it are in the same.</summary>
    public void Expect(PendingAppend append) => underWay[append.Records[0].Stream] = append.Records[^1].Head();

    /// <summary>What an append has led to.</summary>
    public void Put(PendingAppend append)
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

        heads[last.Stream] = last.Head();
    }
}
