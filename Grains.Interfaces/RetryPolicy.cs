using Polly;
using Polly.Retry;

namespace TownReform;

/// <summary>
/// What is done again when it failed: which faults pass, how long the pauses are, when it is given up. The one place for it, over
/// <see href="https://www.pollydocs.org/strategies/retry">Polly</see>. The first attempt is a plain call: what succeeds at once pays for
/// nothing.
/// </summary>
public sealed class RetryPolicy
{
    private static readonly ResiliencePropertyKey<Counted> Attempts = new("attempts");

    private readonly Func<Exception, bool> passes;
    private readonly TimeSpan patience;
    private readonly TimeProvider time;
    private readonly ResiliencePipeline pipeline;

    /// <param name="passes">Whether a fault passes; any other is thrown at once.</param>
    /// <param name="firstPause">After the first fault; each further pause is twice as long.</param>
    /// <param name="longestPause">No pause after a fault is longer.</param>
    /// <param name="patience">No attempt begins later than this after the first.</param>
    /// <param name="spread">Where many wait for the same thing: pauses are spread by chance, so that not all come back at once.</param>
    /// <param name="most">Attempts after faults, the first among them.</param>
    /// <param name="time">By which pauses and patience are counted; the machine's when left out.</param>
    public RetryPolicy(
        Func<Exception, bool> passes,
        TimeSpan firstPause,
        TimeSpan longestPause,
        TimeSpan patience,
        bool spread = false,
        int most = int.MaxValue,
        TimeProvider? time = null
    )
    {
        (this.passes, this.patience, this.time) = (passes, patience, time ?? TimeProvider.System);
        var afterFaults = new RetryStrategyOptions
        {
            ShouldHandle = tried => new(tried.Outcome.Exception is { } fault && passes(fault) && IsTimeFor(longestPause, tried.Context)),
            Delay = firstPause,
            MaxDelay = longestPause,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = spread,
            MaxRetryAttempts = most - 1,
        };
        var afterResults = new RetryStrategyOptions
        {
            ShouldHandle = tried => new(Of(tried.Context).Pause is { } pause && IsTimeFor(pause, tried.Context)),
            DelayGenerator = tried => new(Of(tried.Context).Pause),
            MaxRetryAttempts = int.MaxValue,
        };
        pipeline = new ResiliencePipelineBuilder { TimeProvider = this.time }
            .AddRetry(afterFaults)
            .AddRetry(afterResults)
            .Build();
    }

    /// <summary>Does something until it has a final result.</summary>
    /// <param name="work">What to do. It may have happened although it failed, so it must be fit to be done twice.</param>
    /// <param name="pauseAfter">How long to wait after a result before it is asked for again; null after one that is final, as all are
    /// when this is left out.</param>
    /// <param name="spent">How much of the patience is used up already.</param>
    /// <param name="cancellation">Ends a pause, and no further attempt is made. An attempt under way isn't interrupted.</param>
    /// <returns>The final result, or the last one within patience.</returns>
    /// <exception cref="Exception">The last fault: it doesn't pass, or patience or attempts are used up.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled in a pause.</exception>
    public async Task<T> RunAsync<T>(
        Func<Task<T>> work,
        Func<T, TimeSpan?>? pauseAfter = null,
        TimeSpan spent = default,
        CancellationToken cancellation = default
    )
    {
        var attempts = new Counted<T>(work, pauseAfter) { Spent = spent, Begun = time.GetTimestamp() };
        try
        {
            var result = await work().ConfigureAwait(false);
            if (attempts.IsFinal(result))
            {
                return result;
            }

            attempts.First = Outcome.FromResult(result);
        }
        catch (Exception fault) when (passes(fault))
        {
            attempts.First = Outcome.FromException<T>(fault);
        }

        return await GoOnAsync(attempts, cancellation).ConfigureAwait(false);
    }

    /// <summary>Goes on after a first attempt that the caller made, on a path that is too hot for more than a plain call.</summary>
    /// <param name="fault">By which the first attempt failed; one that passes.</param>
    /// <param name="work">As <see cref="RunAsync"/>.</param>
    /// <param name="spent">As <see cref="RunAsync"/>: at least what the first attempt took.</param>
    /// <exception cref="Exception">As <see cref="RunAsync"/>.</exception>
    public Task RunAgainAsync(Exception fault, Func<Task> work, TimeSpan spent)
    {
        var attempts = new Counted<bool>(Work, null) { Spent = spent, Begun = time.GetTimestamp() };
        attempts.First = Outcome.FromException<bool>(fault);
        return GoOnAsync(attempts, CancellationToken.None);

        async Task<bool> Work()
        {
            await work().ConfigureAwait(false);
            return true;
        }
    }

    private async Task<T> GoOnAsync<T>(Counted<T> attempts, CancellationToken cancellation)
    {
        var context = ResilienceContextPool.Shared.Get(cancellation);
        try
        {
            context.Properties.Set(Attempts, attempts);
            var outcome = await pipeline
                .ExecuteOutcomeAsync(static (_, attempts) => attempts.NextAsync(), context, attempts)
                .ConfigureAwait(false);
            outcome.ThrowIfException();
            return outcome.Result!;
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private bool IsTimeFor(TimeSpan pause, ResilienceContext context) =>
        Of(context) is var attempts && attempts.Spent + time.GetElapsedTime(attempts.Begun) + pause < patience;

    private static Counted Of(ResilienceContext context) => context.Properties.GetValue(Attempts, null!);

    /// <summary>The attempts at one thing.</summary>
    private abstract class Counted
    {
        /// <summary>Timestamp of the first attempt.</summary>
        public required long Begun { get; init; }

        /// <summary>Patience that was used up before it.</summary>
        public required TimeSpan Spent { get; init; }

        /// <summary>How long to wait after the last result; null when it is final, and after a fault.</summary>
        public TimeSpan? Pause { get; protected set; }
    }

    /// <inheritdoc cref="Counted"/>
    /// <param name="pauseAfter">As <see cref="RunAsync"/>.</param>
    private sealed class Counted<T>(Func<Task<T>> work, Func<T, TimeSpan?>? pauseAfter) : Counted
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
}
