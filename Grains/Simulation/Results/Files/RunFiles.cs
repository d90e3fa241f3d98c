using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace TownReform.Grains.Simulation.Results.Files;

/// <summary>
/// The files of a run. While it goes on every replication spools its parts beside them; <see cref="Stitch"/> puts them together in the
/// order of
/// the replications, and only then the files appear under their names. <see cref="Discard"/> takes the parts away after a cancelled run.
/// </summary>
public static class RunFiles
{
    public const string Cases = "cases.csv";
    public const string Events = "events.ocel.json";

    private const string Parts = ".parts";

    /// <summary>Makes <c>cases.csv</c> and <c>events.ocel.json</c> of the parts of replications 1 to <paramref name="replications"/>, and
    /// deletes the parts. A kind of file that no replication spooled is left out.</summary>
    /// <exception cref="FileNotFoundException">A replication's part is missing: it was not closed, or never ran.</exception>
    public static void Stitch(string outDir, int replications)
    {
        var parts = Enumerable.Range(1, replications).Select(r => Part.Of(outDir, r)).ToArray();
        if (parts.Any(p => File.Exists(p.Cases)))
        {
            Write(outDir, Cases, to => StitchCases(to, parts));
        }

        if (parts.Any(p => File.Exists(p.Events)))
        {
            Write(outDir, Events, to => StitchEvents(to, parts));
        }

        Discard(outDir);
    }

    /// <summary>Names of everything that a run ever leaves in its folder.</summary>
    public static ImmutableArray<string> All { get; } =
    [SummaryJson.FileName, Cases, Events, "report.html", RunInputs.FileName, "made.json"];

    /// <summary>Whether a run lies there.</summary>
    public static bool HoldsRun(string outDir) => All.Any(name => File.Exists(Path.Combine(outDir, name)));

    /// <summary>Deletes the files of an earlier run, so that none stays beside those of another. Nothing else in the folder is
    /// touched.</summary>
    public static void Clear(string outDir)
    {
        foreach (var name in All)
        {
            File.Delete(Path.Combine(outDir, name));
        }
    }

    /// <summary>Deletes the parts, if any. The finished files stay.</summary>
    public static void Discard(string outDir)
    {
        var folder = Path.Combine(outDir, Parts);
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void StitchCases(Stream to, Part[] parts)
    {
        // A byte-order mark: without it a spreadsheet on a Chinese Windows takes the file for GBK.
        to.Write(System.Text.Encoding.UTF8.Preamble);
        using (var head = new CasesCsv(to, leaveOpen: true))
        {
            head.WriteHeader();
        }

        foreach (var part in parts)
        {
            Copy(part.Cases, to);
        }
    }

    private static void StitchEvents(Stream to, Part[] parts)
    {
        var activities = parts.SelectMany(p => File.ReadLines(p.Activities)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        using (var json = new Utf8JsonWriter(to, new JsonWriterOptions { SkipValidation = true }))
        {
            json.WriteStartObject();
            OcelSchema.WriteObjectTypes(json);
            OcelSchema.WriteEventTypes(json, activities);
        }

        to.Write(",\n\"objects\":[\n"u8);
        Join(to, parts.Select(p => p.Objects));
        to.Write("\n],\n\"events\":[\n"u8);
        Join(to, parts.Select(p => p.Events));
        to.Write("\n]}\n"u8);
    }

    private static void Join(Stream to, IEnumerable<string> files)
    {
        var any = false;
        foreach (var file in files.Where(f => new FileInfo(f).Length > 0))
        {
            if (any)
            {
                to.Write(",\n"u8);
            }

            any = true;
            Copy(file, to);
        }
    }

    private static void Copy(string file, Stream to)
    {
        using var from = File.OpenRead(file);
        from.CopyTo(to, 1 << 20);
    }

    // A reader never sees half a file: it gets its name once it is whole.
    private static void Write(string outDir, string name, Action<Stream> write)
    {
        var unfinished = Path.Combine(outDir, Parts, name);
        using (var to = new FileStream(unfinished, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
        {
            write(to);
        }

        File.Move(unfinished, Path.Combine(outDir, name), overwrite: true);
    }

    /// <summary>Paths of one replication's parts.</summary>
    internal sealed record Part(string Cases, string Objects, string Events, string Activities)
    {
        public static Part Of(string outDir, int replication)
        {
            var stem = Path.Combine(outDir, Parts, replication.ToString("D5", CultureInfo.InvariantCulture));
            return new Part($"{stem}.cases", $"{stem}.objects", $"{stem}.events", $"{stem}.activities");
        }
    }
}
