using System.Collections.Immutable;
using TownReform.Grains.Journal;

namespace TownReform.Grains.Recording;

/// <summary>
/// A grain whose state is what its stream says. Four verbs: gather facts, ask a rule, record, answer.
/// A fault while recording drops the activation, so that memory is never ahead of the record.
/// </summary>
public abstract class RecordedGrain<TState, TEvent>(IWorlds worlds, EventCodec<TEvent> codec) : Grain
    where TState : class
    where TEvent : class, IRecorded
{
    private SnapshotPace? pace;
    private RecordedCommands commands = new();
    private JournalHead head = JournalHead.None;
    private int staged;
    private bool loaded;
    private bool resumes;
    private Type? told;
    private TaskCompletionSource? recorded;
    private CancellationTokenRegistration leaving;

    protected string World { get; private set; } = "";

    /// <summary>The key without the world.</summary>
    protected string Key { get; private set; } = "";

    protected WorldStorage Storage { get; private set; } = null!;

    protected TState State { get; private set; } = null!;

    protected long Version => head.Version;

    /// <summary>Name of the stream, without the world.</summary>
    protected abstract string Stream { get; }

    /// <summary>State of an empty stream.</summary>
    protected abstract TState Empty { get; }

    protected abstract TState Apply(TState state, TEvent happened);

    /// <summary>The refusal that an event records, or null when it is no refusal.</summary>
    protected abstract Refusal? RefusalOf(TEvent happened);

    /// <summary>Facts that readers on this silo may have without a call; null for none.</summary>
    protected virtual object? LocalFacts(TState committed) => null;

    /// <summary>State as snapshot bytes, or null where replay is cheap.</summary>
    protected virtual SnapshotCodec<TState>? Snapshots => null;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var key = this.GetPrimaryKeyString();
        var slash = key.IndexOf('/');
        (World, Key) = (key[..slash], key[(slash + 1)..]);
        Storage = worlds.Of(World);
        State = Empty;
        if (World != Address.Live)
        {
            DelayDeactivation(Simulation.SimulatedWorlds.Longest);
        }

        leaving = Storage.Dropped.UnsafeRegister(static grain => ((RecordedGrain<TState, TEvent>)grain!).DeactivateOnIdle(), this);
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Withdraw();
        recorded?.TrySetResult();
        await leaving.DisposeAsync();

        // The next activation reads it; a snapshot under way is also the store's to end before it is closed.
        await (pace?.EndAsync(cancellationToken) ?? Task.CompletedTask);
    }

    /// <summary>Makes sure that <see cref="State"/> is what the stream says. First statement of every grain method.</summary>
    protected ValueTask LoadAsync()
    {
        staged = 0;
        return loaded ? ValueTask.CompletedTask : ReloadAsync();
    }

    /// <summary>Takes the stream for empty without reading it: for a number that was just handed out. The fence of the first append catches the mistake.</summary>
    protected void AssumeNew() => loaded = true;

    protected bool IsLoaded => loaded;

    /// <summary>True until the first record since the stream was read is safe.</summary>
    protected bool Resumes => resumes;

    /// <summary>Changes what this grain knows of its stream. One that shares it with others overrides this, so that they see all of the change or nothing.</summary>
    protected virtual void Exclusively(Action change) => change();

    // Read-only calls interleave, so two loads can be under way at once: nothing is assigned before the last await.
    protected async ValueTask ReloadAsync()
    {
        var (state, at, known, size) = (Empty, JournalHead.None, new RecordedCommands(), 0);
        if (Snapshots is { } snapshots && Storage.Snapshots is { } store
            && await store.ReadAsync(Stream) is { } snapshot && snapshots.TryRead(snapshot, out var kept, out var keptCommands))
        {
            (state, at, known, size) = (kept, new JournalHead(snapshot.Version, snapshot.Hash), keptCommands, snapshot.State.Length);
        }

        var tail = await Storage.Journal.ReadAsync(Stream, at.Version);
        if (Snapshots is not null)
        {
            (pace ??= new SnapshotPace()).Begin(at.Version, size);
        }

        foreach (var record in tail)
        {
            state = Apply(state, codec.Read(record));
            at = new JournalHead(record.Version, record.Hash);
            known.Add(record.CommandId, record.At);
        }

        Exclusively(() => (State, head, commands, loaded, resumes) = (state, at, known, true, at.Version > 0));
        Tell();
    }

    /// <summary>Records one event and applies it. Returns once it is safe.</summary>
    protected ValueTask RecordAsync(Stamp stamp, TEvent happened, ImmutableArray<Delivery> effects) =>
        RecordAsync(stamp, happened, Apply(State, happened), effects, null, closes: false);

    /// <summary>Records one event with the state that it leads to, which the caller has applied already.</summary>
    protected ValueTask RecordAsync(Stamp stamp, TEvent happened, TState next, ImmutableArray<Delivery> effects, CaseRow? row, bool closes) =>
        AppendAsync(Following([EventOf(stamp, happened)], effects, row, closes), next);

    /// <summary>Records what several commands led to, in one commit: all of it or nothing. An effect of a later event is addressed with <see cref="Deliver"/> after <see cref="Stage"/>.</summary>
    protected ValueTask RecordAsync(ImmutableArray<NewEvent> events, TState next, ImmutableArray<Delivery> effects) =>
        AppendAsync(Following(events, effects), next);

    /// <summary>An event as it will be recorded with others; effects addressed from now on are the following event's.</summary>
    protected NewEvent Stage(Stamp stamp, TEvent happened)
    {
        staged++;
        return EventOf(stamp, happened);
    }

    /// <summary>An event as it will be recorded.</summary>
    protected NewEvent EventOf(Stamp stamp, TEvent happened) => new(stamp, happened.Kind, codec.Write(happened));

    /// <summary>What follows the last record.</summary>
    protected JournalAppend Following(ImmutableArray<NewEvent> events, ImmutableArray<Delivery> effects, CaseRow? row = null, bool closes = false) =>
        new(Stream, head, events, effects, row, closes, resumes);

    private async ValueTask AppendAsync(JournalAppend append, TState next)
    {
        staged = 0;
        JournalHead now;
        try
        {
            now = await Storage.Journal.AppendAsync(append);
        }
        catch
        {
            Forget();
            throw;
        }

        GoOn(append.Events, next, now);
    }

    /// <summary>Goes on from what is on record now, once the journal has taken what <see cref="Following"/> gave. Whoever waits for the journal itself has the grain <see cref="Forget"/> when that fails.</summary>
    protected void GoOn(ImmutableArray<NewEvent> events, TState next, JournalHead now)
    {
        Advance(events, next, now, Task.CompletedTask);
        Tell();
        recorded?.TrySetResult();
    }

    /// <summary>
    /// Has the journal take what <see cref="Following"/> gave, and applies it before it is safe, so that more can follow at once. For a stream that others record on beside its
    /// grain: whoever calls it holds what <see cref="Exclusively"/> holds, and has the grain <see cref="Forget"/> when the append fails.
    /// </summary>
    /// <param name="whole">The append that <paramref name="own"/> goes beside; null when it goes alone.</param>
    /// <returns>Completes when it is safe.</returns>
    protected Task<JournalHead> AppendAhead(JournalAppend own, TState next, JournalAppend? whole = null)
    {
        staged = 0;
        var appending = Storage.Journal.AppendAsync(whole ?? own).AsTask();
        Advance(own.Events, next, ChainLink.After(World, own)[^1].Head(), appending);
        return appending;
    }

    /// <summary>Memory may be behind or ahead of the record. Whoever calls next reads the stream again.</summary>
    protected void Forget()
    {
        loaded = false;
        Withdraw();
        recorded?.TrySetResult();

        // Not the grain's own method: that one is for its turns, and refuses when the activation is gone already.
        GrainContext.Deactivate(new DeactivationReason(DeactivationReasonCode.ApplicationRequested, "What it remembers is not what is on record."));
    }

    private void Advance(ImmutableArray<NewEvent> events, TState next, JournalHead now, Task safe)
    {
        (State, head, resumes) = (next, now, false);
        foreach (var happened in events)
        {
            commands.Add(happened.Stamp.CommandId, happened.Stamp.At);
        }

        if (Snapshots is { } snapshots && Storage.Snapshots is { } store && pace is { } due && due.IsDue(now.Version))
        {
            var (stream, kept) = (Stream, commands.Keep());
            due.Write(now.Version, safe, async () =>
            {
                var snapshot = snapshots.Write(next, now, kept);
                await store.WriteAsync(stream, snapshot);
                return snapshot.State.Length;
            });
        }
    }

    protected ValueTask RecordAsync(Stamp stamp, TEvent happened) => RecordAsync(stamp, happened, []);

    /// <summary>Waits for the next record, or until the time is over. For calls that interleave.</summary>
    protected async ValueTask RecordedAsync(TimeSpan atMost)
    {
        if (atMost <= TimeSpan.Zero)
        {
            return;
        }

        if (recorded is null or { Task.IsCompleted: true })
        {
            recorded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        await ((Task)recorded.Task.WaitAsync(atMost)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    /// <summary>An effect that leaves with the record now being made.</summary>
    protected Delivery Deliver(int ordinal, string targetType, string targetKey, DateTimeOffset at, Effect effect) =>
        new(new EffectId(Stream, head.Version + staged + 1, ordinal), targetType, $"{World}/{targetKey}", at, effect);

    /// <summary>True when this command is already on the stream.</summary>
    protected async ValueTask<bool> IsRepeatAsync(Stamp stamp) => await VersionOfAsync(stamp) > 0;

    /// <summary>What was answered to a command that is already on the stream: the refusal, or the state right after it.</summary>
    protected async ValueTask<(Refusal? Refusal, TState State, TEvent Event, long Version)> RecallAsync(Stamp stamp)
    {
        var version = await VersionOfAsync(stamp);
        var state = Empty;
        foreach (var record in await Storage.Journal.ReadAsync(Stream, 0, version))
        {
            var happened = codec.Read(record);
            state = Apply(state, happened);
            if (record.Version == version)
            {
                return (RefusalOf(happened), state, happened, version);
            }
        }

        throw new InvalidDataException($"Stream {World}/{Stream} has lost record {version}.");
    }

    private void Tell()
    {
        if (LocalFacts(State) is { } facts)
        {
            Storage.Local.Put(Key, facts);
            told = facts.GetType();
        }
    }

    private void Withdraw()
    {
        if (told is { } type)
        {
            Storage.Local.Remove(Key, type);
            told = null;
        }
    }

    private ValueTask<long> VersionOfAsync(Stamp stamp) => commands.FindAsync(stamp.CommandId, stamp.At, Storage.Journal, Stream);
}
