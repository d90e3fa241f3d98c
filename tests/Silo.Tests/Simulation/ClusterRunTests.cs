using System.Collections.Immutable;
using TownReform.Grains.Seeds;
using TownReform.Grains.Simulation.Results;
using TownReform.Grains.Simulation.Spread;
using TownReform.Silo.Hosting;
using TownReform.Silo.Tests.Fixtures;
using TownReform.Tests.Fixtures;

namespace TownReform.Silo.Tests.Simulation;

/// <summary>Replications on three real silos on a real PostgreSQL come to the same bytes as on one silo inside a process.</summary>
public sealed class ClusterRunTests : IAsyncLifetime
{
    private const int Silos = 3;
    private readonly PrivatePostgres server = new();
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("spread");
    private SiloProcess[] silos = [];
    private string seeds = "";

    private static SimulationOrder Order(string scenario, int replications) => new(scenario, 7, replications, [], null, null, 1);

    public async ValueTask InitializeAsync()
    {
        seeds = Repository.CopySeeds(Path.Combine(folder.FullName, "seeds"));
        Scenario("small", "2019-04-22");
        Scenario("long", "2020-04-08");
        var connection = await server.NewDatabaseAsync();
        silos = await Task.WhenAll(Enumerable.Range(0, Silos).Select(_ => SiloProcess.StartInClusterAsync(connection, SiloProcess.FreePorts(), seeds)));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in silos)
        {
            await silo.DisposeAsync();
        }

        await server.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Run_OnThreeSilos_IsByteForByteTheRunOnOne()
    {
        var (library, order) = (SeedLoader.Load(seeds), Order("small", 6));
        await using var client = await TownClient.ConnectAsync(silos);
        var spread = await new ClusterRun(client.Grains, "spread", order).RunAsync(TestContext.Current.CancellationToken);
        spread.GroupBy(s => s.Silo).Select(s => s.Count()).Order().ShouldBe([2, 2, 2]);

        await using var embedded = await EmbeddedSilo.StartAsync(library, null, TestContext.Current.CancellationToken);
        var alone = await new ClusterRun(embedded.Grains, "alone", order).RunAsync(TestContext.Current.CancellationToken);
        Written(library, order, spread).ShouldBe(Written(library, order, alone));
        spread[0].Result.Cases.ShouldBeGreaterThan(20);
        (await client.Audit.VerifyAsync()).Broken.ShouldBeNull();
    }

    [Fact]
    public async Task Run_ASiloDies_FailsAndNamesIt()
    {
        await using var client = await TownClient.ConnectAsync(silos);
        var run = new ClusterRun(client.Grains, "broken", Order("long", 60));
        var running = run.RunAsync(TestContext.Current.CancellationToken);
        while ((await run.ProgressAsync()).Length < Silos)
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        await silos[1].KillAsync();
        var lost = await Should.ThrowAsync<SiloLostException>(() => running.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
        lost.Because.Zh.ShouldNotBeEmpty();
    }

    private static string Written(SeedLibrary library, SimulationOrder order, ImmutableArray<CountedReplication> counted)
    {
        using var to = new MemoryStream();
        SummaryJson.Write(to, ClusterSummary.Of(library, order, counted));
        return System.Text.Encoding.UTF8.GetString(to.ToArray());
    }

    private void Scenario(string name, string until)
    {
        var scenarios = Path.Combine(seeds, "scenarios");
        var text = File.ReadAllText(Path.Combine(scenarios, "first-year.yaml"));
        File.WriteAllText(Path.Combine(scenarios, $"{name}.yaml"), text
            .Replace("scenario: first-year", $"scenario: {name}", StringComparison.Ordinal)
            .Replace("until: 2020-04-08", $"until: {until}\ndemand_scale: 0.08", StringComparison.Ordinal)
            .Replace("on: 2019-10-08, town: yandian", "on: 2019-04-15, town: yandian", StringComparison.Ordinal)
            .Replace("from_days_later: 30", "from_days_later: 14", StringComparison.Ordinal)
            .Replace("on: 2019-11-04, town: guyun", "on: 2019-04-16, town: guyun", StringComparison.Ordinal)
            .Replace("assessment: {on: 2019-12-30", $"assessment: {{on: {until}", StringComparison.Ordinal));
    }
}
