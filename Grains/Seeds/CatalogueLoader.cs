using System.Collections.Immutable;
using TownReform.Grains.Rules;
using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Seeds.Reading;

namespace TownReform.Grains.Seeds;

/// <summary>An item with the row that it came from, for checks that need the rest of the town.</summary>
internal sealed record ItemRow(SeedRow Row, PowerItem Item);

/// <summary>Reads a town's catalogue, its retained items and the provincial guidance catalogue, row by row.</summary>
internal static class CatalogueLoader
{
    private static readonly string[] Columns =
    [
        "code",
        "name_zh",
        "name_en",
        "kind",
        "field",
        "county_department",
        "bureau",
        "legal_basis",
        "papers_zh",
        "papers_en",
        "statutory_limit",
        "promised_limit",
        "fee",
        "bands",
        "certificates",
        "equipment",
        "in_flight",
        "guidance",
        "provenance",
    ];

    private static readonly string[] GuidanceColumns = ["code", "name_zh", "name_en", "kind", "field", "provenance"];

    private static readonly Dictionary<string, InFlightRule> InFlight = new(StringComparer.Ordinal)
    {
        ["finish"] = InFlightRule.Finish,
        ["hand-back"] = InFlightRule.HandBack,
        ["freeze"] = InFlightRule.Freeze,
    };

    public static ImmutableArray<ItemRow> Items(SeedFile file, bool retained, LawBook? law, FaultLog faults) =>
        [.. CsvTable.Read(file, Columns, faults).Select(row => new ItemRow(row, Item(row, retained, law)))];

    /// <summary>Kinds by code of the provincial guidance catalogue (A8).</summary>
    public static ImmutableDictionary<string, string> Guidance(SeedFile file, FaultLog faults)
    {
        var kinds = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var row in CsvTable.Read(file, GuidanceColumns, faults))
        {
            if (!kinds.TryAdd(row.Text("code"), row.OneOf("kind", ItemKinds.All)))
            {
                row.Fault("code", "a code that no other row has");
            }

            row.Text("name_zh");
            row.Text("name_en");
            row.OneOf("field", ItemFields.All);
            row.Text("provenance");
        }

        return kinds.ToImmutable();
    }

    private static PowerItem Item(SeedRow row, bool retained, LawBook? law)
    {
        var kind = row.OneOf("kind", ItemKinds.All);
        var (statutory, promised) = (CatalogueCells.Statutory(row, law), row.Limit("promised_limit"));
        CatalogueCells.Promise(row, "promised_limit", statutory, promised, law);
        var fee = CatalogueCells.Fee(row, kind, retained, law);
        return new()
        {
            Code = row.Text("code"),
            Name = new(row.Text("name_zh"), row.Text("name_en")),
            Kind = kind,
            Field = row.OneOf("field", ItemFields.All),
            CountyDepartment = row.Text("county_department"),
            Bureau = row.Text("bureau"),
            LegalBasis = row.Text("legal_basis"),
            Papers = Papers(row, kind),
            Statutory = statutory,
            Promised = promised,
            Fee = fee.Amount,
            Bands = CatalogueCells.Bands(row, kind),
            Certificates = CatalogueCells.Certificates(row),
            Equipment = CatalogueCells.Equipment(row),
            InFlight = InFlight.GetValueOrDefault(row.OneOf("in_flight", InFlight.Keys), InFlightRule.HandBack),
            Guidance = row["guidance"].Length == 0 ? null : row["guidance"],
            Retained = retained,
            Provenance = row.Text("provenance"),
            FeeBasis = fee.Basis,
            FeeBeforeDelivery = fee.BeforeDelivery,
        };
    }

    private static ImmutableArray<Words> Papers(SeedRow row, string kind)
    {
        var (zh, en) = (row.Parts("papers_zh"), row.Parts("papers_en"));
        if (zh.Length != en.Length)
        {
            row.Fault("papers_en", $"as many papers as in Chinese ({zh.Length})");
            return [];
        }

        // B6, B8: what an applicant must bring is published; a penalty has no applicant.
        if (zh.IsEmpty && kind != ItemKinds.Penalty)
        {
            row.Fault("papers_zh", "the papers that an applicant brings");
        }

        return [.. zh.Zip(en, (z, e) => new Words(z, e))];
    }
}
