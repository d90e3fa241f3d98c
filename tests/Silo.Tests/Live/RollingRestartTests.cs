using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using TownReform.Silo.Tests.Fixtures;

namespace TownReform.Silo.Tests.Live;

/// <summary>Three silos stopped and started one after the other under load: a client that sends everything once gets an answer to
/// everything.</summary>
public sealed class RollingRestartTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Abreast = 8;
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(1.5);

    private readonly DateTimeOffset today = TimeProvider.System.GetUtcNow();
    private readonly ConcurrentDictionary<Guid, CaseView> answered = new();
    private readonly ConcurrentQueue<string> errors = new();
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private SiloCluster cluster = null!;
    private int applicants;

    public async ValueTask InitializeAsync() => cluster = await SiloCluster.StartAsync(folder => Repository.CopySeedsFor(today, folder));

    public ValueTask DisposeAsync() => cluster.DisposeAsync();

    [Fact]
    public async Task Restart_OfEachSiloInTurn_CostsNoClientAnAnswer()
    {
        using var enough = new CancellationTokenSource();
        await using var client = await TownClient.ConnectAsShippedAsync(cluster.Silos);
        var applying = Enumerable.Range(0, Abreast).Select(_ => Task.Run(() => ApplyAsync(client, enough.Token))).ToArray();
        for (var n = 0; n < SiloCluster.Size; n++)
        {
            await Task.Delay(Calm, TestContext.Current.CancellationToken);
            var (begun, before) = (clock.Elapsed, answered.Count);
            await cluster.StopAsync(n);
            output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"silo {n} stopped in {(clock.Elapsed - begun).TotalSeconds:F1} s, in which {answered.Count - before} "
                        + $"commands were answered; {errors.Count} errors so far"
                )
            );
            await cluster.StartAgainAsync(n);
        }

        await Task.Delay(Calm, TestContext.Current.CancellationToken);
        await enough.CancelAsync();
        await Task.WhenAll(applying);
        errors.ShouldBeEmpty();
        answered.Count.ShouldBe(applicants * 4);
        output.WriteLine($"{applicants} permits, {answered.Count} commands, each sent once");
    }

    private async Task ApplyAsync(TownClient client, CancellationToken enough)
    {
        while (!enough.IsCancellationRequested)
        {
            try
            {
                await new Applicant(Interlocked.Increment(ref applicants), answered).GoAsync(client);
            }
            catch (Exception e)
            {
                errors.Enqueue($"{e.GetType().Name}: {e.Message}");
            }
        }
    }
}
