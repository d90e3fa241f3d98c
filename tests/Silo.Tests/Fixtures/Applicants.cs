using System.Collections.Concurrent;
using System.Diagnostics;

namespace TownReform.Silo.Tests.Fixtures;

/// <summary>Applicants who come to a cluster one after the other, send again under the same ids until they are answered, and what they were
/// told.</summary>
/// <param name="target">A permit that takes longer is slow.</param>
internal sealed class Applicants(TimeSpan target)
{
    /// <summary>Whatever goes wrong on the way, everything is sent again under the same ids.</summary>
    private static readonly RetryPolicy Insistence = new(
        fault => fault is not ShouldAssertException,
        firstPause: TimeSpan.FromMilliseconds(100),
        longestPause: TimeSpan.FromSeconds(2),
        patience: TimeSpan.MaxValue,
        spread: true
    );

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
        return Times.GrantedSince(warm) / measured.TotalSeconds;
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

    /// <summary>So many of them always wait for a permit, and each command is sent once.</summary>
    /// <returns>What went wrong.</returns>
    public async Task<IReadOnlyCollection<string>> ComeOnceAsync(TownClient client, int abreast, CancellationToken enough)
    {
        var errors = new ConcurrentQueue<string>();
        await Task.WhenAll(
            Enumerable
                .Range(0, abreast)
                .Select(_ =>
                    Task.Run(async () =>
                    {
                        while (!enough.IsCancellationRequested)
                        {
                            try
                            {
                                await ApplyAsync(Now, applicant => applicant.GoAsync(client));
                            }
                            catch (Exception e)
                            {
                                errors.Enqueue($"{e.GetType().Name}: {e.Message}");
                            }
                        }
                    })
                )
        );
        return errors;
    }

    /// <summary>Has prepared permits decided, one after the other in so short a time, and doesn't wait for the answers.</summary>
    public static async Task<Task> DecideAsync(IReadOnlyCollection<Func<Task>> decisions, TimeSpan apart)
    {
        var deciding = new List<Task>(decisions.Count);
        foreach (var decide in decisions)
        {
            deciding.Add(decide());
            await Task.Delay(apart, TestContext.Current.CancellationToken);
        }

        return Task.WhenAll(deciding);
    }

    private Task ApplyAsync(TownClient client, TimeSpan due) =>
        ApplyAsync(due, applicant => UntilAnsweredAsync(() => applicant.GoAsync(client)));

    private async Task ApplyAsync(TimeSpan due, Func<Applicant, Task> go)
    {
        var permit = Times.Begin(due);
        await go(Next(null));
        permit.Grant(Now);
    }

    private Applicant Next(string? town) => new(Interlocked.Increment(ref count), Answered, town);

    private static Task<T> UntilAnsweredAsync<T>(Func<Task<T>> send) =>
        Insistence.RunAsync(send, cancellation: TestContext.Current.CancellationToken);
}
