using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;

namespace TownReform.Silo.Simulations;

/// <summary>How far a run is, as server-sent events.</summary>
internal static class SimulationEvents
{
    /// <summary>Name of an event: of the API, and for a page that fetches itself again.</summary>
    public const string Progress = "progress",
        Change = "change";

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(500),
        Again = TimeSpan.FromSeconds(2);

    /// <summary>The run whenever it has changed, until it is over, the silo stops or nobody listens.</summary>
    public static async IAsyncEnumerable<SseItem<RunResource>> FollowAsync(
        SimulationRuns runs,
        string id,
        string name,
        CancellationToken stopping,
        [EnumeratorCancellation] CancellationToken aborted
    )
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(stopping, aborted);
        SimulationRun? told = null;
        for (var number = 1; runs.Find(id) is { } now; )
        {
            if (now != told)
            {
                told = now;
                yield return new SseItem<RunResource>(RunResource.Of(now, runs.Ahead(now)), name)
                {
                    EventId = FormattableString.Invariant($"{number++}"),
                    ReconnectionInterval = Again,
                };
            }

            if (now.IsOver || ends.IsCancellationRequested)
            {
                yield break;
            }

            await Task.Delay(Glance, ends.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
