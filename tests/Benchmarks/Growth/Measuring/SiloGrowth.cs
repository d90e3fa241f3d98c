using TownReform.Benchmarks.Speed;
using TownReform.Benchmarks.Speed.Contenders;
using TownReform.Benchmarks.Speed.Running;
using TownReform.Benchmarks.Speed.Telling;
using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Rules.Towns;

namespace TownReform.Benchmarks.Growth.Measuring;

/// <summary>A number of silos under load.</summary>
/// <param name="Heap">Megabytes of the managed heap of the process that they share, after the load.</param>
internal sealed record SilosGrown(int Silos, Measurement Measured, double Heap, double WorkingSet);

/// <summary>Measures one silo, then several on one database; all of them in this process, so that they share its processors as they share
/// the machine's.</summary>
internal sealed class SiloGrowth(SeedLibrary seeds, Site site, GrowthOptions options)
{
    public async Task<IReadOnlyList<SilosGrown>> RunAsync(CancellationToken cancellation)
    {
        var grown = new List<SilosGrown>();
        foreach (var silos in options.Silos)
        {
            Console.Error.WriteLine(Reader.In(new($"{silos} 个节点 …", $"{silos} silos …")));
            grown.Add(await OnceAsync(silos, cancellation));
        }

        return grown;
    }

    private async Task<SilosGrown> OnceAsync(int count, CancellationToken cancellation)
    {
        await using var ground = await site.NewGroundAsync(options.Store, Math.Min(options.Cases * count, 4096), cancellation);
        var silos = new List<TownSilo>();
        try
        {
            while (silos.Count < count)
            {
                silos.Add(await TownSilo.StartAsync(seeds, ground, options.Store, cancellation));
            }

            TownPlan[] plans = [.. seeds.Towns.Values.OrderBy(t => t.Code, StringComparer.Ordinal)];
            var measured = await TownLoad.MeasureAsync([.. silos], plans, ground, options, cancellation);
            return new(count, measured, Heap.Megabytes(), Heap.WorkingSetMegabytes());
        }
        finally
        {
            foreach (var silo in silos)
            {
                await silo.DisposeAsync();
            }
        }
    }
}
