using System.Collections.Immutable;
using TownReform.Grains.Rules.Towns;
using TownReform.Grains.Seeds.Reading;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace TownReform.Grains.Simulation.Scenarios;

/// <summary>A scenario of the seeds as somebody edits it before a run: its parts as text, and what differs from it.</summary>
public sealed class ScenarioDraft
{
    private readonly YamlNode root;
    private readonly Dictionary<long, long> ends;

    private ScenarioDraft(string text)
    {
        Text = text;
        root = Root(text);
        ends = Ends(text);
    }

    /// <summary>The whole file.</summary>
    public string Text { get; }

    /// <param name="scenario">Code of a scenario that loads.</param>
    /// <exception cref="SeedException">There is none.</exception>
    public static ScenarioDraft Of(SeedLibrary seeds, string scenario) => new(ScenarioFiles.TextOf(seeds, scenario));

    /// <summary>The value at a path, such as <c>leave.taken</c>: a word as it is, a list or mapping as YAML with its comments; empty
    /// where the scenario doesn't have it.</summary>
    public string Part(string path) =>
        ScenarioChanges.Find(root, path) switch
        {
            null => "",
            YamlScalarNode word => word.Value ?? "",
            { } part => Cut(Text, part, ends),
        };

    /// <summary>The keys in which another text of the whole scenario differs, each with its YAML; empty for one that is gone.</summary>
    /// <param name="text">A text that parses.</param>
    public ImmutableArray<Field> ChangesIn(string text)
    {
        var (was, now) = (Parts(Text, root, ends), Parts(text, Root(text), Ends(text)));
        return
        [
            .. now.Where(part => was.GetValueOrDefault(part.Key) != part.Value).Select(part => new Field(part.Key, part.Value)),
            .. was.Keys.Where(key => !now.ContainsKey(key)).Select(key => new Field(key, "")),
        ];
    }

    private static ImmutableSortedDictionary<string, string> Parts(string text, YamlNode root, Dictionary<long, long> ends) =>
        ((YamlMappingNode)root).Children.ToImmutableSortedDictionary(
            pair => pair.Key.ToString(),
            pair => Cut(text, pair.Value, ends),
            StringComparer.Ordinal
        );

    private static YamlNode Root(string text)
    {
        var stream = new YamlStream();
        stream.Load(new ShallowYaml(text));
        return stream.Documents[0].RootNode;
    }

    // From the first character of the part to its last, its lines moved to the left margin. What is remarked behind it belongs to the next.
    private static string Cut(string text, YamlNode part, IReadOnlyDictionary<long, long> ends)
    {
        var (from, to) = ((int)part.Start.Index, (int)(part is YamlScalarNode ? part.End.Index : ends[part.Start.Index]));
        var lines = text[from..to].Split('\n').ToList();
        while (lines.Count > 1 && lines[^1].TrimStart() is "" or ['#', ..])
        {
            lines.RemoveAt(lines.Count - 1);
        }

        var indent = part is YamlScalarNode || text[from] is '[' or '{' ? 0 : (int)part.Start.Column - 1;
        return string.Join('\n', lines.Select((line, n) => n == 0 ? line : Moved(line, indent))).TrimEnd();
    }

    // A tree knows where its lists and mappings begin, and not where they end.
    private static Dictionary<long, long> Ends(string text)
    {
        var (ends, open) = (new Dictionary<long, long>(), new Stack<long>());
        var parser = new ShallowYaml(text);
        while (parser.MoveNext())
        {
            if (parser.Current is MappingStart or SequenceStart)
            {
                open.Push(parser.Current.Start.Index);
            }
            else if (parser.Current is MappingEnd or SequenceEnd)
            {
                // A bracket that closes is told where it begins.
                var from = open.Pop();
                ends[from] = parser.Current.Start.Index + (text[(int)from] is '[' or '{' ? 1 : 0);
            }
        }

        return ends;
    }

    private static string Moved(string line, int indent) => line[Math.Min(indent, line.Length - line.TrimStart(' ').Length)..];
}
