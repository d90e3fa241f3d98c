using System.Collections.Immutable;
using System.Globalization;
using CsvHelper;
using YamlDotNet.RepresentationModel;

namespace TownReform.Grains.Seeds.Reading;

/// <summary>The values of a seed file that has been loaded before, each under its path: <c>work.review.median</c>, <c>YD-XK-001.yearly</c>.
/// Pure.</summary>
internal static class SeedValues
{
    // What names an entry of a list, so that one more entry doesn't rename the rest.
    private static readonly ImmutableArray<string> Names = ["code", "id"];

    public static ImmutableArray<SeedValue> Of(string path, string text)
    {
        var values = ImmutableArray.CreateBuilder<SeedValue>();
        if (path.EndsWith(".csv", StringComparison.Ordinal))
        {
            OfTable(text, values);
        }
        else
        {
            var stream = new YamlStream();
            stream.Load(new ShallowYaml(text));
            foreach (var document in stream.Documents)
            {
                Add(document.RootNode, "", values);
            }
        }

        return Named(values);
    }

    /// <summary>The values of a file that has been parsed.</summary>
    public static ImmutableArray<SeedValue> Of(YamlNode root)
    {
        var values = ImmutableArray.CreateBuilder<SeedValue>();
        Add(root, "", values);
        return Named(values);
    }

    private static ImmutableArray<SeedValue> Named(ImmutableArray<SeedValue>.Builder values)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < values.Count; i++)
        {
            // A name that comes again is told with its turn.
            var turn = seen[values[i].Path] = seen.GetValueOrDefault(values[i].Path) + 1;
            values[i] =
                turn == 1 ? values[i] : values[i] with { Path = string.Create(CultureInfo.InvariantCulture, $"{values[i].Path}#{turn}") };
        }

        return values.ToImmutable();
    }

    private static void Add(YamlNode node, string path, ImmutableArray<SeedValue>.Builder values)
    {
        switch (node)
        {
            case YamlMappingNode map:
                foreach (var (key, value) in map.Children)
                {
                    Add(value, path.Length == 0 ? key.ToString() : $"{path}.{key}", values);
                }

                break;
            case YamlSequenceNode list when list.Children.All(c => c is YamlScalarNode):
                values.Add(new(path, $"[{string.Join(", ", list.Children)}]"));
                break;
            case YamlSequenceNode list:
                for (var i = 0; i < list.Children.Count; i++)
                {
                    Add(
                        list.Children[i],
                        Name(list.Children[i]) is { } name ? $"{path}.{name}" : string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"),
                        values
                    );
                }

                break;
            default:
                values.Add(new(path, node.ToString()));
                break;
        }
    }

    private static string? Name(YamlNode entry) =>
        entry is not YamlMappingNode map
            ? null
            : Names
                .Select(name => map.Children.TryGetValue(new YamlScalarNode(name), out var value) ? value.ToString() : null)
                .FirstOrDefault(name => name is not null);

    private static void OfTable(string text, ImmutableArray<SeedValue>.Builder values)
    {
        using var reader = CsvReader.FromText(
            text,
            new CsvReaderOptions
            {
                Separator = ',',
                CommentPrefix = '#',
                TrimWhitespace = true,
            }
        );
        reader.ReadHeader();
        var header = reader.Headers.ToArray();
        while (reader.Read())
        {
            var id = reader.GetString(0);
            for (var i = 1; i < header.Length; i++)
            {
                values.Add(new($"{id}.{header[i]}", reader.GetString(i)));
            }
        }
    }
}
