namespace TownReform.Grains.Journal.Writing;

/// <summary>Nothing to commit: has the writer find out whether it could. What comes of it is the storage's health.</summary>
internal sealed class PendingProbe : PendingWrite
{
    private readonly TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when it is known, whichever way.</summary>
    public Task Done => done.Task;

    public override void Complete() => done.TrySetResult();

    public override void Fail(Exception fault) => done.TrySetResult();
}
