using TownReform.Grains.Journal;
using TownReform.Grains.Neighbours;
using TownReform.Grains.Rules.Records;

namespace TownReform.Grains.Recording;

/// <summary>A grain that finds on its stream what it answered before: a command that comes again gets the answer that it got.</summary>
/// <param name="area">First part of its streams' names, before the key.</param>
public abstract class RecallingGrain<TState, TEvent>(IWorlds worlds, INeighbourhood neighbourhood, EventCodec<TEvent> codec, string area)
    : StreamGrain<TState, TEvent>(worlds, neighbourhood, codec, area)
    where TState : class
    where TEvent : class, IRecorded
{
    /// <summary>The refusal that an event records, or null when it is no refusal.</summary>
    protected abstract Refusal? RefusalOf(TEvent happened);

    /// <summary>True when this command is already on the stream.</summary>
    protected async ValueTask<bool> IsRepeatAsync(Stamp stamp) => await VersionOfAsync(stamp) > 0;

    /// <summary>The stream as it stood at an earlier moment; null when nothing was recorded yet.</summary>
    private protected async ValueTask<Replayed?> ReplayAsync(AsOf asOf)
    {
        var (state, events) = (Empty, new List<TEvent>());
        JournalRecord? last = null;
        foreach (var record in await Storage.Journal.ReadAsync(Stream, 0, asOf.Version ?? long.MaxValue))
        {
            if (asOf.Version is null && record.At > asOf.At)
            {
                break;
            }

            var happened = Codec.Read(record);
            events.Add(happened);
            (state, last) = (Apply(state, happened), record);
        }

        return last is null ? null : new(state, last, events);
    }

    /// <param name="Record">The last record that led to the state.</param>
    /// <param name="Events">All that led to it, in order.</param>
    private protected sealed record Replayed(TState State, JournalRecord Record, IReadOnlyList<TEvent> Events);

    /// <summary>What was answered to a command that is already on the stream: the refusal, or the state right after it.</summary>
    protected async ValueTask<(Refusal? Refusal, TState State, TEvent Event, JournalRecord Record)> RecallAsync(Stamp stamp)
    {
        var version = await VersionOfAsync(stamp);
        return await ReplayAsync(new AsOf(version)) is var (state, record, events) && record.Version == version
            ? (RefusalOf(events[^1]), state, events[^1], record)
            : throw new InvalidDataException($"Stream {World}/{Stream} has lost record {version}.");
    }

    /// <summary>Whether a record is the very command's: by the digest of what it said, and in older records by who said it and what was
    /// done (<paramref name="looksSame"/>).</summary>
    protected static bool IsOf(JournalRecord record, Stamp stamp, CommandDigest digest, bool looksSame) =>
        record.Digest is { } known
            ? known == digest
            : looksSame
                && record.ActorId == stamp.Actor.Id
                && record.ActorOffice == stamp.Actor.Office
                && (record.ActorFor ?? "") == (stamp.Actor.For ?? "");

    // A client may send its id again under a new moment; what the system sends again keeps its own.
    private ValueTask<long> VersionOfAsync(Stamp stamp) =>
        commands.FindAsync(stamp.CommandId, stamp.At, Storage.Journal, Stream, anyMoment: stamp.Actor.Office != Actor.System.Office);
}
