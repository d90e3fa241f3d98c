using System.Globalization;
using Npgsql;
using TownReform.Grains.Audit.EndState;
using TownReform.Grains.Journal.Postgres;
using TownReform.Grains.Seeds;
using TownReform.Silo.Tests.Fixtures;

namespace TownReform.Silo.Tests.Live;

/// <summary>
/// Three real silos on a real PostgreSQL, applicants who come at a third of what the cluster can do and send again under the same id, and
/// one fault after
/// the other. What was answered is there, nothing twice, chains whole. <c>TOWNREFORM_FAULTS=long</c> makes every fault longer.
/// </summary>
public sealed class ClusterFaultTests(ITestOutputHelper output) : IAsyncLifetime
{
    // Applicants at once when it is measured what the cluster can do.
    private const int Abreast = 32;

    // Decisions made while the certificates of two silos can't be numbered, and how many certificates one of them must wait for before it
    // is killed.
    // A case lives where its counter of the intake is, so about a third of them on each silo.
    private const int Piling = 500,
        Pile = 100;
    private const string Sealed = "yandian";

    private static readonly bool Long = Environment.GetEnvironmentVariable("TOWNREFORM_FAULTS") == "long";

    // How long that is measured, after silos that have just started have warmed up.
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(Long ? 10 : 4);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(Long ? 30 : 10);

    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(Long ? 20 : 1.5);
    private static readonly TimeSpan Asleep = TimeSpan.FromSeconds(Long ? 40 : 6);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Apart = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan Target = TimeSpan.FromMilliseconds(500);

    private readonly DateTimeOffset today = TimeProvider.System.GetUtcNow();
    private SiloCluster cluster = null!;
    private Applicants applicants = null!;

    public async ValueTask InitializeAsync()
    {
        cluster = await SiloCluster.StartAsync(folder => Repository.CopySeedsFor(today, folder));
        applicants = new Applicants(Target);
    }

    public ValueTask DisposeAsync() => cluster.DisposeAsync();

