using System.Collections.Concurrent;
using System.Diagnostics;
using TownReform.Grains.Recording;

namespace TownReform.Silo.Tests.Fixtures;

/// <summary>Applicants who come to a cluster one after the other, send again under the same ids until they are answered, and what they were
/// told.</summary>
/// <param name="target">A permit that takes longer is slow.</param>
internal sealed class Applicants(TimeSpan target)
{
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private int count;

    /// <summary>How many have come.</summary>
    public int Count => Volatile.Read(ref count);

    /// <summary>The first answer to each command.</summary>
    public ConcurrentDictionary<Guid, CaseView> Answered { get; } = new();

    /// <summary>How long their permits took, by <see cref="Now"/>.</summary>
    public PermitTimes Times { get; } = new(target);

    public TimeSpan Now => clock.Elapsed;

    /// <summary>Permits a second that the cluster grants when so many always wait for one.</summary>
    /// <param name="warmUp">Before it is measured.</param>
    public async Task<double> CapacityAsync(TownClient client, int abreast, TimeSpan warmUp, TimeSpan measured)
    {
        var (warm, end) = (Now + warmUp, Now + warmUp + measured);
        await Task.WhenAll(
            Enumerable
                .Range(0, abreast)
                .Select(_ =>
                    Task.Run(async () =>
                    {
                        while (Now < end)
                        {
                            await ApplyAsync(client, Now);
                        }
                    })
                )
        );
        return Times.Since(warm).All / measured.TotalSeconds;
    }

    /// <summary>Has them come at a rate, whatever becomes of those before them, and waits until the last has a permit.</summary>
    public async Task ComeAsync(TownClient client, double rate, CancellationToken enough)
    {
        var applying = new List<Task>();
        for (var next = Now; !enough.IsCancellationRequested; next += TimeSpan.FromSeconds(1 / rate))
        {
            if (next - Now is { Ticks: > 0 } early)
            {
                await Task.Delay(early, enough).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            var due = next;
            applying.Add(Task.Run(() => ApplyAsync(client, due), TestContext.Current.CancellationToken));
        }

        await Task.WhenAll(applying);
    }

    /// <summary>One more at a town, up to the decision.</summary>
    /// <returns>Decides it.</returns>
    public async Task<Func<Task>> PrepareAsync(TownClient client, string town)
    {
        var applicant = Next(town);
        var permit = await UntilAnsweredAsync(() => applicant.PrepareAsync(client));
        return () => UntilAnsweredAsync(() => applicant.DecideAsync(client, permit));
    }

    /// <param name="due">When the applicant was to come: what they had to wait counts, too.</param>
    private async Task ApplyAsync(TownClient client, TimeSpan due)
    {
        var applicant = Next(null);
        await UntilAnsweredAsync(() => applicant.GoAsync(client));
        Times.Add(Now, Now - due);
    }

    private Applicant Next(string? town) => new(Interlocked.Increment(ref count), Answered, town);

    // Whatever goes wrong on the way, everything is sent again under the same ids.
    private static async Task<T> UntilAnsweredAsync<T>(Func<Task<T>> send)
    {
        var backoff = new Backoff(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(2));
        while (true)
        {
            try
            {
                return await send();
            }
            catch (Exception e) when (e is not ShouldAssertException)
            {
                await Task.Delay(backoff.Failed(), TestContext.Current.CancellationToken);
            }
        }
    }
}
