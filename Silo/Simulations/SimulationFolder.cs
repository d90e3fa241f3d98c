using System.Collections.Immutable;
using System.Text.Json;
using TownReform.Grains.Journal.Storage;
using TownReform.Grains.Simulation.Results;
using TownReform.Grains.Simulation.Results.Files;
using TownReform.Silo.Api.Conventions;

namespace TownReform.Silo.Simulations;

/// <summary>The results of runs on disk, a folder each: the console's own files, the same bytes.</summary>
internal sealed class SimulationFolder(SimulationSettings settings)
{
    private const string RunFile = "run.json";

    private static readonly JsonSerializerOptions Json = Options();

    /// <summary>Files that may be read from outside.</summary>
    public static ImmutableArray<string> Names { get; } = [SummaryJson.FileName, RunFiles.Cases, RunFiles.Events, RunInputs.FileName];

    /// <summary>Path of a run's folder.</summary>
    public string Of(string run) => Path.Combine(settings.Folder, run);

    public void Make(string run)
    {
        OwnersOnly.Make(settings.Folder);
        OwnersOnly.Make(Of(run));
    }

    /// <summary>Puts the results beside what made them.</summary>
    /// <returns>Names of the files.</returns>
    public ImmutableArray<string> Write(SimulationRun run, RunSummary summary, RunInputs inputs)
    {
        var folder = Of(run.Id);
        RunFiles.Stitch(folder, run.Request.Replications);
        using (var to = File.Create(Path.Combine(folder, SummaryJson.FileName)))
        {
            SummaryJson.Write(to, summary);
        }

        using (var to = File.Create(Path.Combine(folder, RunInputs.FileName)))
        {
            inputs.Write(to);
        }

        return [.. Names.Where(name => File.Exists(Path.Combine(folder, name)))];
    }

    /// <summary>Keeps what a run was and came to; the next start of the silo finds it.</summary>
    public void Note(SimulationRun run) => File.WriteAllText(Path.Combine(Of(run.Id), RunFile), JsonSerializer.Serialize(run, Json));

    /// <summary>The runs whose results are there, in the order in which they were ordered.</summary>
    public IEnumerable<SimulationRun> ReadAll() =>
        Directory.Exists(settings.Folder)
            ? Directory.EnumerateDirectories(settings.Folder).Select(Read).OfType<SimulationRun>().OrderBy(run => run.OrderedAt)
            : [];

    /// <summary>Takes away all that is left of a run.</summary>
    public void Delete(string run)
    {
        if (Directory.Exists(Of(run)))
        {
            Directory.Delete(Of(run), recursive: true);
        }
    }

    // Folders in which no run ended are left by a silo that was killed; nobody would ever look at them.
    private static SimulationRun? Read(string folder)
    {
        try
        {
            return
                JsonSerializer.Deserialize<SimulationRun>(File.ReadAllText(Path.Combine(folder, RunFile)), Json)
                    is { State: RunState.Done } run
                && File.Exists(Path.Combine(folder, SummaryJson.FileName))
                ? run
                : null;
        }
        catch (Exception e) when (e is IOException or JsonException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static JsonSerializerOptions Options()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        ApiJson.Configure(options);
        options.UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Skip;
        return options;
    }
}
