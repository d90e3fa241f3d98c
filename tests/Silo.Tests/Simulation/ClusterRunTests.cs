using System.Collections.Immutable;
using TownReform.Grains.Rules.Towns;
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
    private SiloCluster cluster = null!;

    private static SimulationOrder Order(string scenario, int replications) =>
        new(Scenario: scenario, Seed: 7, Replications: replications, Routes: [], DemandScale: null, Pace: null, Parallel: 1);

    public async ValueTask InitializeAsync() =>
        cluster = await SiloCluster.StartAsync(
            folder =>
            {
                Repository.CopySeeds(folder);
                Scenario(folder, "small", "2019-04-22");
                Scenario(folder, "long", "2020-04-08");
                return folder;
            },
            "--simulations"
        );

    public ValueTask DisposeAsync() => cluster.DisposeAsync();

    [Fact]
    public async Task Run_OnThreeSilos_IsByteForByteTheRunOnOne()
    {
        var (library, order) = (SeedLoader.Load(cluster.Seeds), Order("small", 6));
        await using var client = await TownClient.ConnectAsync(cluster.Silos);
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
        await using var client = await TownClient.ConnectAsync(cluster.Silos);
        var run = new ClusterRun(client.Grains, "broken", Order("long", 60));
        var running = run.RunAsync(TestContext.Current.CancellationToken);
        await Eventually.HoldsAsync("each silo has begun", async () => (await run.ProgressAsync()).Length >= SiloCluster.Size);

        await cluster.Silos[1].KillAsync();
        var lost = await Should.ThrowAsync<SiloLostException>(() =>
            running.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken)
        );
        lost.Because.Zh.ShouldNotBeEmpty();
    }

    private static string Written(SeedLibrary library, SimulationOrder order, ImmutableArray<CountedReplication> counted)
    {
        using var to = new MemoryStream();
        SummaryJson.Write(to, ClusterSummary.Of(RunHeading.Of(library, order, RunInputs.Of(library, order.Scenario), null), counted));
        return System.Text.Encoding.UTF8.GetString(to.ToArray());
    }

    private static void Scenario(string seeds, string name, string until)
    {
        var scenarios = Path.Combine(seeds, "scenarios");
        var text = File.ReadAllText(Path.Combine(scenarios, "first-year.yaml"));
        File.WriteAllText(
            Path.Combine(scenarios, $"{name}.yaml"),
            text.Replace("scenario: first-year", $"scenario: {name}", StringComparison.Ordinal)
                .Replace("until: 2020-04-08", $"until: {until}\ndemand_scale: 0.08", StringComparison.Ordinal)
                .Replace("on: 2019-10-08, town: yandian", "on: 2019-04-15, town: yandian", StringComparison.Ordinal)
                .Replace("from_days_later: 30", "from_days_later: 14", StringComparison.Ordinal)
                .Replace("on: 2019-11-04, town: guyun", "on: 2019-04-16, town: guyun", StringComparison.Ordinal)
                .Replace("assessment: {on: 2019-12-30", $"assessment: {{on: {until}", StringComparison.Ordinal)
        );
    }
}
