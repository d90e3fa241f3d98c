using System.Collections.Immutable;
using TownReform.Grains.Rules;
using TownReform.Grains.Seeds.Reading;

namespace TownReform.Grains.Seeds;

/// <summary>Reads <c>seeds/law/*.yaml</c> into the <see cref="LawBook"/>, checked by <see cref="LawChecks"/>.</summary>
internal static class LawLoader
{
    private const string None = "none";

    private static readonly string[] Units = [.. Enum.GetValues<FigureUnit>().Select(EnumCodes.Of)];

    private static readonly ScalarType FigureName = ScalarType.Pattern(
        @"^[a-z]+(\.[a-z0-9]+(-[a-z0-9]+)*)+$",
        "a name such as licensing.decide.days"
    );

    private static readonly ScalarType Value = new(
        "a number, or none where the law then has no such rule",
        value => value == None || ScalarType.TryAmount(value, out _),
        true,
        () => new() { ["anyOf"] = new System.Text.Json.Nodes.JsonArray(ScalarType.Number.Describe(), ScalarType.OneOf(None).Describe()) }
    );

    private static readonly Shape TextShape = new(
        "text",
        [
            new("from", ScalarType.Date, "First day in force."),
            new("cite", ScalarType.Text, "How this text is cited, with its year, such as 行政处罚法（2017）."),
            new("name", Shape.Words, "Full name of this text."),
            new(
                "renumbered",
                ScalarType.Flag,
                "Its articles are numbered anew: each figure says what it is from this day.",
                Required: false
            ),
        ]
    );

    private static readonly Shape Version = new(
        "version",
        [
            new("from", ScalarType.Date, "First day of this version; it holds until the day before the next."),
            new("until", ScalarType.Date, "Last day, where it is to be said: the day before the next version.", Required: false),
            new("value", Value, "The figure in its unit, or none: no such rule from this day."),
            new("unit", ScalarType.OneOf(Units), "Unit of the figure; absent where there is none.", Required: false),
            new("article", ScalarType.Text, "Article of the text then in force, such as §42, or a whole citation of another statute."),
            new("verify", ScalarType.Flag, "A lawyer must confirm it before it is relied on.", Required: false),
        ]
    );

    private static readonly Shape Figure = new(
        "figure",
        [
            new("meaning", Shape.Words, "What the figure means, without its value."),
            new("versions", new ListType(Version, Least: 1), "Versions by day, oldest first."),
        ]
    );

    public static Shape Root { get; } =
        new(
            "law",
            [
                new("short", ScalarType.Text, "Short name of the statute."),
                new("own", ScalarType.Flag, "The town's own rules, not statute: procedures name them as own:NAME.", Required: false),
                new("texts", new ListType(TextShape, Least: 1), "Texts of the statute by day, oldest first."),
                new(
                    "figures",
                    new MapType(FigureName, Figure, Least: 1),
                    "Figures by name; rules, procedures and catalogues ask for them by these names."
                ),
            ]
        );

    /// <summary>The book with the place of each figure, for checks that need the rest of the seeds.</summary>
    public static LoadedLaw Load(SeedFolder folder, WorkCalendar? calendar)
    {
        var faults = folder.Faults;
        var before = faults.Count;
        var statutes = ImmutableArray.CreateBuilder<Statute>();
        var places = new Dictionary<string, (string Path, int Line)>(StringComparer.Ordinal);
        foreach (var path in folder.List("law", ".yaml"))
        {
            if (folder.Read(path) is not { } file || folder.Parse(file, Root) is not { } root)
            {
                continue;
            }

            foreach (var (name, line, _) in root["figures"].Pairs)
            {
                if (!places.TryAdd(name, (path, line)))
                {
                    faults.Add(path, line, $"figures.{name}", "a name that no other law file has", $"'{name}'");
                }
            }

            if (LawChecks.All(root, path, calendar, faults))
            {
                statutes.Add(Read(file.Stem, root));
            }
        }

        // A broken file may hold what seems missing.
        foreach (
            var missing in faults.Count > before
                ? Enumerable.Empty<string>()
                : LawNames.Uses.Keys.Where(name => !places.ContainsKey(name)).Order(StringComparer.Ordinal)
        )
        {
            faults.Add("law", 0, missing, "the figure in one of the law files");
        }

        var whole = faults.Count == before;
        return new(new(whole ? statutes : []), places, whole);
    }

    private static Statute Read(string code, Entry root) =>
        new(
            code,
            root["short"].Text,
            root.Find("own")?.Flag ?? false,
            [.. root["texts"].Items.Select(text => new StatuteText(text["from"].Date, text["cite"].Text, text["name"].Words))],
            [
                .. root["figures"]
                    .Pairs.Select(figure => new FigureHistory(figure.Name, figure.Value["meaning"].Words, Versions(figure.Value))),
            ]
        );

    private static ImmutableArray<FigureVersion> Versions(Entry figure)
    {
        var versions = figure["versions"].Items.ToArray();

        // What is "none" is shown with the unit that the figure has at other times.
        var unit = UnitOf(versions.First(v => v.Find("unit") is not null));
        return
        [
            .. versions.Select(v => new FigureVersion(
                v["from"].Date,
                ValueOf(v),
                v.Find("unit") is null ? unit : UnitOf(v),
                v["article"].Text,
                v.Find("verify")?.Flag ?? false
            )),
        ];
    }

    internal static decimal? ValueOf(Entry version) => version["value"].Text == None ? null : version["value"].Amount;

    internal static FigureUnit UnitOf(Entry version) => EnumCodes.Parse<FigureUnit>(version["unit"].Text);
}

/// <summary>The law with the file and line of each figure.</summary>
/// <param name="Whole">All its files could be read: only then can it be told what a name stands for.</param>
internal sealed record LoadedLaw(LawBook Book, IReadOnlyDictionary<string, (string Path, int Line)> Places, bool Whole);
