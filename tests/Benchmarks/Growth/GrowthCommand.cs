using TownReform.Benchmarks.Growth.Measuring;
using TownReform.Benchmarks.Growth.Telling;
using TownReform.Benchmarks.Speed;
using TownReform.Benchmarks.Speed.Contenders;
using TownReform.Benchmarks.Speed.Running;
using TownReform.Benchmarks.Speed.Telling;
using TownReform.Grains.Rules.Towns;
using TownReform.Grains.Seeds;
using TownReform.Silo.Hosting;

namespace TownReform.Benchmarks.Growth;

/// <summary>Measures how the town changes with what it keeps, with its silos and with the number of towns; whatever happens, stops and
/// deletes what it started.</summary>
internal static class GrowthCommand
{
    private const int BadInput = 2;

    public static async Task<int> RunAsync(string[] line)
    {
        if (line.Contains("--help"))
        {
            Console.Error.WriteLine(Reader.In(GrowthOptions.Usage));
            return 0;
        }

        var (options, fault) = GrowthOptions.Parse(line);
        if (fault is not null)
        {
            Console.Error.WriteLine($"{Reader.In(fault)}\n{Reader.In(GrowthOptions.Usage)}");
            return BadInput;
        }

        return await Interruptible.RunAsync(cancellation => MeasureAsync(options, cancellation));
    }

    private static async Task MeasureAsync(GrowthOptions options, CancellationToken cancellation)
    {
        var folder = SeedsFolder.Find(null).Folder!;
        var seeds = SeedLoader.Load(folder);
        await using var site = await Site.OpenAsync(needsServer: options.Store == GroundKind.Postgres, cancellation);
        GrowthTable.WriteMachine(options, site.ServerVersion);
        await WarmUpAsync(seeds, site, options, cancellation);
        if (options.Fill)
        {
            GrowthTable.Write(await new RecordGrowth(seeds, site, options).RunAsync(cancellation));
        }

        if (options.Silos is not [])
        {
            GrowthTable.Write(await new SiloGrowth(seeds, site, options).RunAsync(cancellation));
        }

        if (options.Towns is not [])
        {
            GrowthTable.Write(await new TownGrowth(folder, site, options).RunAsync(cancellation));
        }
    }

    // The first load that a process takes is compiled while it runs; what is compared with it later would look the better for it.
    private static async Task WarmUpAsync(SeedLibrary seeds, Site site, GrowthOptions options, CancellationToken cancellation)
    {
        Console.Error.WriteLine(Reader.In(new("预热，不计 …", "warming up, not counted …")));
        await using var ground = await site.NewGroundAsync(options.Store, options.Cases, cancellation);
        await using var silo = await TownSilo.StartAsync(seeds, ground, options.Store, cancellation);
        await TownLoad.MeasureAsync([silo], [.. seeds.Towns.Values], ground, options, cancellation);
    }
}
