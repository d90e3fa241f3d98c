using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TownReform.Benchmarks.Speed.Telling;

/// <summary>The figures as JSON: what the tables show, each run behind it, and the machine.</summary>
internal static class SpeedJson
{
    private static readonly JsonSerializerOptions Legible = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };

    public static async Task WriteAsync(
        string path,
        IReadOnlyList<Comparison> comparisons,
        SpeedOptions options,
        string? server,
        CancellationToken cancellation
    )
    {
        var told = new
        {
            Machine = new
            {
                Processors = Environment.ProcessorCount,
                System = RuntimeInformation.OSDescription,
                Runtime = RuntimeInformation.FrameworkDescription,
                Postgres = server,
            },
            WarmUpSeconds = options.WarmUp.TotalSeconds,
            WindowSeconds = options.Window.TotalSeconds,
            options.Rounds,
            Comparisons = comparisons.Select(c => new { c.Cases, Contenders = c.Standings.Select(s => Tell(c, s)) }),
        };
        await using var file = File.Create(path);
        await JsonSerializer.SerializeAsync(file, told, Legible, cancellation);
    }

    private static object Tell(Comparison comparison, Standing standing) =>
        new
        {
            standing.Entrant.Name,
            Role = standing.Entrant.Role.ToString(),
            On = standing.Entrant.On.ToString(),
            StepsPerSecond = standing.Of(r => r.StepsPerSecond),
            P50Ms = standing.Of(r => r.P50),
            P99Ms = standing.Of(r => r.P99),
            OpenAtHalfP50Ms = standing.OfOpen(o => o.P50),
            OpenAtHalfP99Ms = standing.OfOpen(o => o.P99),
            CpuNet = standing.Of(r => r.Cpu),
            CpuPostgres = standing.Entrant.On == GroundKind.Postgres ? standing.Of(r => r.ServerCpu) : null,
            SlowerThan = comparison
                .Towns.Where(town => town != standing)
                .ToDictionary(town => town.Entrant.Name, town => town.Over(standing)),
            standing.Runs,
        };
}
