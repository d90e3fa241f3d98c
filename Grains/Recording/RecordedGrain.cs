using TownReform.Grains.Journal;
using TownReform.Grains.Neighbours;
using TownReform.Grains.Rules.Moments;
using TownReform.Grains.Rules.Offices;
using TownReform.Grains.Rules.Records;
using TownReform.Grains.Rules.Texts;

namespace TownReform.Grains.Recording;

/// <summary>
/// A grain whose state is what its stream says. Four verbs: gather facts, ask a rule, record, answer.
/// A fault while recording drops the activation, so that memory is never ahead of the record.
/// </summary>
/// <param name="area">First part of its streams' names, before the key.</param>
public abstract partial class RecordedGrain<TState, TEvent>(
    IWorlds worlds,
    INeighbourhood neighbourhood,
    EventCodec<TEvent> codec,
    string area
) : Grain, IForgettable
    where TState : class
    where TEvent : class, IRecorded
{
    private static readonly TimeSpan LongestFirst = TimeSpan.FromSeconds(5);

    private string? stream;
    private SnapshotPace? pace;
    private RecordedCommands commands = new();
    private JournalHead head = JournalHead.None;
    private DateTimeOffset? last;
    private DateTimeOffset? staging;
    private int staged;
    private bool loaded;
    private bool assumed;
    private bool resumes;
    private Task? loading;
    private long changes;
    private Type? publishedType;
    private TaskCompletionSource? recorded;
    private CancellationTokenRegistration leaving;

    protected string World { get; private set; } = "";

    /// <summary>The key without the world.</summary>
    protected string Key { get; private set; } = "";

    protected WorldStorage Storage { get; private set; } = null!;

    /// <summary>Where it asks other grains, and hands them work.</summary>
    protected GrainNeighbours Neighbours { get; private set; } = null!;

    protected TState State { get; private set; } = null!;

    /// <summary>The key's first part: the town or county where it has several.</summary>
    protected string KeyHead => Head(Key);

    protected long Version => head.Version;

    public virtual bool HasNothing => Version == 0;

    /// <summary>Name of the stream, without the world.</summary>
    protected string Stream => stream ??= $"{area}/{Key}";

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
        World = Head(key);
        Key = World.Length < key.Length ? key[(World.Length + 1)..] : "";
        KeyFault = TextRules.StreamFault(Key);
        Storage = worlds.Of(World);
        Neighbours = neighbourhood.Of(Storage);
        State = Empty;
        if (World != Address.Live)
        {
            DelayDeactivation(SimulatedWorlds.Longest);
        }

        leaving = Storage.Dropped.UnsafeRegister(static grain => ((RecordedGrain<TState, TEvent>)grain!).DeactivateOnIdle(), this);
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        UnpublishFacts();
        IsKnown();
        await leaving.DisposeAsync();

        // The next activation reads it; a snapshot under way is also the store's to end before it is closed.
        await (pace?.EndAsync(cancellationToken) ?? Task.CompletedTask);
    }

    /// <summary>Why there can't be a stream of this grain's key: too long, or with characters that no text may hold. Asked before anything
    /// is recorded.</summary>
    protected Refusal? KeyFault { get; private set; }

    /// <summary>Makes sure that <see cref="State"/> is what the stream says. First statement of every grain method.</summary>
    protected ValueTask LoadAsync()
    {
        (staged, staging) = (0, null);
        return loaded ? ValueTask.CompletedTask : LoadTogetherAsync();
    }

    /// <summary>The same for a call that interleaves with those that record.</summary>
    protected async ValueTask LoadBesideAsync()
    {
        if (assumed)
        {
            // Whether the stream is empty is not known before the first record on it.
            await RecordedAsync(LongestFirst);
        }

        await LoadTogetherAsync();
    }

    // Calls that interleave wait for one load. Never by a call to the grain itself: an activation that is to leave takes no more, and
    // leaves only when those under way have ended.
    private async ValueTask LoadTogetherAsync()
    {
        while (!loaded)
        {
            loading = loading is { IsCompleted: false } ? loading : ReloadAsync().AsTask();
            await loading;
        }
    }

    /// <summary>Takes the stream for empty without reading it: for a number that was just handed out. The fence of the first append catches
    /// the mistake.</summary>
    protected void AssumeNew()
    {
        (loaded, assumed) = (true, true);
        changes++;
    }

    /// <summary>Nothing was recorded on a stream that was taken for empty: whoever asks next reads it.</summary>
    protected void DoubtNew()
    {
        loaded = loaded && Version > 0;
        IsKnown();
    }

    protected bool IsLoaded => loaded;

    /// <summary>True until the first record since the stream was read is safe.</summary>
    protected bool IsFirstSinceRead => resumes;

    /// <summary>Changes what this grain knows of its stream. One that shares it with others overrides this, so that they see all of the
    /// change or nothing.</summary>
    protected virtual void WithLock(Action change) => change();

    // Others interleave, so nothing is assigned before the last await, and nothing that is older than what they have recorded meanwhile.
    protected async ValueTask ReloadAsync()
    {
        if (KeyFault is not null)
        {
            // Nothing was recorded under it, and not every store could even be asked.
            loaded = true;
            return;
        }

        var began = changes;
        var (state, at, known, size) = (Empty, JournalHead.None, new RecordedCommands(), 0);
        DateTimeOffset? latest = null;
        if (
            Snapshots is { } snapshots
            && Storage.Snapshots is { } store
            && await store.ReadAsync(Stream) is { } snapshot
            && snapshots.TryRead(snapshot, out var kept, out var keptCommands)
        )
        {
            (state, at, known, size) = (kept, new JournalHead(snapshot.Version, snapshot.Hash), keptCommands, snapshot.State.Length);
        }

        // With the snapshot's own record: it tells the moment that what follows may not lie before.
        var tail = await Storage.Journal.ReadAsync(Stream, Math.Max(0, at.Version - 1));
        if (Snapshots is not null)
        {
            (pace ??= new SnapshotPace()).Begin(at.Version, size);
        }

        foreach (var record in tail)
        {
            latest = record.At;
            if (record.Version <= at.Version)
            {
                continue;
            }

            state = Apply(state, codec.Read(record));
            at = new JournalHead(record.Version, record.Hash);
            known.Add(record.CommandId, record.At);
        }

        WithLock(() =>
        {
            if (changes == began)
            {
                (State, head, last, commands, loaded, resumes) = (state, at, latest, known, true, at.Version > 0);
                IsKnown();
            }
        });
        PublishFacts();
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

        await ((Task)recorded.Task.WaitAsync(atMost)).ConfigureAwait(
            ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext
        );
    }

    /// <summary>True when this command is already on the stream.</summary>
    protected async ValueTask<bool> IsRepeatAsync(Stamp stamp) => await VersionOfAsync(stamp) > 0;

    /// <summary>What was answered to a command that is already on the stream: the refusal, or the state right after it.</summary>
    protected async ValueTask<(Refusal? Refusal, TState State, TEvent Event, JournalRecord Record)> RecallAsync(Stamp stamp)
    {
        var version = await VersionOfAsync(stamp);
        var state = Empty;
        foreach (var record in await Storage.Journal.ReadAsync(Stream, 0, version))
        {
            var happened = codec.Read(record);
            state = Apply(state, happened);
            if (record.Version == version)
            {
                return (RefusalOf(happened), state, happened, record);
            }
        }

        throw new InvalidDataException($"Stream {World}/{Stream} has lost record {version}.");
    }

    /// <summary>Whether a command's digest goes on record. Nobody sends anything again in a simulated world.</summary>
    protected bool KeepsDigests => Storage.Clock is not null || World == Address.Live;

    /// <summary>The refusal for whoever says to be the system: the system says nothing from outside. Null for all others.</summary>
    protected static Refusal? SaidBySystem(Stamp stamp, string act) =>
        stamp.Actor.Office == Actor.System.Office || stamp.Actor.Id == Actor.System.Id ? OfficeRefusals.SystemFromOutside(act) : null;

    /// <summary>Whether a record is the very command's: by the digest of what it said, and in older records by who said it and what was
    /// done (<paramref name="looksSame"/>).</summary>
    protected static bool IsOf(JournalRecord record, Stamp stamp, CommandDigest digest, bool looksSame) =>
        record.Digest is { } known
            ? known == digest
            : looksSame
                && record.ActorId == stamp.Actor.Id
                && record.ActorOffice == stamp.Actor.Office
                && (record.ActorFor ?? "") == (stamp.Actor.For ?? "");

    /// <summary>Why a command can't be taken at the moment that it is stamped with; null when it can.</summary>
    protected Refusal? WrongMoment(Stamp stamp) => MomentRules.Check(stamp, last, Storage.Clock?.Now, Storage.Clock?.Allowance ?? default);

    /// <summary>The stamp under which a command of a wrong moment goes on record: that of its receipt.</summary>
    protected Stamp AtReceipt(Stamp stamp) => stamp with { At = NotBefore(Storage.Clock?.Now ?? last ?? stamp.At), Late = null };

    /// <summary>A moment of the system's own, which is never before the last record: what a case tells an office has happened for it when
    /// it arrives.</summary>
    protected DateTimeOffset NotBefore(DateTimeOffset at) => last is { } before && at < before ? before : at;

    private static string Head(string key) => key.IndexOf('/') is var slash and >= 0 ? key[..slash] : key;

    // Whoever waits for a record, or for what an empty stream turns out to be, goes on.
    private void IsKnown()
    {
        assumed = false;
        recorded?.TrySetResult();
    }

    private void PublishFacts()
    {
        if (LocalFacts(State) is { } facts)
        {
            Neighbours.Publish(Key, facts);
            publishedType = facts.GetType();
        }
    }

    private void UnpublishFacts()
    {
        if (publishedType is { } type)
        {
            Neighbours.Unpublish(Key, type);
            publishedType = null;
        }
    }

    // A client may send its id again under a new moment; what the system sends again keeps its own.
    private ValueTask<long> VersionOfAsync(Stamp stamp) =>
        commands.FindAsync(stamp.CommandId, stamp.At, Storage.Journal, Stream, anyMoment: stamp.Actor.Office != Actor.System.Office);
}
