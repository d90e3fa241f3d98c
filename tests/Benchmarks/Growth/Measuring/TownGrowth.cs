using System.Diagnostics;
using TownReform.Benchmarks.Growth.Filling;
using TownReform.Benchmarks.Speed;
using TownReform.Benchmarks.Speed.Contenders;
using TownReform.Benchmarks.Speed.Running;
using TownReform.Benchmarks.Speed.Telling;
using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Seeds;
using TownReform.Silo.Hosting;

namespace TownReform.Benchmarks.Growth.Measuring;

/// <summary>A number of towns in one silo.</summary>
/// <param name="Heap">Megabytes of the managed heap when all towns are founded and awake.</param>
internal sealed record TownsGrown(int Towns, TimeSpan Loaded, TimeSpan Founded, TimeSpan Woken, double Heap, Measurement Measured);

/// <summary>Measures a silo with ever more towns, each founded from a plan of its own: the load goes from town to town.</summary>
internal sealed class TownGrowth(string folder, Site site, GrowthOptions options)
{
    public async Task<IReadOnlyList<TownsGrown>> RunAsync(CancellationToken cancellation)
    {
        var grown = new List<TownsGrown>();
        foreach (var towns in options.Towns)
        {
            Console.Error.WriteLine(Reader.In(new($"{towns} 个镇 …", $"{towns} towns …")));
            grown.Add(await OnceAsync(towns, cancellation));
        }

        return grown;
    }

    private async Task<TownsGrown> OnceAsync(int towns, CancellationToken cancellation)
    {
        using var copies = SeedCopies.Make(folder, towns);
        var clock = Stopwatch.StartNew();
        var seeds = SeedLoader.Load(copies.Folder);
        var loaded = clock.Elapsed;
        await using var ground = await site.NewGroundAsync(options.Store, options.Cases, cancellation);
        clock.Restart();
        await using var silo = await TownSilo.StartAsync(seeds, ground, options.Store, cancellation);
        var founded = clock.Elapsed;
        clock.Restart();
        await new TownFounding(silo.Grains, seeds).WakeAllAsync(Address.Live, TownLane.Now);
        var woken = clock.Elapsed;
        TownPlan[] plans = [.. seeds.Towns.Values.OrderBy(t => t.Code, StringComparer.Ordinal)];
        var heap = Heap.Megabytes();
        return new(towns, loaded, founded, woken, heap, await TownLoad.MeasureAsync([silo], plans, ground, options, cancellation));
    }
}
