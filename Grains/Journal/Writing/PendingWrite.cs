using System.Collections.Immutable;

namespace TownReform.Grains.Journal.Writing;

/// <summary>Something that a caller waits to see committed.</summary>
internal abstract class PendingWrite
{
    /// <summary>Set when this write alone was refused; the rest of its commit stands.</summary>
    public Exception? Refused { get; set; }

    /// <summary>True when it can't be part of a commit with others.</summary>
    public virtual bool GoesAlone => false;

    /// <summary>Effects that leave with it; their places are set when it commits.</summary>
    public virtual IReadOnlyList<StoredEffect> Effects => [];

    public abstract void Complete();

    public abstract void Fail(Exception fault);
}

/// <summary>Records of one stream with their case row and effects, and with the append that is committed with them.</summary>
internal sealed class PendingAppend : PendingWrite
{
    // Continuations belong to grains; none of them may run on the writer's thread.
    private readonly TaskCompletionSource<JournalHead> done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public PendingAppend(string world, JournalAppend append)
    {
        Records = ChainLink.After(world, append);
        Parts = append.Pair is { } pair
            ? [this, new PendingAppend(world, new JournalAppend(pair.Stream, pair.Previous, pair.Events, []))]
            : [this];
        (Case, IsFirstSinceRead) = (append.Case, append.IsFirstSinceRead);
        Work = append.Case is { Workplace: not null, Work: { } work } ? new StoredWork(work) : null;
        Effects = append.Effects.IsDefaultOrEmpty ? [] : append.Effects.Select(effect => new StoredEffect(effect)).ToArray();
    }

    public JournalRecord[] Records { get; }

    /// <summary>This and the append paired with it: committed or refused as one, and answered through this.</summary>
    public ImmutableArray<PendingAppend> Parts { get; }

    /// <summary>What its caller gets when its place is taken.</summary>
    public JournalConflictException Conflict => new(Records[0].Stream, Records[0].Version);

    public CaseRow? Case { get; }

    /// <summary>True when effects of this stream may wait with a silo that had it before.</summary>
    public bool IsFirstSinceRead { get; }

    public StoredWork? Work { get; }

    /// <summary>True when its stream begins with it, and with the stream its case.</summary>
    public bool IsFirst => Records[0].Version == 1;

    /// <summary>True when more than its records has to be put away.</summary>
    public bool HasRest => Case is not null || Effects.Count > 0;

    public override IReadOnlyList<StoredEffect> Effects { get; }

    /// <summary>Its bytes in a redo log, where the store keeps one; made on the caller's thread to spare the writer's.</summary>
    public byte[] Image { get; set; } = [];

    public Task<JournalHead> Done => done.Task;

    public override void Complete() => done.SetResult(Records[^1].Head());

    public override void Fail(Exception fault) => done.SetException(fault);
}

/// <summary>Effects that have arrived.</summary>
internal sealed class PendingReceipt(IReadOnlyList<long> effects) : PendingWrite
{
    private readonly TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<long> Arrived => effects;

    public Task Done => done.Task;

    public override void Complete() => done.SetResult();

    public override void Fail(Exception fault) => done.SetException(fault);
}

/// <summary>A work item with its JSON, made on the caller's thread to spare the writer's.</summary>
internal sealed class StoredWork(WorkItem item)
{
    /// <summary>When the step began.</summary>
    public DateTimeOffset Since => item.Since;

    public byte[] Json { get; } = StoredJson.Write(item);
}

/// <summary>An effect with its JSON.</summary>
internal sealed class StoredEffect(Delivery delivery)
{
    public Delivery Delivery { get; } = delivery;

    /// <summary>Place in the outbox, given by the commit.</summary>
    public long Id { get; set; }

    public byte[] Json { get; } = StoredJson.Write(delivery.Effect);
}
