using TownReform.Grains.Journal;
using TownReform.Grains.Rules.Texts;

namespace TownReform.Grains.Recording;

/// <summary>
/// A grain whose state is what its stream says. Four verbs: gather facts, ask a rule, record, answer.
/// A fault while recording drops the activation, so that memory is never ahead of the record.
/// </summary>
public abstract partial class RecordedGrain<TState, TEvent>(IWorlds worlds, EventCodec<TEvent> codec) : Grain
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
        KeyFault = TextRules.StreamFault(Key);
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

    /// <summary>Why there can't be a stream of this grain's key: too long, or with characters that no text may hold. Asked before anything is recorded.</summary>
    protected Refusal? KeyFault { get; private set; }

    /// <summary>Makes sure that <see cref="State"/> is what the stream says. First statement of every grain method.</summary>
    protected ValueTask LoadAsync()
    {
        staged = 0;
        return loaded ? ValueTask.CompletedTask : ReloadAsync();
    }

    /// <summary>Takes the stream for empty without reading it: for a number that was just handed out. The fence of the first append catches the mistake.</summary>
    protected void AssumeNew() => loaded = true;

    /// <summary>Nothing was recorded on a stream that was taken for empty: whoever asks next reads it.</summary>
    protected void DoubtNew() => loaded = loaded && Version > 0;

    protected bool IsLoaded => loaded;

    /// <summary>True until the first record since the stream was read is safe.</summary>
    protected bool Resumes => resumes;

    /// <summary>Changes what this grain knows of its stream. One that shares it with others overrides this, so that they see all of the change or nothing.</summary>
    protected virtual void Exclusively(Action change) => change();

    // Read-only calls interleave, so two loads can be under way at once: nothing is assigned before the last await.
    protected async ValueTask ReloadAsync()
    {
        if (KeyFault is not null)
        {
            // Nothing was recorded under it, and not every store could even be asked.
            loaded = true;
            return;
        }

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
