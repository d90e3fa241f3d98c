using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using TownReform.Grains.Seeds;
using TownReform.Grains.Simulation;
using TownReform.Grains.Simulation.Scenarios;
using TownReform.Silo.Hosting;

namespace TownReform.Benchmarks;

/// <summary>Simulated cases a second through the real grains. A round is the whole default year; the first is warm-up and is told apart,
/// since users wait for it.</summary>
internal static class SimulateBenchmark
{
    public static async Task RunAsync(int rounds)
    {
        var seeds = SeedLoader.Load(SeedsFolder.Find(null).Folder!);
        await using var silo = await EmbeddedSilo.StartAsync(seeds, services => services.AddSingleton<IRunRecording, NoRecording>());
        Console.WriteLine("what                          cases  commands    wall s     cpu s  cases/s   cases/cpu-s  commands/s");
        await RoundAsync(silo.Grains, "first round (cold)", Order(replications: 1), 0);
        foreach (var replications in new[] { 1, 2 })
        {
            var rates = new List<double>();
            for (var round = 1; round <= rounds; round++)
            {
                rates.Add(
                    await RoundAsync(
                        silo.Grains,
                        $"{replications} replication(s), round {round}",
                        Order(replications),
                        (replications * 100) + round
                    )
                );
            }

            rates.Sort();
            Console.WriteLine($"median of {rounds}: {rates[rounds / 2]:N0} cases/s, from {rates[0]:N0} to {rates[^1]:N0}");
        }
    }

    /// <summary>A hundred thousand cases in one year: demand and speed of work both raised by the same factor, so that the towns still
    /// cope.</summary>
    public static async Task YearAsync()
    {
        var seeds = SeedLoader.Load(SeedsFolder.Find(null).Folder!);
        await using var silo = await EmbeddedSilo.StartAsync(seeds, services => services.AddSingleton<IRunRecording, NoRecording>());
        Console.WriteLine("what                          cases  commands    wall s     cpu s  cases/s   cases/cpu-s  commands/s");
        await RoundAsync(silo.Grains, "100,000 cases, cold", Order(1) with { DemandScale = 6.7, Pace = 6.7 }, 1);
        Console.WriteLine($"peak working set {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MB");
    }

    private static SimulationOrder Order(int replications) =>
        new(
            Scenario: ScenarioLoader.Default,
            Seed: 7,
            Replications: replications,
            Routes: [],
            DemandScale: null,
            Pace: null,
            Parallel: Environment.ProcessorCount
        );

    private static async Task<double> RoundAsync(IGrainFactory grains, string what, SimulationOrder order, int round)
    {
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        var (watch, cpu) = (Stopwatch.StartNew(), process.TotalProcessorTime);
        var results = await grains.GetGrain<ISimulationGrain>($"benchmark-{round}").RunAsync(order, CancellationToken.None);
        watch.Stop();
        process.Refresh();
        Tell(what, results, watch.Elapsed.TotalSeconds, (process.TotalProcessorTime - cpu).TotalSeconds);
        return results.Sum(r => r.Cases) / watch.Elapsed.TotalSeconds;
    }

    private static void Tell(string what, ImmutableArray<ReplicationResult> results, double wall, double cpu)
    {
        var (cases, commands) = (results.Sum(r => r.Cases), results.Sum(r => r.Commands));
        Console.WriteLine(
            $"{what, -27} {cases, 8:N0} {commands, 9:N0} {wall, 9:F2} {cpu, 9:F2} {cases / wall, 8:N0} {cases / cpu, 13:N0} "
                + $"{commands / wall, 11:N0}"
        );
    }
}
