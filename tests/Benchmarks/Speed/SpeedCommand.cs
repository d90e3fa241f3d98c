using System.Runtime.InteropServices;
using TownReform.Benchmarks.Speed.Running;
using TownReform.Benchmarks.Speed.Telling;
using TownReform.Grains.Seeds;
using TownReform.Silo.Hosting;

namespace TownReform.Benchmarks.Speed;

/// <summary>Runs the comparison and tells its figures; whatever happens, stops and deletes what it started.</summary>
internal static class SpeedCommand
{
    private const int Failed = 1, BadInput = 2, NoServer = 4, Interrupted = 130;

    public static async Task<int> RunAsync(string[] line)
    {
        var all = Entrants.All(SeedLoader.Load(SeedsFolder.Find(null).Folder!));
        string[] names = [.. all.Select(e => e.Name)];
        var (options, fault) = SpeedOptions.Parse(line, names);
        if (fault is not null || line.Contains("--help"))
        {
            Console.Error.WriteLine(line.Contains("--help") ? Reader.In(SpeedOptions.Usage(names)) : $"{Reader.In(fault!)}\n{Reader.In(SpeedOptions.Usage(names))}");
            return line.Contains("--help") ? 0 : BadInput;
        }

        using var interruption = new CancellationTokenSource();
        void Interrupt(PosixSignalContext signal)
        {
            signal.Cancel = true;
            interruption.Cancel();
        }

        using var ctrlC = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);
        try
        {
            await CompareAsync([.. all.Where(e => options.Only is [] || options.Only.Contains(e.Name))], options, interruption.Token);
            return 0;
        }
        catch (Exception) when (interruption.IsCancellationRequested)
        {
            Console.Error.WriteLine(Reader.In(new("已中断；所启动的均已停止并清除。", "Interrupted; all that was started is stopped and deleted.")));
            return Interrupted;
        }
        catch (ServerUnavailableException e)
        {
            Console.Error.WriteLine(e.Message);
            return NoServer;
        }
        catch (ContenderFailedException e)
        {
            Console.Error.WriteLine(e.InnerException is null ? e.Message : $"{e.Message}\n{e.InnerException}");
            return Failed;
        }
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
