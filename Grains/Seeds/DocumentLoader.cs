using System.Collections.Frozen;
using System.Collections.Immutable;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Documents;
using TownReform.Grains.Seeds.Reading;

namespace TownReform.Grains.Seeds;

/// <summary>Reads <c>seeds/documents/*.yaml</c>: every act, field and place that a template names is there.</summary>
internal static class DocumentLoader
{
    public static Shape Root { get; } =
        new(
            "document",
            [
                new("document", ScalarType.Code, "Code: the name of this file."),
                new("title", Shape.Words, "What stands at its head."),
                new(
                    "issued_by",
                    new MapType(ScalarType.Code, new ListType(ScalarType.Code, Least: 1), Least: 1),
                    "Acts that issue it, by procedure; open for opening."
                ),
                new(
                    "body",
                    new ListType(Shape.Words, Least: 1),
                    $"Paragraphs. Places: {string.Join(", ", DocumentTemplate.Places.Select(place => $"{{{place}}}"))}, {{field:NAME}}. A "
                        + "paragraph of which a place is empty is left out."
                ),
                new("remedy", Shape.Words, "How it can be challenged, and until when.", Required: false),
                new("entries", ScalarType.FieldName, "Field whose entries are listed.", Required: false),
                new("papers", ScalarType.Flag, "Papers that came with the record are listed with their hashes.", Required: false),
                new("sealed", ScalarType.Flag, "The seal's text stands on it; so by default.", Required: false),
                new("red_head", ScalarType.Flag, "With a red head.", Required: false),
                new("addressed", ScalarType.Flag, "It is addressed to the party; so by default.", Required: false),
            ]
        );

    /// <param name="procedures">In their present versions; null where they are broken, and what documents name can't be told.</param>
    public static ImmutableArray<DocumentTemplate> Load(SeedFolder folder, IReadOnlyDictionary<string, Procedure>? procedures)
    {
        var templates = ImmutableArray.CreateBuilder<DocumentTemplate>();
        foreach (var path in folder.List("documents", ".yaml"))
        {
            if (folder.Read(path) is not { } file || folder.Parse(file, Root) is not { } root)
            {
                continue;
            }

            if (root["document"].Text != file.Stem)
            {
                folder.Faults.Add(path, root["document"].Line, "document", $"the file's name {file.Stem}");
            }

            if (procedures is not null)
            {
                Check(root, path, procedures, folder.Faults);
            }

            templates.Add(Read(root));
        }

        return [.. templates.OrderBy(template => template.Code, StringComparer.Ordinal)];
    }

    private static DocumentTemplate Read(Entry root) =>
        new(
            root["document"].Text,
            root["title"].Words,
            root["issued_by"]
                .Pairs.ToFrozenDictionary(
                    pair => pair.Name,
                    pair => pair.Value.Items.Select(act => act.Text).ToImmutableArray(),
                    StringComparer.Ordinal
                ),
            [.. root["body"].Items.Select(paragraph => paragraph.Words)],
            Remedy: root.Find("remedy")?.Words,
            Entries: root.Find("entries")?.Text,
            ListsPapers: root.Find("papers")?.Flag ?? false,
            IsSealed: root.Find("sealed")?.Flag ?? true,
            RedHead: root.Find("red_head")?.Flag ?? false,
            IsAddressed: root.Find("addressed")?.Flag ?? true
        );

    private static void Check(Entry root, string path, IReadOnlyDictionary<string, Procedure> procedures, FaultLog faults)
    {
        var fields = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (code, line, acts) in root["issued_by"].Pairs)
        {
            if (!procedures.TryGetValue(code, out var procedure))
            {
                faults.Add(path, line, $"issued_by.{code}", "a procedure of seeds/procedures");
                continue;
            }

            fields.UnionWith(procedure.Fields.Keys);
            foreach (var act in acts.Items.Where(act => !IsAct(procedure, act.Text)))
            {
                faults.Add(path, act.Line, $"issued_by.{code}", $"an act of {code}, or open", $"'{act.Text}'");
            }
        }

        foreach (var text in root["body"].Items.SelectMany(paragraph => new[] { paragraph["zh"], paragraph["en"] }))
        {
            foreach (var place in DocumentTemplate.PlacesIn(text.Text).Where(place => !IsPlace(place, fields)))
            {
                faults.Add(path, text.Line, "body", "a place that documents have, or a field of an issuing procedure", $"'{place}'");
            }
        }

        if (root.Find("entries") is { } entries && !fields.Contains(entries.Text))
        {
            faults.Add(path, entries.Line, "entries", "a field of an issuing procedure", $"'{entries.Text}'");
        }
    }

    private static bool IsAct(Procedure procedure, string act) =>
        act == CaseRules.OpenAct || procedure.Anywhere.ContainsKey(act) || procedure.Steps.Values.Any(step => step.Acts.ContainsKey(act));

    private static bool IsPlace(string place, HashSet<string> fields) =>
        DocumentTemplate.FieldOf(place) is { } field ? fields.Contains(field) : DocumentTemplate.Places.Contains(place);
}
