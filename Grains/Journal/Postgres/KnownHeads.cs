using TownReform.Grains.Journal.Writing;

namespace TownReform.Grains.Journal.Postgres;

/// <summary>
/// Where streams stand that this writer wrote lately. Records never change, so what it has written is there; a record that follows it needs no look
/// at the record before. That nobody else has written the record's own place is the fence's to say.
/// </summary>
internal sealed class KnownHeads
{
    /// <summary>Streams remembered; beyond that all are forgotten, and the store is asked.</summary>
    private const int Most = 50_000;

    private readonly Dictionary<string, JournalHead> heads = new(StringComparer.Ordinal);

    /// <summary>Whether a record is known to follow right after the end of its stream.</summary>
    public bool IsEndBefore(JournalRecord record) => heads.TryGetValue(record.Stream, out var head) && head.IsBefore(record);

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

    /// <summary>What was put in may not have been committed.</summary>
    public void Forget() => heads.Clear();
}
