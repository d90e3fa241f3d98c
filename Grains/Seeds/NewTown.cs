using System.Text.RegularExpressions;
using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Simulation.Scenarios;

namespace TownReform.Grains.Seeds;

/// <summary>The files of a further town, made from those of one that there is: under other names, letters and item codes, else the same.
/// They pass the loader's checks as they are; whoever has the town's own plan then writes what differs. Pure.</summary>
public static partial class NewTown
{
    /// <param name="read">Text of a file of the seeds by its path; null when there is none.</param>
    /// <param name="like">The town that it is made from.</param>
    /// <param name="code">Code of the new town.</param>
    /// <param name="prefix">Letters of its case numbers, staff and items.</param>
    /// <param name="name">What it is called.</param>
    /// <returns>Texts by path under the seeds folder.</returns>
    public static IReadOnlyDictionary<string, string> FilesOf(
        Func<string, string?> read,
        TownPlan like,
        string code,
        string prefix,
        Words name
    )
    {
        var names = new Names(like, code, prefix, name);
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (read($"towns/{like.Code}.yaml") is { } plan)
        {
            files[$"towns/{code}.yaml"] = names.Plan(plan);
        }

        foreach (
            var (from, to) in new[]
            {
                (TownLoader.Catalogue(like.Code), TownLoader.Catalogue(code)),
                (TownLoader.Retained(like.Code), TownLoader.Retained(code)),
                (CatalogueVersions.Path(like.Code), CatalogueVersions.Path(code)),
                (NewScenario.Demand(like.Code), NewScenario.Demand(code)),
            }
        )
        {
            if (read(from) is { } table)
            {
                files[to] = names.Table(table);
            }
        }

        return files;
    }

    private sealed class Names(TownPlan like, string code, string prefix, Words name)
    {
        private static string Stem(string zh) => zh.TrimEnd('镇', '乡');

        private static string EnStem(string en) => en.EndsWith(" Town", StringComparison.Ordinal) ? en[..^" Town".Length] : en;

        // What a town is called stands in the names of its seal, its stations and its household window.
        public string Plan(string text)
        {
            text = Editions().Replace(Heading().Replace(text, Made()), "");
            text = Code().Replace(text, $"code: {code}", 1);
            text = Prefix().Replace(text, $"prefix: {prefix}", 1);
            text = Certificates().Replace(text, kinds => Numbered().Replace(kinds.Value, Words), 1);
            text = text.Replace($"-{like.Prefix}-", $"-{prefix}-", StringComparison.Ordinal);
            return Renamed(text);
        }

        // The first cell of a row is the item's code.
        public string Table(string text) =>
            Renamed(string.Join('\n', text.Split('\n').Select(line => IsItem(line) ? prefix + line[like.Prefix.Length..] : line)));

        private bool IsItem(string line) => line.StartsWith($"{like.Prefix}-", StringComparison.Ordinal);

        private string Renamed(string text) =>
            text.Replace(like.Name.Zh, name.Zh, StringComparison.Ordinal)
                .Replace(like.Name.En, name.En, StringComparison.Ordinal)
                .Replace(Stem(like.Name.Zh), Stem(name.Zh), StringComparison.Ordinal)
                .Replace(EnStem(like.Name.En), EnStem(name.En), StringComparison.Ordinal);

        // No other town of the county has the same before its numbers (B1): the town's own begin with its name, the county's name it.
        private string Words(Match kind)
        {
            var (key, word) = (kind.Groups["key"].Value, kind.Groups["word"].Value);
            return Stem(like.Name.Zh).Contains(word[0], StringComparison.Ordinal)
                ? key + Stem(name.Zh) + word[1..]
                : key + word[..1] + Stem(name.Zh) + word[1..];
        }

        private string Made() =>
            $"# yaml-language-server: $schema=../schema/town.schema.json\n# {name.En} ({name.Zh}): made from the files of {like.Code}. "
            + "Every value is that town's, and clauses in remarks are of its plan, until they are\n# replaced by those of this one: "
            + "seeds/towns, seeds/catalogues and seeds/scenarios/demand.\n";
    }

    [GeneratedRegex(@"\A(#[^\n]*\n)+")]
    private static partial Regex Heading();

    [GeneratedRegex(@"(^#[^\n]*\n)?^editions:[^\n]*\n", RegexOptions.Multiline)]
    private static partial Regex Editions();

    [GeneratedRegex("^code: .*$", RegexOptions.Multiline)]
    private static partial Regex Code();

    [GeneratedRegex("^prefix: .*$", RegexOptions.Multiline)]
    private static partial Regex Prefix();

    [GeneratedRegex(@"certificate_prefixes: \{[^}]*\}")]
    private static partial Regex Certificates();

    [GeneratedRegex(@"(?<key>[a-z-]+: )(?<word>[^\s,{}:]+)(?=[,}])")]
    private static partial Regex Numbered();
}
