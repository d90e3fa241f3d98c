using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Npgsql;
using TownReform.Grains.Audit.EndState;
using TownReform.Grains.Journal.Postgres;
using TownReform.Grains.Seeds;
using TownReform.Silo.Tests.Fixtures;
using TownReform.Tests.Fixtures;

namespace TownReform.Silo.Tests.Live;

/// <summary>
/// Three real silos on a real PostgreSQL, applicants who send again under the same id, and one fault after the other. What was answered is
/// there, nothing twice, chains whole. <c>TOWNREFORM_FAULTS=long</c> makes every fault longer.
/// </summary>
public sealed class ClusterFaultTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Silos = 3, Abreast = 8;
    private static readonly bool Long = Environment.GetEnvironmentVariable("TOWNREFORM_FAULTS") == "long";
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(Long ? 20 : 1.5);
    private static readonly TimeSpan Asleep = TimeSpan.FromSeconds(Long ? 40 : 6);
    private static readonly TimeSpan Target = TimeSpan.FromMilliseconds(500);

    private readonly PrivatePostgres server = new();
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("town");
    private readonly DateTimeOffset today = TimeProvider.System.GetUtcNow();
    private readonly ConcurrentDictionary<Guid, CaseView> answered = new();
    private readonly ConcurrentQueue<(TimeSpan At, TimeSpan Took)> lives = new();
    private readonly (int Silo, int Gateway)[] ports = [.. Enumerable.Range(0, Silos).Select(_ => SiloProcess.FreePorts())];
    private readonly SiloProcess[] silos = new SiloProcess[Silos];
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private CuttableLine line = null!;
    private string connection = "";
    private string seeds = "";
    private int applicants;

    public async ValueTask InitializeAsync()
    {
        connection = await server.NewDatabaseAsync();
        line = new CuttableLine(new NpgsqlConnectionStringBuilder(connection).Port);
        seeds = Repository.CopySeedsFor(today, Path.Combine(folder.FullName, "seeds"));
        await Task.WhenAll(Enumerable.Range(0, Silos).Select(StartAsync));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in silos.Where(silo => silo is not null))
        {
            await silo.DisposeAsync();
        }

        await line.DisposeAsync();
        await server.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Faults_OneAfterTheOther_LoseNothingAndDoubleNothing()
    {
        using var enough = new CancellationTokenSource();
        await using var client = await TownClient.ConnectAsync(silos);
        var applying = Enumerable.Range(0, Abreast).Select(_ => Task.Run(() => ApplyAsync(client, enough.Token))).ToArray();

        await FaultAsync("silo killed", async () =>
        {
            await silos[0].KillAsync();
            await StartAsync(0);
        });
        await FaultAsync("silo asleep, declared dead, awake again", async () =>
        {
            await silos[1].SignalAsync("STOP");
            await Task.Delay(Asleep, TestContext.Current.CancellationToken);
            while ((await ColumnAsync($"SELECT port::text FROM writers WHERE closed AND id = (SELECT max(id) FROM writers WHERE port = {ports[1].Silo})")).Count == 0)
            {
                await Task.Delay(200, TestContext.Current.CancellationToken);
            }

            await silos[1].SignalAsync("CONT");
            (await silos[1].ExitAsync()).ShouldNotBe(0, "a silo that was declared dead stops");
            await StartAsync(1);
        });
        await FaultAsync("database crashed", server.CrashAsync);
        await FaultAsync("silo cut from the database", async () =>
        {
            line.Cut();
            await Task.Delay(Asleep / 3, TestContext.Current.CancellationToken);
            line.Mend();
        });
        await FaultAsync("all silos killed at once", async () =>
        {
            await Task.WhenAll(silos.Select(silo => silo.KillAsync()));
            await Task.WhenAll(Enumerable.Range(0, Silos).Select(StartAsync));
        });
        await FaultAsync("rolling restart", async () =>
        {
            for (var n = 0; n < Silos; n++)
            {
                (await silos[n].StopAsync()).ShouldBe(0, string.Join('\n', silos[n].Complaints));
                await StartAsync(n);
            }
        });

        await enough.CancelAsync();
        await Task.WhenAll(applying);
        await CheckAsync(client);
    }

    // The last silo's line to the database can be cut.
    private async Task StartAsync(int n)
    {
        var through = n == Silos - 1 ? new NpgsqlConnectionStringBuilder(connection) { Port = line.Port }.ToString() : connection;
        silos[n] = await SiloProcess.StartInClusterAsync(through, ports[n], seeds);
    }

    private async Task FaultAsync(string name, Func<Task> fault)
    {
        await Task.Delay(Calm, TestContext.Current.CancellationToken);
        var begun = clock.Elapsed;
        await fault();
        await Task.Delay(Calm, TestContext.Current.CancellationToken);
        await WaitForAnotherLifeAsync();
        var slow = lives.Where(life => life.At >= begun && life.Took > Target).ToList();
        output.WriteLine($"{name}: {slow.Count} of {lives.Count(life => life.At >= begun)} permits above {Target.TotalMilliseconds:F0} ms, the last {(slow.Count == 0 ? 0 : (slow.Max(life => life.At) - begun).TotalSeconds):F1} s after it began");
    }

    private async Task WaitForAnotherLifeAsync()
    {
        var known = lives.Count;
        while (lives.Count <= known)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    private async Task ApplyAsync(TownClient client, CancellationToken enough)
    {
        while (!enough.IsCancellationRequested)
        {
            var applicant = new Applicant(Interlocked.Increment(ref applicants), today, answered);
            var begun = clock.Elapsed;
            while (!await TryAsync(applicant, client))
            {
                await Task.Delay(100, TestContext.Current.CancellationToken);
            }

            lives.Enqueue((clock.Elapsed, clock.Elapsed - begun));
        }
    }

    // Whatever goes wrong on the way, the applicant sends everything again under the same ids.
    private static async Task<bool> TryAsync(Applicant applicant, TownClient client)
    {
        try
        {
            await applicant.GoAsync(client);
            return true;
        }
        catch (Exception e) when (e is not ShouldAssertException)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            return false;
        }
    }

    private async Task CheckAsync(TownClient client)
    {
        AuditReport report;
        do
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
            report = await client.Audit.VerifyAsync();
            report.Broken.ShouldBeNull();
        }
        while (report.EffectsWaiting > 0);

        var endState = await EndStateCheck.RunAsync(
            new PostgresScan(connection), SeedLoader.Load(seeds), answered.Select(a => new AcknowledgedCommand(a.Key, $"case/{a.Value.Number}")), cancellation: TestContext.Current.CancellationToken);
        endState.Checks.Where(check => check.Breaches > 0).SelectMany(check => check.First.Select(breach => $"{check.Check}: {breach.Stream} {breach.Version} {breach.Why.En}")).ShouldBeEmpty();
        endState.Sound.ShouldBeTrue();
        answered.Count.ShouldBe(applicants * 4);
        var recorded = await ColumnAsync("SELECT command_id::text FROM journal");
        var mine = recorded.Where(id => answered.ContainsKey(Guid.Parse(id))).ToList();
        mine.Count.ShouldBe(mine.Distinct().Count(), "a command was recorded twice");
        mine.Count.ShouldBe(answered.Count, "a command that was answered is lost");
        (await ColumnAsync("SELECT party_id FROM cases")).Distinct().Count().ShouldBe(applicants);
        (await ColumnAsync("SELECT number FROM cases")).Count.ShouldBe(applicants);
        var certificates = await ColumnAsync("SELECT certificate FROM standing WHERE certificate IS NOT NULL");
        (certificates.Count, certificates.Distinct().Count()).ShouldBe((applicants, applicants));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{applicants} permits, {answered.Count} commands answered, {report.Records} records"));
    }

    private async Task<List<string>> ColumnAsync(string query)
    {
        await using var source = NpgsqlDataSource.Create(connection);
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
