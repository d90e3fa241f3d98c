namespace TownReform.Grains.Journal.Sqlite;

/// <summary>Something that a caller waits to see committed.</summary>
internal abstract class PendingWrite
{
    /// <summary>Set when this write alone was refused; the rest of its commit stands.</summary>
    public Exception? Refused { get; protected set; }

    /// <summary>Effects that leave with it; their places are set when it commits.</summary>
    public virtual IReadOnlyList<StoredEffect> Effects => [];

    /// <summary>Runs its statements inside the commit under way. May run again, when the commit had to be taken apart.</summary>
    public abstract void Apply(CommitUnderWay commit);

    public abstract void Complete();

    public abstract void Fail(Exception fault);
}

/// <summary>Records of one stream with their case row and effects.</summary>
internal sealed class PendingAppend : PendingWrite
{
    // Continuations belong to grains; none of them may run on the writer's thread.
    private readonly TaskCompletionSource<JournalHead> done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public PendingAppend(string world, JournalAppend append)
    {
        Records = ChainLink.After(world, append);
        Case = append.Case;
        Work = append.Case?.Work is { } work && append.Case.Workplace is { } workplace ? new StoredWork(workplace, work) : null;
        Effects = append.Effects.IsDefaultOrEmpty ? [] : append.Effects.Select(effect => new StoredEffect(effect)).ToArray();
    }

    public JournalRecord[] Records { get; }

    public CaseRow? Case { get; }

    public StoredWork? Work { get; }

    public override IReadOnlyList<StoredEffect> Effects { get; }

    public Task<JournalHead> Done => done.Task;

    public override void Apply(CommitUnderWay commit) =>
        Refused = commit.Write(this) ? null : new JournalConflictException(Records[0].Stream, Records[0].Version);

    public override void Complete() => done.SetResult(Records[^1].Head());

    public override void Fail(Exception fault) => done.SetException(fault);
}

/// <summary>Effects that have arrived.</summary>
internal sealed class PendingReceipt(IReadOnlyList<long> effects) : PendingWrite
{
    private readonly TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Done => done.Task;

    public override void Apply(CommitUnderWay commit)
    {
        foreach (var effect in effects)
        {
            commit.ForgetEffect(effect);
        }
    }

    public override void Complete() => done.SetResult();

    public override void Fail(Exception fault) => done.SetException(fault);
}

/// <summary>A work item with its lists as JSON, made on the caller's thread to spare the writer's.</summary>
internal sealed class StoredWork(string workplace, WorkItem item)
{
    public string Workplace { get; } = workplace;

    public WorkItem Item { get; } = item;

    public byte[] Certificates { get; } = StoredJson.Write(item.Certificates);

    public byte[] NotBy { get; } = StoredJson.Write(item.NotBy);

    public byte[] Officers { get; } = StoredJson.Write(item.Officers);
}

/// <summary>An effect with its JSON.</summary>
internal sealed class StoredEffect(Delivery delivery)
{
    public Delivery Delivery { get; } = delivery;

    /// <summary>Place in the outbox, given by the commit.</summary>
    public long Id { get; set; }

    public byte[] Json { get; } = StoredJson.Write(delivery.Effect);
}
