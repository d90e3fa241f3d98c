using System.Globalization;
using TownReform.Silo.Tests.Fixtures;
using TownReform.Tests.Fixtures;

namespace TownReform.Silo.Tests.Live;

/// <summary>One fault after the other to a cluster under load, each of them got over in a stated time and without a loss
/// (<see cref="BusyCluster"/>).</summary>
public sealed class ClusterFaultTests(BusyCluster busy) : IClassFixture<BusyCluster>
{
    // Decisions made while the certificates of two silos can't be numbered, and how many certificates one of them must wait for before it
    // is killed.
    // A case lives where its counter of the intake is, so about a third of them on each silo.
    private const int Piling = 500,
        Pile = 40;
    private const string Sealed = "yandian";

    // Clients at once that send each command once.
    private const int Once = 8;

    // Faults that last as long as one wants.
    private static readonly TimeSpan Asleep = TimeSpan.FromSeconds(BusyCluster.Long ? 40 : 1);
    private static readonly TimeSpan CutOff = TimeSpan.FromSeconds(BusyCluster.Long ? 13 : 1);
    private static readonly TimeSpan Apart = TimeSpan.FromMilliseconds(2);

    private SiloCluster Cluster => busy.Cluster;

    [Fact]
    public Task Kill_OneSilo_IsGotOverWithoutALoss() =>
        busy.GetsOverAsync(
            "a silo killed and started again",
            async () =>
            {
                var silo = await busy.BusiestAsync();
                await Cluster.Silos[silo].KillAsync();
                await Cluster.StartAgainAsync(silo);
            }
        );

    [Fact]
    public Task Freeze_UntilTheSiloIsDeclaredDead_IsGotOverWithoutALoss() =>
        busy.GetsOverAsync(
            "a silo asleep, declared dead, awake again",
            async () =>
            {
                var silo = await busy.BusiestAsync();
                await Cluster.Silos[silo].SignalAsync("STOP");
                await BusyCluster.LastsAsync(Asleep);
                await Eventually.HoldsAsync(
                    "the silo that sleeps is declared dead",
                    async () =>
                        (
                            await busy.ColumnAsync(
                                "SELECT port::text FROM writers WHERE closed AND id = (SELECT max(id) FROM writers WHERE port = "
                                    + $"{Cluster.Ports[silo].Silo})"
                            )
                        ).Count > 0
                );
                await Cluster.Silos[silo].SignalAsync("CONT");
                (await Cluster.Silos[silo].ExitAsync()).ShouldNotBe(0, "a silo that was declared dead stops");
                await Cluster.StartAgainAsync(silo);
            }
        );

    [Fact]
    public Task Crash_OfTheDatabase_IsGotOverWithoutALoss() => busy.GetsOverAsync("the database crashed", Cluster.Server.CrashAsync);

    [Fact]
    public Task Cut_OfOneSiloFromTheDatabase_IsGotOverWithoutALoss() =>
        busy.GetsOverAsync(
            "a silo cut from the database",
            async () =>
            {
                var line = Cluster.Lines[await busy.BusiestAsync()];
                line.Cut();
                var begun = busy.Applicants.Now;
                await BusyCluster.LastsAsync(CutOff);
                await Eventually.HoldsAsync(
                    "somebody waits for the silo that is cut off",
                    () => busy.Applicants.Times.Since(begun, busy.Applicants.Now).Slow > 0
                );
                line.Mend();
            }
        );

