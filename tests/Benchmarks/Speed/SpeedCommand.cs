using TownReform.Benchmarks.Speed.Running;
using TownReform.Benchmarks.Speed.Telling;
using TownReform.Grains.Seeds;
using TownReform.Silo.Hosting;

namespace TownReform.Benchmarks.Speed;

/// <summary>Runs the comparison and tells its figures; whatever happens, stops and deletes what it started.</summary>
internal static class SpeedCommand
{
    private const int BadInput = 2;

    public static async Task<int> RunAsync(string[] line)
    {
        var all = Entrants.All(SeedLoader.Load(SeedsFolder.Find(null).Folder!));
        string[] names = [.. all.Select(e => e.Name)];
        var (options, fault) = SpeedOptions.Parse(line, names);
        if (fault is not null || line.Contains("--help"))
        {
            Console.Error.WriteLine(
                line.Contains("--help")
                    ? Reader.In(SpeedOptions.Usage(names))
                    : $"{Reader.In(fault!)}\n{Reader.In(SpeedOptions.Usage(names))}"
            );
            return line.Contains("--help") ? 0 : BadInput;
        }

        return await Interruptible.RunAsync(cancellation =>
            CompareAsync([.. all.Where(e => options.Only is [] || options.Only.Contains(e.Name))], options, cancellation)
        );
    }

    private static async Task CompareAsync(Entrant[] entrants, SpeedOptions options, CancellationToken cancellation)
    {
        await using var site = await Site.OpenAsync(needsServer: entrants.Any(e => e.On == GroundKind.Postgres), cancellation);
        var comparisons = new List<Comparison>();
        foreach (var cases in options.Cases)
        {
            comparisons.Add(await new Rounds(entrants, site, options).RunAsync(cases, cancellation));
            SpeedTable.Write(comparisons[^1]);
        }

        if (options.Json is not null)
        {
            await SpeedJson.WriteAsync(options.Json, comparisons, options, site.ServerVersion, cancellation);
        }
    }
}
