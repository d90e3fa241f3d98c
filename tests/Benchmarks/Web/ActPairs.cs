using System.Globalization;
using System.Text.Json;
using TownReform.Benchmarks.Speed.Running;

namespace TownReform.Benchmarks.Web;

/// <summary>One load: commands a second, 99 % of them within, and what each cost the silo.</summary>
internal sealed record ActRun(double CommandsPerSecond, double P99, double Microseconds);

/// <summary>The same load by the Orleans client and by HTTP, in turn, on one silo: the same cases at once, with accounts and offices looked
/// up at each act over HTTP.</summary>
internal static class ActPairs
{
    public static async Task<IReadOnlyList<(ActRun Client, ActRun Http)>> RunAsync(
        WebSilo silo,
        WebOptions options,
        Action<string> tell,
        CancellationToken cancellation
    )
    {
        string[] http = ["--http", silo.Address.ToString().TrimEnd('/'), "--accounts", silo.Folder];
        await RunAsync(silo, options, [], cancellation);
        await RunAsync(silo, options, http, cancellation);
        var pairs = new List<(ActRun, ActRun)>();
        for (var round = 1; round <= options.Rounds; round++)
        {
            // Who goes first changes, so that neither has always the warmer silo or the smaller store.
            var isFirst = round % 2 == 1;
            var one = await RunAsync(silo, options, isFirst ? [] : http, cancellation);
            var other = await RunAsync(silo, options, isFirst ? http : [], cancellation);
            pairs.Add(isFirst ? (one, other) : (other, one));
            tell($"{round}/{options.Rounds}");
        }

        return pairs;
    }

    private static async Task<ActRun> RunAsync(WebSilo silo, WebOptions options, string[] through, CancellationToken cancellation)
    {
        var before = silo.Processor;
        var text = await silo.ConsoleAsync(
            [
                "load",
                "--concurrency",
                options.Cases.ToString(CultureInfo.InvariantCulture),
                "--duration",
                Seconds(options.Window),
                "--warm-up",
                Seconds(options.WarmUp),
                "--no-audit",
                "--json",
                .. through,
            ],
            cancellation
        );
        var used = silo.Processor - before;
        var figures = JsonDocument.Parse(text).RootElement.GetProperty("figures");
        if (figures.GetProperty("failed").GetInt64() > 0)
        {
            throw new ContenderFailedException("load", text);
        }

        var rate = figures.GetProperty("commandsPerSecond").GetDouble();
        // The silo worked through the warm-up too, at about the same rate.
        var commands = rate * (options.Window + options.WarmUp).TotalSeconds;
        var p99 = figures.GetProperty("latency").EnumerateArray().First(mark => mark.GetProperty("percentile").GetDouble() == 99);
        return new ActRun(rate, p99.GetProperty("milliseconds").GetDouble(), used.TotalMicroseconds / commands);
    }

    private static string Seconds(TimeSpan span) => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds}s");
}
