using BenchmarkDotNet.Running;
using TownReform.Benchmarks;

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
        await JournalBenchmark.RunAsync(args[1..]);
        break;
    case "rules":
        BenchmarkRunner.Run<RuleBenchmarks>();
        break;
    default:
        Console.WriteLine("""
            Benchmarks, each in one run on a quiet machine:
              simulate [rounds]   the default scenario: cases and commands a second, one replication and two at once, with and without output files
              year                a year of 100,000 cases
              journal             appends a second of the live journal (SQLite, fsync) and of the memory journal
              rules               hot rules (BenchmarkDotNet)
            """);
        break;
}
