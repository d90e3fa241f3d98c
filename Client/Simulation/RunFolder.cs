using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using TownReform.Client.Reports;
using TownReform.Grains.Rules.Towns;
using TownReform.Grains.Simulation.Results;
using TownReform.Grains.Simulation.Results.Files;

namespace TownReform.Client.Simulation;

/// <summary>The folder of one run: what made it is read before it starts; its files appear at its end, and none of an earlier run stays
/// beside them.</summary>
internal sealed class RunFolder(string path, SeedLibrary seeds, SimulationOrder order, string? label, string commandLine)
{
    private const string MadeFile = "made.json";
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private readonly DateTimeOffset begun = TimeProvider.System.GetUtcNow();

    public string Path { get; } = path;

    /// <summary>Everything that goes into the run, as it is read at the start.</summary>
    public RunInputs Inputs { get; } = RunInputs.Of(seeds, order.Scenario, order.Changes);

    public RunHeading Heading() => RunHeading.Of(seeds, order, Inputs, label);

    /// <summary>Puts the files in place of whatever run lay there.</summary>
    /// <returns>Names of the files that were written.</returns>
    public ImmutableArray<string> Write(RunSummary summary, Lang lang, bool stitch)
    {
        Directory.CreateDirectory(Path);
        RunFiles.Clear(Path);
        if (stitch)
        {
            RunFiles.Stitch(Path, order.Replications);
        }
        else
        {
            RunFiles.Discard(Path);
        }

        Write(SummaryJson.FileName, to => SummaryJson.Write(to, summary));
        Write(ReportPage.FileName, to => ReportPage.Write(to, summary, lang));
        Write(RunInputs.FileName, Inputs.Write);
        Write(MadeFile, WriteMade);
        return [.. RunFiles.All.Where(name => File.Exists(System.IO.Path.Combine(Path, name)))];
    }

    private void Write(string name, Action<Stream> write)
    {
        using var to = File.Create(System.IO.Path.Combine(Path, name));
        write(to);
    }

    // The only file that differs between two runs of the same order: it tells of this one, not of its figures.
    private void WriteMade(Stream to)
    {
        using var json = new Utf8JsonWriter(
            to,
            new JsonWriterOptions
            {
                Indented = true,
                NewLine = "\n",
                Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            }
        );
        json.WriteStartObject();
        json.WriteString("command", commandLine);
        json.WriteString("begun", begun);
        json.WriteString("ended", begun + watch.Elapsed);
        json.WriteNumber("seconds", Math.Round(watch.Elapsed.TotalSeconds, 1));
        json.WriteNumber("processors", Environment.ProcessorCount);
        json.WriteString("program", RunHeading.ProgramVersion);
        json.WriteEndObject();
    }
}
