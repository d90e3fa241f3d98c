using TownReform.Grains.Journal.Writing;

namespace TownReform.Grains.Journal.Postgres;

/// <summary>Asks for the effects that closed writers have left.</summary>
internal sealed class TakeOverRequest : PendingWrite
{
    private readonly TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Done => done.Task;

    /// <inheritdoc/>
    /// <remarks>A transaction of its own, by another function.</remarks>
    public override bool GoesAlone => true;

    public override void Complete() => done.SetResult();

    public override void Fail(Exception fault) => done.SetException(fault);
}
