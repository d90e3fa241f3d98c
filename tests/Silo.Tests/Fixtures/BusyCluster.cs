using System.Diagnostics;
using System.Globalization;
using Npgsql;
using TownReform.Grains.Audit.EndState;
using TownReform.Grains.Journal.Postgres;
using TownReform.Grains.Rules.Towns;
using TownReform.Grains.Seeds;
using TownReform.Tests.Fixtures;

namespace TownReform.Silo.Tests.Fixtures;

/// <summary>
/// Three real silos on a real PostgreSQL, and applicants who come at a third of what the cluster can do and send again under the same id.
/// The tests of a class do one fault each to it. <c>TOWNREFORM_FAULTS=long</c> makes every fault longer.
/// </summary>
public sealed class BusyCluster : IAsyncLifetime
{
    /// <summary>Applicants at once when it is measured what the cluster can do.</summary>
    internal const int Abreast = 32;

    // A permit that takes longer is slow.
    private static readonly TimeSpan Target = TimeSpan.FromMilliseconds(500);

    // How long that is measured, after silos that have just started have warmed up.
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(Long ? 10 : 4);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(Long ? 30 : 10);

    // Permits of so long a time tell whether the cluster is well.
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(Long ? 20 : 1.5);

    // A call to a silo that is gone is given up after 4 s (TownClient) and sent again after at most 2 s (Applicants), through gateways that
    // are looked up every 2 s: 8 s until everybody is served again, and twice that on a machine that has other work to do.
    private static readonly TimeSpan Calls = TimeSpan.FromSeconds(16);

    // What waited during a fault is a third of what the cluster can do. It is gone after half of the fault's time, and after twice its time
    // when other work has half of the machine.
    private const int Backlog = 2;

    private readonly DateTimeOffset today = TimeProvider.System.GetUtcNow();
    private SeedLibrary library = null!;
    private TownClient client = null!;
    private double rate;

    internal static bool Long { get; } = Environment.GetEnvironmentVariable("TOWNREFORM_FAULTS") == "long";

    internal SiloCluster Cluster { get; private set; } = null!;

    internal Applicants Applicants { get; } = new(Target);

    public async ValueTask InitializeAsync()
    {
        Cluster = await SiloCluster.StartAsync(folder => Repository.CopySeedsFor(today, folder));
        library = SeedLoader.Load(Cluster.Seeds);
        client = await TownClient.ConnectAsync(Cluster.Silos);
        rate = await Applicants.CapacityAsync(client, Abreast, WarmUp, Measured) / 3;
    }

    public async ValueTask DisposeAsync()
    {
        if (client is not null)
        {
            await client.DisposeAsync();
        }

        await Cluster.DisposeAsync();
    }

    /// <summary>Applicants come while something happens to the cluster: afterwards permits are in time again, nothing that was answered is
    /// lost, nothing is there twice, and the chains are whole.</summary>
    internal async Task GetsOverAsync(string what, Func<Task> fault)
    {
        await WholeAsync();
        using var enough = new CancellationTokenSource();
        var coming = Task.Run(() => Applicants.ComeAsync(client, rate, enough.Token), TestContext.Current.CancellationToken);
        try
        {
            await RecoversAsync(what, fault);
        }
        catch
        {
            // The applicants come to an end only in a cluster that answers.
            await WholeAsync();
            throw;
        }
        finally
        {
            await enough.CancelAsync();
            await coming;
        }

        await NothingIsLostAsync();
    }

