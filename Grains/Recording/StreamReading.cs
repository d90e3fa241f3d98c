using TownReform.Grains.Journal;
using TownReform.Grains.Rules.Records;

namespace TownReform.Grains.Recording;

/// <summary>What a stream says, read from its last snapshot on.</summary>
/// <param name="Latest">Moment of the last record; null of an empty stream.</param>
/// <param name="SnapshotVersion">Version of the snapshot; 0 without one.</param>
/// <param name="SnapshotSize">Bytes of the snapshot's state.</param>
internal readonly record struct StreamReading<TState, TEvent>(
    TState State,
    JournalHead Head,
    RecordedCommands Commands,
    DateTimeOffset? Latest,
    long SnapshotVersion,
    int SnapshotSize
)
    where TState : class
    where TEvent : class, IRecorded
{
    public static async ValueTask<StreamReading<TState, TEvent>> ReadAsync(
        WorldStorage storage,
        string stream,
        TState empty,
        SnapshotCodec<TState>? snapshots,
        EventCodec<TEvent> codec,
        Func<TState, TEvent, TState> apply
    )
    {
        var read = await FromSnapshotAsync(storage, stream, empty, snapshots);
        var (state, at, latest) = (read.State, read.Head, read.Latest);

        // With the snapshot's own record: it tells the moment that what follows may not lie before.
        foreach (var record in await storage.Journal.ReadAsync(stream, Math.Max(0, at.Version - 1)))
        {
            latest = record.At;
            if (record.Version <= at.Version)
            {
                continue;
            }

            state = apply(state, codec.Read(record));
            at = new JournalHead(record.Version, record.Hash);
            read.Commands.Add(record.CommandId, record.At);
        }

        return read with
        {
            State = state,
            Head = at,
            Latest = latest,
        };
    }

    private static async ValueTask<StreamReading<TState, TEvent>> FromSnapshotAsync(
        WorldStorage storage,
        string stream,
        TState empty,
        SnapshotCodec<TState>? snapshots
    ) =>
        snapshots is not null
        && storage.Snapshots is { } store
        && await store.ReadAsync(stream) is { } snapshot
        && snapshots.TryRead(snapshot, out var kept, out var commands)
            ? new(kept, new(snapshot.Version, snapshot.Hash), commands, null, snapshot.Version, snapshot.State.Length)
            : new(empty, JournalHead.None, new(), null, SnapshotVersion: 0, SnapshotSize: 0);
}
