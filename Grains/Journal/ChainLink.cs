namespace TownReform.Grains.Journal;

/// <summary>Forges the record that follows a head: its place, its moment in UTC, its hash.</summary>
internal static class ChainLink
{
    public static JournalRecord After(JournalHead previous, string world, JournalAppend append)
    {
        var version = previous.Version + 1;
        var stamp = append.Stamp;

        // The chain covers the instant, not the offset it was told in; so only the instant is kept, in memory as on disk.
        var at = stamp.At.ToUniversalTime();
        var hash = HashChain.Next(previous.Hash.Span, world, append.Stream, version, at, append.Kind, stamp.Actor, stamp.CommandId, append.Payload.Span);
        return new JournalRecord(
            world,
            append.Stream,
            version,
            at,
            append.Kind,
            stamp.Actor.Id,
            stamp.Actor.Office,
            stamp.Actor.For,
            stamp.CommandId,
            append.Payload,
            previous.Hash,
            hash);
    }

    public static JournalHead Head(this JournalRecord record) => new(record.Version, record.Hash);
}
