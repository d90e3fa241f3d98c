using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TownReform.Grains.Rules.Towns;
using TownReform.Grains.Seeds.Reading;
using TownReform.Grains.Simulation.Scenarios;

namespace TownReform.Grains.Simulation.Results;

/// <summary>
/// Every file that made a run, as it was read: a hash of each, one of all, and each value under its path, so that two runs can be told
/// apart by what went in.
/// The scenario and its demand files stand under <c>scenarios/</c>, wherever they lie.
/// </summary>
public sealed record RunInputs(ImmutableArray<RunInput> Files)
{
    /// <summary>Name of the file in a run's folder.</summary>
    public const string FileName = "inputs.json";

    // Of the seeds folder everything is read but other scenarios; schemas are for editors, clauses say what is claimed.
    private static readonly ImmutableArray<string> NotRead = ["scenarios", "schema", "clauses"];

    /// <summary>SHA-256 over the paths and hashes of all files, in hexadecimal.</summary>
    public string Hash { get; } = Hex(Encoding.UTF8.GetBytes(string.Concat(Files.Select(f => $"{f.Path}\0{f.Sha256}\n"))));

    /// <param name="scenario">Code of a scenario in the seeds, or path of a file.</param>
    /// <param name="values">What an order puts in place of the scenario's own; it may name other demand files.</param>
    /// <exception cref="IOException">A file went away after it was loaded.</exception>
    public static RunInputs Of(SeedLibrary seeds, string scenario, ImmutableArray<Field> values = default)
    {
        var changes = values.IsDefault ? [] : values;
        var files = ScenarioFiles.FilesOf(seeds, scenario);
        // Of a scenario that is built on others, the values are those that it comes to.
        var main = Read($"scenarios/{files[0].Code}.yaml", files[0].Path);
        main = files.Length == 1 ? main : main with { Values = ScenarioFiles.Values(seeds, scenario, []) };
        var below = files[1..].Select(file => Read($"scenarios/{file.Code}.yaml", file.Path) with { Values = [] });
        var demand = ScenarioFiles
            .DemandFilesOf(seeds, scenario, changes)
            .Select(path => Read($"scenarios/{Path.GetFileName(path)}", path));
        var rest = Directory
            .EnumerateDirectories(seeds.Folder)
            .Where(folder => !NotRead.Contains(Path.GetFileName(folder)))
            .SelectMany(folder =>
                Directory
                    .EnumerateFiles(folder)
                    .Where(f => f.EndsWith(".yaml", StringComparison.Ordinal) || f.EndsWith(".csv", StringComparison.Ordinal))
                    .Select(f => Read($"{Path.GetFileName(folder)}/{Path.GetFileName(f)}", f))
            );
        return new([
            .. demand.Prepend(main).Concat(below).Concat(rest).DistinctBy(f => f.Path).OrderBy(f => f.Path, StringComparer.Ordinal),
        ]);
    }

    /// <summary>The hashes alone, for the heading of a summary.</summary>
    public ImmutableArray<SourceFile> Hashes() => [.. Files.Select(f => new SourceFile(f.Path, f.Sha256))];

    /// <summary>Writes one property for each file, with its hash and its values.</summary>
    public void Write(Stream to)
    {
        using (
            var json = new Utf8JsonWriter(
                to,
                new JsonWriterOptions
                {
                    Indented = true,
                    NewLine = "\n",
                    Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
                }
            )
        )
        {
            json.WriteStartObject();
            foreach (var file in Files)
            {
                json.WriteStartObject(file.Path);
                json.WriteString("sha256", file.Sha256);
                json.WriteStartObject("values");
                foreach (var (path, value) in file.Values)
                {
                    json.WriteString(path, value);
                }

                json.WriteEndObject();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        to.WriteByte((byte)'\n');
    }

    /// <summary>Reads what <see cref="Write"/> wrote; null when it isn't there or isn't that.</summary>
    public static RunInputs? Read(string file)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(file));
            return new([
                .. json
                    .RootElement.EnumerateObject()
                    .Select(f => new RunInput(
                        f.Name,
                        f.Value.GetProperty("sha256").GetString() ?? "",
                        [.. f.Value.GetProperty("values").EnumerateObject().Select(v => new SeedValue(v.Name, v.Value.GetString() ?? ""))]
                    )),
            ]);
        }
        catch (Exception e)
            when (e is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }

    private static RunInput Read(string path, string file)
    {
        var bytes = File.ReadAllBytes(file);
        return new(path, Hex(bytes), SeedValues.Of(path, Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF')));
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}

/// <param name="Path">Within the seeds folder, with forward slashes.</param>
public sealed record RunInput(string Path, string Sha256, ImmutableArray<SeedValue> Values);
