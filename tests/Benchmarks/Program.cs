using BenchmarkDotNet.Running;
using TownReform.Benchmarks;
using TownReform.Benchmarks.Growth;
using TownReform.Benchmarks.Speed;
using TownReform.Benchmarks.Web;

// One benchmark at a time; a figure is only as good as the machine is quiet.
switch (args is [var first, ..] ? first : "")
{
    case "simulate":
        await SimulateBenchmark.RunAsync(rounds: args.Length > 1 ? int.Parse(args[1], null) : 5);
        break;
    case "year":
        await SimulateBenchmark.YearAsync();
        break;
    case "journal":
        return await SpeedCommand.RunAsync([
            "--only",
            "town-sqlite",
            "--rounds",
            "1",
            "--cases",
            args.Length > 1 ? string.Join(',', args[1..]) : "1,64,256",
        ]);
    case "speed":
        return await SpeedCommand.RunAsync(args[1..]);
    case "growth":
        return await GrowthCommand.RunAsync(args[1..]);
    case "web":
        return await WebCommand.RunAsync(args[1..]);
    case "rules":
        BenchmarkRunner.Run<RuleBenchmarks>();
        break;
    default:
        Console.WriteLine(
            """
            Benchmarks, each in one run on a quiet machine:
              simulate [rounds]   the default scenario: cases and commands a second, one replication and two at once, with and without output files
              year                a year of 100,000 cases
              journal [cases ...] durable steps a second of the live town on SQLite, full path
              speed [options]     the same durable case on this system and on its peers; --help
              growth [options]    the town with a full store, with several silos, with many towns; --help
              web [options]       pages and API: beside the Orleans client, beside load, what each page costs, idle streams; --help
              rules               hot rules (BenchmarkDotNet)
            """
        );
        break;
}

return 0;
