using System.Diagnostics;
using TownReform.Grains.Journal.Writing;

namespace TownReform.Grains.Journal.Redo;

/// <summary>What goes into the tables together.</summary>
internal sealed class ApplyBatch
{
    private readonly List<CommitBuffer> buffers = [];
    private readonly List<PendingReceipt> receipts = [];
    private readonly HashSet<long> arrived = [];
    private readonly long since = Stopwatch.GetTimestamp();
    private TaskCompletionSource? done;

    public IReadOnlyCollection<RedoCommit> Commits => [.. buffers.Select(buffer => buffer.Commit)];

    /// <summary>Its last commit; null when it has none.</summary>
    public long? Last => buffers.Count > 0 ? buffers[^1].Commit.No : null;

    public IReadOnlySet<long> Arrived => arrived;

    public int Appends { get; private set; }

    public bool IsEmpty => buffers.Count == 0 && receipts.Count == 0;

    /// <summary>True when somebody waits for it.</summary>
    public bool IsAwaited => done is not null;

    /// <summary>How long ago it began.</summary>
    public TimeSpan Age => Stopwatch.GetElapsedTime(since);

    /// <summary>Done once it is in the tables; faulted when an attempt to bring it there failed.</summary>
    public Task AppliedAsync() => (done ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public void Add(CommitBuffer commit)
    {
        buffers.Add(commit);
        Appends += commit.Commit.Frame.Appends;
    }

    public void Add(PendingReceipt receipt)
    {
        receipts.Add(receipt);
        arrived.UnionWith(receipt.Arrived);
    }

    public void Complete()
    {
        buffers.ForEach(static buffer => buffer.Dispose());
        done?.TrySetResult();
        receipts.ForEach(static receipt => receipt.Complete());
    }

    /// <summary>An attempt failed. Who waits is told; the batch stays.</summary>
    public void Fail(Exception fault)
    {
        done?.TrySetException(fault);
        done = null;
    }

    /// <summary>It will not be tried again.</summary>
    public void GiveUp(Exception fault)
    {
        Fail(fault);
        receipts.ForEach(receipt => receipt.Fail(fault));
    }
}
