using System.Collections.Immutable;

namespace TownReform.Grains.Journal;

/// <summary>Builds the records that follow a head: their versions, their moments in UTC, their hashes.</summary>
internal static class ChainLink
{
    public static JournalRecord[] After(string world, JournalAppend append) => After(world, append.Stream, append.Previous, append.Events);

    public static JournalRecord[] After(string world, string stream, JournalHead head, ImmutableArray<NewEvent> events)
    {
        var records = new JournalRecord[events.Length];
        for (var i = 0; i < records.Length; i++)
        {
            records[i] = After(head, world, stream, events[i]);
            head = records[i].Head();
        }

        return records;
    }

    public static JournalHead Head(this JournalRecord record) => new(record.Version, record.Hash);

    /// <summary>Whether a record follows right after this end of its stream.</summary>
    public static bool IsBefore(this JournalHead head, JournalRecord record) =>
        head.Version == record.Version - 1 && head.Hash.Span.SequenceEqual(record.PreviousHash.Span);

    private static JournalRecord After(JournalHead previous, string world, string stream, NewEvent happened)
    {
        var version = previous.Version + 1;
        var stamp = happened.Stamp;

        // The chain covers the instant, not the offset it was told in; so only the instant is kept, in memory as on disk. It doesn't tell
        // nobody from an empty name either; so an empty name is not kept.
        var at = stamp.At.ToUniversalTime();
        var receipt = happened.ReceivedAt is { } received
            ? new ChainReceipt(received.ToUniversalTime(), StoredLate.Write(stamp.Late), happened.Digest)
            : default(ChainReceipt?);
        var hash = HashChain.Next(
            previous: previous.Hash.Span,
            world: world,
            stream: stream,
            version: version,
            at: at,
            kind: happened.Kind,
            actor: stamp.Actor,
            commandId: stamp.CommandId,
            payload: happened.Payload.Span,
            receipt: receipt
        );
        return new JournalRecord(
            World: world,
            Stream: stream,
            Version: version,
            At: at,
            Kind: happened.Kind,
            ActorId: stamp.Actor.Id,
            ActorOffice: stamp.Actor.Office,
            ActorFor: stamp.Actor.For is { Length: > 0 } principal ? principal : null,
            CommandId: stamp.CommandId,
            Payload: happened.Payload,
            PreviousHash: previous.Hash,
            Hash: hash,
            ReceivedAt: receipt?.At,
            Late: receipt?.Late,
            Digest: receipt?.Digest
        );
    }
}
