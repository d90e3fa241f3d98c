namespace TownReform.Grains.Journal.Outbox;

/// <summary>Where committed effects wait.</summary>
internal interface IEffectStore
{
    /// <summary>The next effects after one, in commit order.</summary>
    ValueTask<IReadOnlyList<WaitingEffect>> ReadAsync(long afterId, int most, CancellationToken cancellation);

    /// <summary>Forgets effects that have arrived; returns once that is committed.</summary>
    Task ForgetAsync(IReadOnlyList<long> ids);

    /// <summary>Somebody waits for what was to be forgotten; a store that takes its time should not.</summary>
    void Flush() { }
}
