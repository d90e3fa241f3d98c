using TownReform.Grains.Hosting;
using TownReform.Grains.Journal;
using TownReform.Grains.Neighbours;
using TownReform.Grains.Rules.Records;
using TownReform.Grains.Rules.Texts;

namespace TownReform.Grains.Recording;

/// <summary>A grain whose state is what its stream says: reads it when it is first asked, keeps it in memory, and publishes its facts to
/// the others on its silo.</summary>
/// <param name="area">First part of its streams' names, before the key.</param>
public abstract class StreamGrain<TState, TEvent>(IWorlds worlds, INeighbourhood neighbourhood, EventCodec<TEvent> codec, string area)
    : Grain,
        IForgettable
    where TState : class
    where TEvent : class, IRecorded
{
    private static readonly TimeSpan LongestFirst = TimeSpan.FromSeconds(5);

    private string? stream;
    private protected SnapshotPace? pace;
    private protected RecordedCommands commands = new();
    private protected JournalHead head = JournalHead.None;
    private protected DateTimeOffset? last;
    private protected DateTimeOffset? staging;
    private protected int staged;
    private protected bool loaded;
    private bool assumed;
    private Task? loading;
    private protected long changes;
    private Type? publishedType;
    private NextRecord? recorded;
    private CancellationTokenRegistration leaving;

    /// <summary>Reads and writes its events.</summary>
    private protected EventCodec<TEvent> Codec { get; } = codec;

    protected string World { get; private set; } = "";

    /// <summary>The key without the world.</summary>
    protected string Key { get; private set; } = "";

    protected WorldStorage Storage { get; private set; } = null!;

    protected Reception Reception { get; private set; } = null!;

    /// <summary>Where it asks other grains, and hands them work.</summary>
    protected GrainNeighbours Neighbours { get; private set; } = null!;

    protected TState State { get; private protected set; } = null!;

    /// <summary>The key's first part: the town or county where it has several.</summary>
    protected string KeyHead => GrainKey.Head(Key);

    protected long Version => head.Version;

    public virtual bool HasNothing => Version == 0;

    /// <summary>Name of the stream, without the world.</summary>
    protected string Stream => stream ??= $"{area}/{Key}";

    /// <summary>State of an empty stream.</summary>
    protected abstract TState Empty { get; }

    protected abstract TState Apply(TState state, TEvent happened);

    /// <summary>Facts that readers on this silo may have without a call; null for none.</summary>
    protected virtual object? LocalFacts(TState committed) => null;

    /// <summary>State as snapshot bytes, or null where replay is cheap.</summary>
    protected virtual SnapshotCodec<TState>? Snapshots => null;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        (World, Key) = GrainKey.Split(this.GetPrimaryKeyString());
        KeyFault = TextRules.StreamFault(Key);
        Storage = worlds.Of(World);
        Reception = worlds.ReceptionOf(World);
        Neighbours = neighbourhood.Of(Storage);
        State = Empty;
        if (World != Address.Live)
        {
            DelayDeactivation(SimulatedWorlds.Longest);
        }

        leaving = Storage.Dropped.UnsafeRegister(static grain => ((StreamGrain<TState, TEvent>)grain!).DeactivateOnIdle(), this);
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
    protected bool IsFirstSinceRead { get; private protected set; }

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
        var read = await StreamReading<TState, TEvent>.ReadAsync(Storage, Stream, Empty, Snapshots, Codec, Apply);
        if (Snapshots is not null)
        {
            (pace ??= new SnapshotPace()).Begin(read.SnapshotVersion, read.SnapshotSize);
        }

        WithLock(() =>
        {
            if (changes == began)
            {
                (State, head, last, commands, loaded, IsFirstSinceRead) = (
                    read.State,
                    read.Head,
                    read.Latest,
                    read.Commands,
                    true,
                    read.Head.Version > 0
                );
                IsKnown();
            }
        });
        PublishFacts();
    }

    /// <summary>Waits for the next record, until the time is over or the silo is told to stop. For calls that interleave.</summary>
    protected ValueTask RecordedAsync(TimeSpan atMost) => (recorded ??= NextRecord.On(ServiceProvider)).WaitAsync(atMost);

    // Whoever waits for a record, or for what an empty stream turns out to be, goes on.
    private protected void IsKnown()
    {
        assumed = false;
        recorded?.IsThere();
    }

    private protected void PublishFacts()
    {
        if (LocalFacts(State) is { } facts)
        {
            Neighbours.Publish(Key, facts);
            publishedType = facts.GetType();
        }
    }

    private protected void UnpublishFacts()
    {
        if (publishedType is { } type)
        {
            Neighbours.Unpublish(Key, type);
            publishedType = null;
        }
    }
}
