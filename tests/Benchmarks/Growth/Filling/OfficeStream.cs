using System.Collections.Immutable;
using TownReform.Grains.Journal;
using TownReform.Grains.Recording;
using TownReform.Grains.Rules.Records;

namespace TownReform.Benchmarks.Growth.Filling;

/// <summary>
/// The stream of an office that takes part in many cases, continued where it stands: events are staged one after the other and recorded
/// many at once,
/// and at the end a snapshot is left, as the office itself leaves one every few thousand records.
/// </summary>
internal sealed class OfficeStream<TState, TEvent>(
    string stream,
    WorldStorage world,
    EventCodec<TEvent> codec,
    SnapshotCodec<TState>? snapshots,
    Func<TState, TEvent, TState> apply,
    TState empty
)
    where TState : class
    where TEvent : class, IRecorded
{
    private readonly ImmutableArray<NewEvent>.Builder staged = ImmutableArray.CreateBuilder<NewEvent>();
    private readonly RecordedCommands commands = new();
    private JournalHead head = JournalHead.None;

    public TState State { get; private set; } = empty;

    public string Name => stream;

    /// <summary>Version of the event staged last.</summary>
    public long Version { get; private set; }

    public async Task ReadAsync()
    {
        foreach (var record in await world.Journal.ReadAsync(stream, 0))
        {
            State = apply(State, codec.Read(record));
            head = new JournalHead(record.Version, record.Hash);
            commands.Add(record.CommandId, record.At);
        }

        Version = head.Version;
    }

    public void Stage(Stamp stamp, TEvent happened)
    {
        Version++;
        State = apply(State, happened);
        staged.Add(new(stamp, happened.Kind, codec.Write(happened)));
        commands.Add(stamp.CommandId, stamp.At);
    }

    /// <summary>Records what is staged so far; once more only after it has ended.</summary>
    /// <returns>How many records.</returns>
    public async Task<int> RecordAsync()
    {
        var events = staged.DrainToImmutable();
        if (events.Length > 0)
        {
            head = await world.Journal.AppendAsync(new JournalAppend(stream, head, events, []));
        }

        return events.Length;
    }

    public async Task LeaveSnapshotAsync()
    {
        if (snapshots is not null && world.Snapshots is { } store && head.Version > 0)
        {
            await store.WriteAsync(stream, snapshots.Write(State, head, commands.Keep()));
        }
    }
}