    /// <summary>Does it while permits are in time, and waits until they are again.</summary>
    internal async Task RecoversAsync(string what, Func<Task> fault)
    {
        await OnTargetAsync("before", Calls);
        var begun = Applicants.Now;
        await fault();
        var over = Applicants.Now;
        var bound = Calls + Backlog * (over - begun);
        await OnTargetAsync($"after {what}", bound);
        var (all, slow) = Applicants.Times.Since(begun, Applicants.Now);
        var (lasted, later) = ((over - begun).TotalSeconds, Math.Max(0, (Applicants.Now - over - Calm - Target).TotalSeconds));
        TestContext.Current.TestOutputHelper?.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{what}, which lasted {lasted:F1} s: permits were in time again {later:F1} s later (at most {bound.TotalSeconds:F0} s); "
                    + $"{slow} of {all} were slow"
            )
        );
    }

    // Which effects wait is what one needs to know when some do.
    private async Task<AuditReport> DeliveredAsync()
    {
        try
        {
            return await client.DeliveredAsync();
        }
        catch (ShouldAssertException waits)
        {
            var effects = await ColumnAsync(
                "SELECT concat_ws(' ', o.writer, w.closed, o.stream, o.version, o.target_type, o.target_key, o.effect) FROM outbox o "
                    + "JOIN writers w ON w.id = o.writer ORDER BY o.id LIMIT 20"
            );
            throw new ShouldAssertException($"{waits.Message}\n{string.Join('\n', effects)}", waits);
        }
    }

    /// <summary>What was answered is on record, once, and the end state is sound.</summary>
    internal async Task NothingIsLostAsync()
    {
        var report = await DeliveredAsync();
        var endState = await EndStateCheck.RunAsync(
            new PostgresScan(Cluster.Connection),
            library,
            Applicants.Answered.Select(a => new AcknowledgedCommand(a.Key, $"case/{a.Value.Number}")),
            cancellation: TestContext.Current.CancellationToken
        );
        endState
            .Checks.Where(check => check.Breaches > 0)
            .SelectMany(check => check.First.Select(breach => $"{check.Check}: {breach.Stream} {breach.Version} {breach.Why.En}"))
            .ShouldBeEmpty();
        endState.Sound.ShouldBeTrue();
        Applicants.Answered.Count.ShouldBe(Applicants.Count * 4);
        var recorded = await ColumnAsync("SELECT command_id::text FROM journal");
        var mine = recorded.Where(id => Applicants.Answered.ContainsKey(Guid.Parse(id))).ToList();
        mine.Count.ShouldBe(mine.Distinct().Count(), "a command was recorded twice");
        mine.Count.ShouldBe(Applicants.Answered.Count, "a command that was answered is lost");
        (await ColumnAsync("SELECT party_id FROM cases")).Distinct().Count().ShouldBe(Applicants.Count);
        (await ColumnAsync("SELECT number FROM cases")).Count.ShouldBe(Applicants.Count);
        var certificates = await ColumnAsync("SELECT certificate FROM standing WHERE certificate IS NOT NULL");
        (certificates.Count, certificates.Distinct().Count()).ShouldBe((Applicants.Count, Applicants.Count));
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{Applicants.Count} permits, {Applicants.Answered.Count} commands answered, {report.Records} records so far"
        );
    }

    /// <summary>The silo that has made most of the last commits: one that was started again may have nothing to do.</summary>
    internal async Task<int> BusiestAsync()
    {
        var port = (
            await ColumnAsync(
                "SELECT w.port::text FROM commits c JOIN writers w ON w.id = c.writer WHERE NOT w.closed "
                    + "AND c.seq > (SELECT max(seq) - 1000 FROM commits) GROUP BY w.port ORDER BY count(*) DESC LIMIT 1"
            )
        )[0];
        return Array.FindIndex(Cluster.Ports, its => its.Silo == int.Parse(port, CultureInfo.InvariantCulture));
    }

    /// <summary>Silos that a fault or a failed test has left dead are started again.</summary>
    internal async Task WholeAsync()
    {
        foreach (var line in Cluster.Lines)
        {
            line.Mend();
        }

        foreach (var silo in Cluster.Silos.Where(silo => !silo.HasExited))
        {
            await silo.SignalAsync("CONT");
        }

        await Task.WhenAll(
            Enumerable.Range(0, SiloCluster.Size).Where(n => Cluster.Silos[n].HasExited).Select(n => Cluster.StartAgainAsync(n))
        );
    }

    /// <summary>Waits until a fault has lasted so long.</summary>
    internal static Task LastsAsync(TimeSpan time)
    {
        var begun = Stopwatch.GetTimestamp();
        return Eventually.HoldsAsync($"{time} have passed", () => Stopwatch.GetElapsedTime(begun) >= time, time * 2);
    }

    /// <summary>One column of text of a question to the database.</summary>
    internal async Task<List<string>> ColumnAsync(string query)
    {
        await using var source = NpgsqlDataSource.Create(Cluster.Connection);
#pragma warning disable CA2100 // The queries are constants of the tests.
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

    private Task OnTargetAsync(string when, TimeSpan within) =>
        Eventually.HoldsAsync(
            $"19 of 20 permits take at most {Target.TotalMilliseconds:F0} ms {when}",
            () => Applicants.Times.AreOnTarget(Calm, Applicants.Now),
            within + Calm + Target
        );
}
