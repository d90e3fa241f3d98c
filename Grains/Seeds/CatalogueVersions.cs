using System.Collections.Immutable;
using TownReform.Grains.Rules;
using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Seeds.Reading;

namespace TownReform.Grains.Seeds;

/// <summary>
/// Reads <c>catalogues/TOWN-versions.csv</c>, where a town has one: from which day an item's basis, limit, bands or fee are others. An
/// empty cell stays as it was;
/// bands <c>none</c>: from that day the law no longer punishes it.
/// </summary>
internal static class CatalogueVersions
{
    private const string NoLongerPunished = "none";

    private static readonly string[] Columns = ["code", "from", "legal_basis", "statutory_limit", "bands", "fee", "verify", "provenance"];

    private static readonly string[] Changing = ["legal_basis", "statutory_limit", "bands", "fee"];

    public static string Path(string town) => $"catalogues/{town}-versions.csv";

    /// <summary>The items with their later versions.</summary>
    public static ImmutableArray<ItemRow> Add(ImmutableArray<ItemRow> items, SeedFile file, LawBook? law, FaultLog faults)
    {
        var byCode = items.DistinctBy(i => i.Item.Code).ToDictionary(i => i.Item.Code, i => i.Item, StringComparer.Ordinal);
        foreach (var row in CsvTable.Read(file, Columns, faults))
        {
            row.Text("provenance");
            if (!byCode.TryGetValue(row.Text("code"), out var item))
            {
                row.Fault("code", "an item of the town's catalogue");
            }
            else if (Version(row, item, law) is { } version)
            {
                byCode[item.Code] = item with { Versions = item.Versions.Add(version) };
            }
        }

        return
        [
            .. items.Select(i =>
                byCode.TryGetValue(i.Item.Code, out var item) && item.Versions.Length > i.Item.Versions.Length
                    ? i with
                    {
                        Item = i.Item with { Versions = item.Versions },
                    }
                    : i
            ),
        ];
    }

    private static ItemVersion? Version(SeedRow row, PowerItem item, LawBook? law)
    {
        var (from, last) = (row.Date("from"), item.Versions.IsEmpty ? default : item.Versions[^1].From);
        if (from == default)
        {
            return null;
        }

        if (from <= last)
        {
            row.Fault(
                "from",
                from == last
                    ? $"a day after {last:O}: two versions of {item.Code} overlap"
                    : $"a day after {last:O}: the versions of {item.Code} stand in the order of their days"
            );
            return null;
        }

        if (Changing.All(column => row[column].Length == 0))
        {
            row.Fault("legal_basis", "something that changes on that day");
            return null;
        }

        return Changed(row, item, from, law);
    }

    private static ItemVersion Changed(SeedRow row, PowerItem item, DateOnly from, LawBook? law)
    {
        var before = item.On(from.AddDays(-1));
        var statutory = row["statutory_limit"].Length == 0 ? before.Statutory : CatalogueCells.Statutory(row, law);
        CatalogueCells.Promise(row, "statutory_limit", statutory, item.Promised, law);
        return new(
            from,
            row["legal_basis"].Length == 0 ? before.LegalBasis : row["legal_basis"],
            statutory,
            row["bands"].Length == 0 ? before.Bands
                : row["bands"] == NoLongerPunished && item.Kind == ItemKinds.Penalty ? []
                : CatalogueCells.Bands(row, item.Kind),
            row.OneOf("verify", ["yes", "no"]) == "yes"
        )
        {
            Fee = row["fee"].Length == 0 ? before.Fee : CatalogueCells.Fee(row, item.Kind, item.Retained, law),
        };
    }
}
