using System.Collections.Immutable;
using System.Globalization;
using TownReform.Grains.Rules;
using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Seeds.Reading;

namespace TownReform.Grains.Seeds;

/// <summary>What must hold between a town's file and its catalogues: totals (A1), names that point at organs and departments, guidance
/// (A8).</summary>
[Clause("A1", "A2", "A8")]
internal static class CatalogueChecks
{
    public static void All(
        Entry root,
        ImmutableArray<ItemRow> rows,
        ImmutableDictionary<string, string>? guidance,
        string town,
        FaultLog faults
    )
    {
        Totals(root["powers"], rows, town, faults);
        var organs = Codes(root["organs"]);
        var departments = root.Texts("county_departments").ToHashSet(StringComparer.Ordinal);
        var codes = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (row, item) in rows)
        {
            if (!codes.Add(item.Code))
            {
                row.Fault("code", "a code that no other item of the town has");
            }

            if (!departments.Contains(item.CountyDepartment))
            {
                row.Fault("county_department", $"a code of county_departments in towns/{town}.yaml");
            }

            if (!organs.Contains(item.Bureau))
            {
                row.Fault("bureau", $"a code of organs in towns/{town}.yaml");
            }

            if (guidance is not null && !item.Retained && !(item.Guidance is { } covers && guidance.GetValueOrDefault(covers) == item.Kind))
            {
                row.Fault("guidance", $"a row of the provincial guidance catalogue of kind {item.Kind} (A8)");
            }
        }
    }

    private static void Totals(Entry plan, ImmutableArray<ItemRow> rows, string town, FaultLog faults)
    {
        var counted = CatalogueCheck.Of(town, rows.Select(r => r.Item));
        var planned = $"{plan["total"].Text} = {string.Join('/', ItemKinds.All.Select(kind => plan[kind].Text))}";
        if (counted.ToString() != planned)
        {
            faults.Add(TownLoader.Catalogue(town), 0, "kind", $"the plan's {planned} (A1)", counted.ToString());
        }

        var sum = ItemKinds.All.Sum(kind => plan[kind].Whole);
        if (sum != plan["total"].Whole)
        {
            faults.Add(
                $"towns/{town}.yaml",
                plan["total"].Line,
                "powers.total",
                $"the sum of the kinds, {sum.ToString(CultureInfo.InvariantCulture)} (A1)",
                $"'{plan["total"].Text}'"
            );
        }
    }

    private static HashSet<string> Codes(Entry list) => [.. list.Items.Select(entry => entry["code"].Text)];
}
