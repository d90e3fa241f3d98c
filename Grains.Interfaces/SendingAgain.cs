using System.Diagnostics;
using Orleans.Configuration;

namespace TownReform;

/// <summary>
/// Sends a client's call again when the silo that had it stopped or died, or when two silos had its grain for a moment and the other one's
/// record came first, so that a restart costs a client time and no error. Commands carry an id and reads change nothing: what was done all
/// the same is answered and not done twice. A call without any answer still fails at its time limit.
/// </summary>
public sealed class SendingAgain : IOutgoingGrainCallFilter
{
    /// <summary>For longer than it takes the other silos to declare one dead that was killed. All clients of a silo meet its end at
    /// once.</summary>
    private static readonly RetryPolicy OnSiloLoss = new(
        LostItsPlace,
        firstPause: TimeSpan.FromMilliseconds(25),
        longestPause: TimeSpan.FromSeconds(1),
        patience: TimeSpan.FromSeconds(15),
        spread: true
    );

    /// <summary>Whether a call failed because its grain, or the silo that had it, has lost its place: sent again it finds the one that has
    /// the place now.</summary>
    public static bool LostItsPlace(Exception fault) => fault is OrleansMessageRejectionException or JournalConflictException;

    /// <summary>The same for one call of somebody who has no filter, such as a request over HTTP inside a silo.</summary>
    /// <param name="call">Makes the call; made again it carries the same command id.</param>
    public static Task<T> RunAsync<T>(Func<Task<T>> call) => OnSiloLoss.RunAsync(call);

    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        var begun = Stopwatch.GetTimestamp();
        try
        {
            await context.Invoke();
        }
        catch (Exception fault) when (LostItsPlace(fault))
        {
            // Its silo is on its way out, no gateway is known for a moment, or the grain that lost its place to another is on its way out.
            await OnSiloLoss.RunAgainAsync(fault, context.Invoke, Stopwatch.GetElapsedTime(begun));
        }
    }
}

/// <summary>What a client needs to live through restarts of silos and through overload.</summary>
public static class SendingAgainRegistration
{
    /// <summary>
    /// A gateway that asked its clients to leave, or went away, is used again after this: later than a stopping silo is gone, and soon
    /// enough that the silos of a rolling restart aren't all avoided at once.
    /// </summary>
    private static readonly TimeSpan Avoided = TimeSpan.FromSeconds(10);

    /// <summary>Has calls sent again whose silo left, restarted gateways used again, and "busy" answered where a line is full.</summary>
    public static IClientBuilder UseRetryOnSiloLoss(this IClientBuilder client) =>
        client
            .AddOutgoingGrainCallFilter<AnsweringBusy>()
            .AddOutgoingGrainCallFilter<SendingAgain>()
            .Configure<GatewayOptions>(gateways => gateways.GatewayListRefreshPeriod = Avoided);
}
