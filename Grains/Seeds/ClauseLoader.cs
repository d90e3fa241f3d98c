using System.Collections.Immutable;
using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Rules.Towns;
using TownReform.Grains.Seeds.Reading;

namespace TownReform.Grains.Seeds;

/// <summary>Reads <c>seeds/clauses/clauses.csv</c>: the clauses of the plans and what is claimed of each. No town is loaded from
/// it.</summary>
public static class ClauseLoader
{
    private const string Path = "clauses/clauses.csv";

    private static readonly string[] Columns = ["id", "subject_zh", "subject_en", "state", "procedures", "left_zh", "left_en"],
        States = ["carried", "in-part", "absent"];

    /// <param name="seeds">The seeds, whose procedures a clause may name.</param>
    /// <returns>In the order of the file.</returns>
    /// <exception cref="SeedException">With every fault found.</exception>
    public static ImmutableArray<PlanClause> Load(SeedLibrary seeds)
    {
        var faults = new FaultLog();
        var clauses = ImmutableArray.CreateBuilder<PlanClause>();
        if (new SeedFolder(seeds.Folder, faults, MatterFiles.OfLaw).Read(Path) is { } file)
        {
            var known = new HashSet<string>(StringComparer.Ordinal);
            foreach (var row in CsvTable.Read(file, Columns, faults))
            {
                if (!known.Add(row.Text("id")))
                {
                    row.Fault("id", "each clause once");
                }

                clauses.Add(Of(row, seeds));
            }
        }

        faults.ThrowIfAny();
        return clauses.ToImmutable();
    }

    private static PlanClause Of(SeedRow row, SeedLibrary seeds)
    {
        var state = row.OneOf("state", States) switch
        {
            "carried" => ClauseState.Carried,
            "in-part" => ClauseState.InPart,
            _ => ClauseState.Absent,
        };
        if (row["left_zh"].Length > 0 != row["left_en"].Length > 0)
        {
            row.Fault(row["left_zh"].Length > 0 ? "left_en" : "left_zh", "both languages");
        }

        if (state == ClauseState.InPart == (row["left_en"].Length == 0))
        {
            row.Fault("left_en", "what is left of a clause that is carried in part, and of no other");
        }

        var procedures = row["procedures"].Length == 0 ? [] : row.Parts("procedures");
        foreach (var unknown in procedures.Where(code => !seeds.Procedures.ContainsKey(code)))
        {
            row.Fault("procedures", "codes of seeds/procedures");
        }

        return new PlanClause(
            row["id"],
            new(row.Text("subject_zh"), row.Text("subject_en")),
            state,
            procedures,
            row["left_en"].Length == 0 ? null : new(row["left_zh"], row["left_en"])
        );
    }
}