    [Fact]
    public async Task Faults_OneAfterTheOther_LoseNothingAndDoubleNothing()
    {
        using var enough = new CancellationTokenSource();
        await using var client = await TownClient.ConnectAsync(cluster.Silos);
        var rate = await applicants.CapacityAsync(client, Abreast, WarmUp, Measured) / 3;
        output.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"permits come at {rate:F0} a second, a third of what the cluster can do")
        );
        var coming = Task.Run(() => applicants.ComeAsync(client, rate, enough.Token), TestContext.Current.CancellationToken);

        await FaultAsync(
            "silo killed",
            async () =>
            {
                await cluster.Silos[0].KillAsync();
                await cluster.StartAgainAsync(0);
            }
        );
        await FaultAsync(
            "silo asleep, declared dead, awake again",
            async () =>
            {
                await cluster.Silos[1].SignalAsync("STOP");
                await Task.Delay(Asleep, TestContext.Current.CancellationToken);
                while (
                    (
                        await ColumnAsync(
                            "SELECT port::text FROM writers WHERE closed AND id = (SELECT max(id) FROM writers WHERE port = "
                                + $"{cluster.Ports[1].Silo})"
                        )
                    ).Count == 0
                )
                {
                    await Task.Delay(200, TestContext.Current.CancellationToken);
                }

                await cluster.Silos[1].SignalAsync("CONT");
                (await cluster.Silos[1].ExitAsync()).ShouldNotBe(0, "a silo that was declared dead stops");
                await cluster.StartAgainAsync(1);
            }
        );
        await FaultAsync("database crashed", cluster.Server.CrashAsync);
        await FaultAsync(
            "silo cut from the database",
            async () =>
            {
                cluster.Lines[^1].Cut();
                await Task.Delay(Asleep / 3, TestContext.Current.CancellationToken);
                cluster.Lines[^1].Mend();
            }
        );
        await FaultAsync("outbox filled, its owner killed", FillAndKillAsync);
        await FaultAsync(
            "all silos killed at once",
            async () =>
            {
                await Task.WhenAll(cluster.Silos.Select(silo => silo.KillAsync()));
                await cluster.StartAllAsync();
            }
        );
        await FaultAsync(
            "rolling restart",
            async () =>
            {
                for (var n = 0; n < SiloCluster.Size; n++)
                {
                    await cluster.StopAsync(n);
                    await cluster.StartAgainAsync(n);
                }
            }
        );

        await enough.CancelAsync();
        await coming;
        await CheckAsync(client);
    }

    /// <summary>
    /// The silo with the seal loses the database, so that what decisions on the other silos ask of it waits in their outboxes. The one with
    /// most
    /// of it is killed for good: the silos that are left have to bring its effects. A frozen seal wouldn't do: decisions need its silo,
    /// too, and would wait themselves.
    /// </summary>
    private async Task FillAndKillAsync()
    {
        var seal = await SiloOfSealAsync();

        // A client of its own, which goes through the other silos.
        await using var client = await TownClient.ConnectAsync(cluster.Silos.Where((_, n) => cluster.Ports[n].Silo != seal));
        var decisions = new Func<Task>[Piling];
        await Parallel.ForAsync(
            0,
            Piling,
            new ParallelOptions { MaxDegreeOfParallelism = Abreast },
            async (n, _) => decisions[n] = await applicants.PrepareAsync(client, Sealed)
        );
        var line = cluster.Lines[Array.FindIndex(cluster.Ports, port => port.Silo == seal)];
        line.Cut();
        var deciding = new List<Task>(Piling);
        foreach (var decide in decisions)
        {
            deciding.Add(decide());
            await Task.Delay(Apart, TestContext.Current.CancellationToken);
        }

        var owner = await OwnerOfPileAsync(seal);
        await cluster.Silos[owner].KillAsync();
        line.Mend();
        await Task.WhenAll(deciding);
        var left = $"SELECT id::text FROM outbox WHERE writer = (SELECT max(id) FROM writers WHERE port = {cluster.Ports[owner].Silo})";
        while ((await ColumnAsync(left)).Count > 0)
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    private async Task<int> SiloOfSealAsync()
    {
        await using var client = await TownClient.ConnectAsync(cluster.Silos);
        return await client.SiloOfAsync(client.Grains.GetGrain<ISealGrain>(Address.Town(Address.Live, Sealed)));
    }

    private async Task<int> OwnerOfPileAsync(int seal)
    {
        for (var late = applicants.Now + Patience; applicants.Now < late; )
        {
            if (await PilesAsync(seal, Pile) is [var highest, ..])
            {
                return Array.FindIndex(cluster.Ports, port => port.Silo == int.Parse(highest.Split(' ')[0], CultureInfo.InvariantCulture));
            }

            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException(
            $"Certificates don't pile up on any silo (port, waiting: {string.Join(", ", await PilesAsync(seal, 1))})."
        );
    }

    /// <summary>Port and number of certificates that wait for the seal, most first; only of living silos other than the seal's.</summary>
    private Task<List<string>> PilesAsync(int seal, int atLeast) =>
        ColumnAsync(
            "SELECT w.port::text || ' ' || count(*)::text FROM outbox o JOIN writers w ON w.id = o.writer WHERE NOT w.closed AND "
                + $"w.port <> {seal} AND o.target_type = 'seal' GROUP BY w.port HAVING count(*) >= {atLeast} ORDER BY count(*) DESC"
        );

    private async Task FaultAsync(string name, Func<Task> fault)
    {
        await Task.Delay(Calm, TestContext.Current.CancellationToken);
        var begun = applicants.Now;
        await fault();
        var back = await BackOnTargetAsync(begun) is { } at
            ? $"back under {Target.TotalMilliseconds:F0} ms after {(at - begun).TotalSeconds:F1} s"
            : $"still above {Target.TotalMilliseconds:F0} ms";
        var (permits, slow) = applicants.Times.Since(begun);
        output.WriteLine($"{name}: p99 {back}; {slow} of {permits} permits were slower");
    }

    /// <summary>When the last permit was too slow; null when they still are after a while, as on an overloaded machine.</summary>
    private async Task<TimeSpan?> BackOnTargetAsync(TimeSpan begun)
    {
        for (var late = applicants.Now + Settling; applicants.Now < late; )
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
            var miss = applicants.Times.LastMiss(begun) ?? begun;
            if (applicants.Now - miss >= Calm && applicants.Times.Since(applicants.Now - Calm).All > 0)
            {
                return miss;
            }
        }

        return null;
    }

    private async Task CheckAsync(TownClient client)
    {
        AuditReport report;
        do
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
            report = await client.Audit.VerifyAsync();
            report.Broken.ShouldBeNull();
        } while (report.EffectsWaiting > 0);

        var endState = await EndStateCheck.RunAsync(
            new PostgresScan(cluster.Connection),
            SeedLoader.Load(cluster.Seeds),
            applicants.Answered.Select(a => new AcknowledgedCommand(a.Key, $"case/{a.Value.Number}")),
            cancellation: TestContext.Current.CancellationToken
        );
        endState
            .Checks.Where(check => check.Breaches > 0)
            .SelectMany(check => check.First.Select(breach => $"{check.Check}: {breach.Stream} {breach.Version} {breach.Why.En}"))
            .ShouldBeEmpty();
        endState.Sound.ShouldBeTrue();
        applicants.Answered.Count.ShouldBe(applicants.Count * 4);
        var recorded = await ColumnAsync("SELECT command_id::text FROM journal");
        var mine = recorded.Where(id => applicants.Answered.ContainsKey(Guid.Parse(id))).ToList();
        mine.Count.ShouldBe(mine.Distinct().Count(), "a command was recorded twice");
        mine.Count.ShouldBe(applicants.Answered.Count, "a command that was answered is lost");
        (await ColumnAsync("SELECT party_id FROM cases")).Distinct().Count().ShouldBe(applicants.Count);
        (await ColumnAsync("SELECT number FROM cases")).Count.ShouldBe(applicants.Count);
        var certificates = await ColumnAsync("SELECT certificate FROM standing WHERE certificate IS NOT NULL");
        (certificates.Count, certificates.Distinct().Count()).ShouldBe((applicants.Count, applicants.Count));
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{applicants.Count} permits, {applicants.Answered.Count} commands answered, {report.Records} records"
            )
        );
    }

    private async Task<List<string>> ColumnAsync(string query)
    {
        await using var source = NpgsqlDataSource.Create(cluster.Connection);
#pragma warning disable CA2100 // The queries are the constants above.
        await using var command = source.CreateCommand(query);
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var values = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            values.Add(reader.GetString(0));
        }

        return values;
    }
}
