namespace TownReform;

/// <summary>The attempts at one thing, as <see cref="RetryPolicy"/> counts them.</summary>
internal abstract class RetryAttempts
{
    /// <summary>Timestamp of the first attempt.</summary>
    public required long Begun { get; init; }

    /// <summary>Patience that was used up before it.</summary>
    public required TimeSpan Spent { get; init; }

    /// <summary>How long to wait after the last result; null when it is final, and after a fault.</summary>
    public TimeSpan? Pause { get; protected set; }
}

/// <inheritdoc cref="RetryAttempts"/>
/// <param name="pauseAfter">As <see cref="RetryPolicy.RunAsync"/>.</param>
internal sealed class RetryAttempts<T>(Func<Task<T>> work, Func<T, TimeSpan?>? pauseAfter) : RetryAttempts
{
    /// <summary>What came of the first attempt, which was made before the policy was asked.</summary>
    public Polly.Outcome<T>? First { private get; set; }

    public bool IsFinal(T result) => (Pause = pauseAfter?.Invoke(result)) is null;

    /// <summary>What came of the next attempt; faults are told, not thrown.</summary>
    public async ValueTask<Polly.Outcome<T>> NextAsync()
    {
        if (First is { } first)
        {
            First = null;
            return first;
        }

        try
        {
            var result = await work().ConfigureAwait(false);
            _ = IsFinal(result);
            return Polly.Outcome.FromResult(result);
        }
        catch (Exception fault)
        {
            Pause = null;
            return Polly.Outcome.FromException<T>(fault);
        }
    }
}
