using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using TownReform.Grains.Simulation.Scenarios;

namespace TownReform.Grains.Seeds;

/// <summary>JSON Schemas (2020-12) for editors, made from the same shapes that the loaders check by.</summary>
public static class SeedSchema
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Text by path under the seeds folder.</summary>
    public static ImmutableSortedDictionary<string, string> Files { get; } =
        new[]
        {
            CountyShape.Root,
            TownShape.Root,
            LawLoader.Root,
            ProcedureShape.Root,
            ScenarioShape.Root,
            DocumentLoader.Root,
        }.ToImmutableSortedDictionary(
            shape => $"schema/{shape.Name}.schema.json",
            shape => shape.Document().ToJsonString(Readable) + "\n",
            StringComparer.Ordinal
        );
}