    /// <summary>
    /// The silo with the seal loses the database, so that what decisions on the other silos ask of it waits in their outboxes. The one with
    /// most of it is killed, and its effects are brought by the silos that are left. A frozen seal wouldn't do: decisions need its silo,
    /// too, and would wait themselves.
    /// </summary>
    [Fact]
    public async Task Kill_OwnerOfAFullOutbox_IsGotOverWithoutALoss()
    {
        // After a fault the whole town may live on the seal's silo: restarted, it leaves it to all three.
        await busy.WholeAsync();
        var whole = await IndexOfSealAsync();
        await Cluster.StopAsync(whole);
        await Cluster.StartAgainAsync(whole);
        await busy.GetsOverAsync(
            "an outbox filled, its owner killed",
            async () =>
            {
                var seal = await SiloOfSealAsync();

                // A client of its own, which goes through the other silos.
                await using var client = await TownClient.ConnectAsync(Cluster.Silos.Where((_, n) => Cluster.Ports[n].Silo != seal));
                var decisions = new Func<Task>[Piling];
                await Parallel.ForAsync(
                    0,
                    Piling,
                    new ParallelOptions { MaxDegreeOfParallelism = BusyCluster.Abreast },
                    async (n, _) => decisions[n] = await busy.Applicants.PrepareAsync(client, Sealed)
                );
                var line = Cluster.Lines[Array.FindIndex(Cluster.Ports, port => port.Silo == seal)];
                line.Cut();
                var deciding = await Applicants.DecideAsync(decisions, Apart);
                var owner = await OwnerOfPileAsync(seal);
                await Cluster.Silos[owner].KillAsync();
                line.Mend();
                await deciding;
                await Eventually.HoldsAsync(
                    "the outbox of the silo that was killed is empty",
                    async () =>
                        (
                            await busy.ColumnAsync(
                                "SELECT id::text FROM outbox WHERE writer = (SELECT max(id) FROM writers WHERE port = "
                                    + $"{Cluster.Ports[owner].Silo})"
                            )
                        ).Count == 0
                );
            }
        );
    }

    [Fact]
    public Task Kill_AllSilosAtOnce_IsGotOverWithoutALoss() =>
        busy.GetsOverAsync(
            "all silos killed at once",
            async () =>
            {
                await Task.WhenAll(Cluster.Silos.Select(silo => silo.KillAsync()));
                await Cluster.StartAllAsync();
            }
        );

    /// <summary>A client as it is shipped, which sends each command once, gets an answer to each of them.</summary>
    [Fact]
    public async Task Restart_OfEachSiloInTurn_CostsNoClientAnAnswer()
    {
        await busy.WholeAsync();
        using var enough = new CancellationTokenSource();
        await using var client = await TownClient.ConnectAsShippedAsync(Cluster.Silos);
        var coming = Task.Run(() => busy.Applicants.ComeOnceAsync(client, Once, enough.Token), TestContext.Current.CancellationToken);
        try
        {
            for (var n = 0; n < SiloCluster.Size; n++)
            {
                var silo = n;
                await busy.RecoversAsync(
                    $"silo {n} stopped and started again",
                    async () =>
                    {
                        await Cluster.StopAsync(silo);
                        await Cluster.StartAgainAsync(silo);
                    }
                );
            }
        }
        finally
        {
            await enough.CancelAsync();
        }

        (await coming).ShouldBeEmpty();
        await busy.NothingIsLostAsync();
    }

    private async Task<int> IndexOfSealAsync()
    {
        var seal = await SiloOfSealAsync();
        return Array.FindIndex(Cluster.Ports, port => port.Silo == seal);
    }

    private async Task<int> SiloOfSealAsync()
    {
        await using var client = await TownClient.ConnectAsync(Cluster.Silos);
        return await client.SiloOfAsync(client.Grains.GetGrain<ISealGrain>(Address.Town(Address.Live, Sealed)));
    }

    private async Task<int> OwnerOfPileAsync(int seal)
    {
        var highest = await Eventually.GivesAsync(
            $"{Pile} certificates wait for the seal on one silo",
            async () => (await PilesAsync(seal, Pile)).FirstOrDefault()
        );
        return Array.FindIndex(Cluster.Ports, port => port.Silo == int.Parse(highest.Split(' ')[0], CultureInfo.InvariantCulture));
    }

    /// <summary>Port and number of certificates that wait for the seal, most first; only of living silos other than the seal's.</summary>
    private Task<List<string>> PilesAsync(int seal, int atLeast) =>
        busy.ColumnAsync(
            "SELECT w.port::text || ' ' || count(*)::text FROM outbox o JOIN writers w ON w.id = o.writer WHERE NOT w.closed AND "
                + $"w.port <> {seal} AND o.target_type = 'seal' GROUP BY w.port HAVING count(*) >= {atLeast} ORDER BY count(*) DESC"
        );
}
