using TownReform.Grains.Rules;
using TownReform.Grains.Seeds.Reading;

namespace TownReform.Grains.Seeds;

/// <summary>Reads <c>seeds/law/*.yaml</c> into the <see cref="LawBook"/>.</summary>
internal static class LawLoader
{
    private static readonly string[] Units = ["working-days", "calendar-days", "yuan", "fraction", "years", "months", "people", "times"];

    private static readonly ScalarType FigureName = ScalarType.Pattern(@"^[a-z]+(\.[a-z0-9]+(-[a-z0-9]+)*)+$", "a name such as licensing.decide.days");

    private static readonly Shape Figure = new("figure", [
        new("value", ScalarType.Number, "The figure, in its unit."),
        new("unit", ScalarType.OneOf(Units), "Unit of the figure."),
        new("article", ScalarType.Text, "Article of the statute, such as §42."),
        new("meaning", Shape.Words, "What the figure means."),
    ]);

    public static Shape Root { get; } = new("law", [
        new("short", ScalarType.Text, "Short name of the statute, as cited."),
        new("statute", Shape.Words, "Full name and version of the statute."),
        new("figures", new MapType(FigureName, Figure, Least: 1), "Figures by name; rules ask for them by these names."),
    ]);

    public static LawBook Load(SeedFolder folder)
    {
        var faults = folder.Faults;
        var before = faults.Count;
        var figures = new Dictionary<string, LawFigure>(StringComparer.Ordinal);
        foreach (var path in folder.List("law", ".yaml"))
        {
            if (folder.Read(path) is not { } file || Entry.Parse(file, Root, faults) is not { } root)
            {
                continue;
            }

            foreach (var (name, line, figure) in root["figures"].Pairs)
            {
                if (!figures.TryAdd(name, Read(name, figure, root["short"].Text)))
                {
                    faults.Add(path, line, $"figures.{name}", "a name that no other law file has", $"'{name}'");
                }

                if (!UnitFits(name, figure["unit"].Text))
                {
                    faults.Add(path, figure["unit"].Line, $"figures.{name}.unit", "the unit that the name ends with", $"'{figure["unit"].Text}'");
                }
            }
        }

        // A broken file may hold what seems missing.
        foreach (var missing in faults.Count > before ? [] : LawNames.Required.Where(name => !figures.ContainsKey(name)))
        {
            faults.Add("law", 0, missing, "the figure in one of the law files");
        }

        return new(figures);
    }

    private static LawFigure Read(string name, Entry figure, string statute) =>
        new(name, figure["value"].Amount, figure["unit"].Text, $"{statute} {figure["article"].Text}", figure["meaning"].Words);

    private static bool UnitFits(string name, string unit) => name[(name.LastIndexOf('.') + 1)..] switch
    {
        "days" => unit is "working-days" or "calendar-days",
        "yuan" or "fraction" or "years" or "months" or "times" => name.EndsWith("." + unit, StringComparison.Ordinal),
        _ => true,
    };
}
