using System.Collections.Immutable;
using System.Globalization;
using TownReform.Grains.Rules;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace TownReform.Grains.Seeds.Reading;

/// <summary>A YAML node that has passed its shape's check, so that reading it can't fail.</summary>
internal readonly record struct Entry(YamlNode Node)
{
    public int Line => (int)Node.Start.Line;

    public string Text => ((YamlScalarNode)Node).Value!;

    public int Whole => int.Parse(Text, CultureInfo.InvariantCulture);

    public decimal Amount => decimal.Parse(Text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);

    public bool Flag => Text == "true";

    public DateOnly Date => DateOnly.ParseExact(Text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    public TimeLimit Limit => TimeLimit.TryParse(Text, out var limit) ? limit : throw new FormatException(Text);

    public Words Words => new(this["zh"].Text, this["en"].Text);

    public IEnumerable<Entry> Items => ((YamlSequenceNode)Node).Children.Select(child => new Entry(child));

    /// <summary>Keys with the line that they stand on, and their values.</summary>
    public IEnumerable<(string Name, int Line, Entry Value)> Pairs =>
        ((YamlMappingNode)Node).Children.Select(pair => (pair.Key.ToString(), (int)pair.Key.Start.Line, new Entry(pair.Value)));

    public Entry this[string key] => Find(key) ?? throw new KeyNotFoundException(key);

    public Entry? Find(string key) =>
        Node is YamlMappingNode map && map.Children.TryGetValue(new YamlScalarNode(key), out var child) ? new Entry(child) : null;

    /// <summary>The texts of a list; none when the key is absent.</summary>
    public ImmutableArray<string> Texts(string key) => Find(key) is { } list ? [.. list.Items.Select(item => item.Text)] : [];

    /// <summary>The same with each day in it so many days later.</summary>
    public Entry Later(int days)
    {
        if (days != 0)
        {
            foreach (var day in Node.AllNodes.OfType<YamlScalarNode>())
            {
                day.Value = DateOnly.TryParseExact(day.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
                    ? date.AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
                    : day.Value;
            }
        }

        return this;
    }

    /// <summary>Parses a file and checks it against its shape; null with faults when it doesn't fit.</summary>
    /// <param name="first">What is done to it before it is checked.</param>
    public static Entry? Parse(SeedFile file, Shape shape, FaultLog faults, Action<YamlNode>? first = null, bool takesAliases = true)
    {
        var before = faults.Count;
        try
        {
            var stream = new YamlStream();
            stream.Load(new ShallowYaml(file.Text, takesAliases));
            if (stream.Documents is not [{ RootNode: var root }])
            {
                faults.Add(file.Path, 0, "document", "one YAML document", $"{stream.Documents.Count}");
                return null;
            }

            first?.Invoke(root);
            shape.Check(root, new(file.Path, string.Empty, faults));
            return faults.Count == before ? new Entry(root) : null;
        }
        catch (YamlException broken)
        {
            faults.Add(
                file.Path,
                (int)broken.Start.Line,
                "document",
                FaultWords.WellFormed,
                broken.InnerException?.Message ?? broken.Message
            );
            return null;
        }
    }
}
