namespace TownReform.Grains.Journal.Outbox;

/// <summary>Somebody who waits until nothing waits for delivery.</summary>
internal sealed class EffectDrain
{
    /// <summary>Delivered since then, in order.</summary>
    public List<Delivery> Delivered { get; } = [];

    public TaskCompletionSource<IReadOnlyList<Delivery>> Empty { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>All who wait for that.</summary>
internal sealed class EffectDrains
{
    private readonly List<EffectDrain> waiting = [];

    public bool Any => waiting.Count > 0;

    public void Add(EffectDrain drain) => waiting.Add(drain);

    public void Delivered(Delivery delivery) => waiting.ForEach(drain => drain.Delivered.Add(delivery));

    /// <summary>Nothing waits for delivery.</summary>
    public void Complete()
    {
        waiting.ForEach(static drain => drain.Empty.TrySetResult(drain.Delivered));
        waiting.Clear();
    }

    /// <summary>Nothing will be delivered any more.</summary>
    public void Cancel() => waiting.ForEach(static drain => drain.Empty.TrySetCanceled());
}
