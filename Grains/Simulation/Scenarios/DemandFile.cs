using System.Collections.Immutable;
using TownReform.Grains.Matters.Simulated;
using TownReform.Grains.Rules.Towns;
using TownReform.Grains.Seeds.Reading;

namespace TownReform.Grains.Simulation.Scenarios;

/// <summary>Reads a town's demand, a CSV file beside the scenario.</summary>
internal static class DemandFile
{
    private static readonly string[] Columns = ["item", "yearly", "effort", "organisation_share"];

    /// <param name="town">Code of the town, whose catalogues have the items.</param>
    /// <param name="path">The file, as the folder knows it.</param>
    /// <returns>A row for each item; none with faults where the file or the town isn't there.</returns>
    public static ImmutableArray<ItemDemand> Read(string town, string path, SeedFolder folder, SeedLibrary seeds)
    {
        if (folder.Read(path) is not { } file || !seeds.Towns.TryGetValue(town, out var plan))
        {
            return [];
        }

        var rows = ImmutableArray.CreateBuilder<ItemDemand>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in CsvTable.Read(file, Columns, folder.Faults))
        {
            var item = row["item"];
            if (!plan.Items.ContainsKey(item))
            {
                row.Fault("item", $"an item of {town}'s catalogues");
                continue;
            }

            if (!seen.Add(item))
            {
                row.Fault("item", "each item once");
            }

            rows.Add(
                new ItemDemand(
                    item,
                    (double)row.Quantity("yearly", ScenarioQuantities.YearlyCases),
                    (double)row.Quantity("effort", ScenarioQuantities.Effort),
                    (double)row.Quantity("organisation_share", ScenarioQuantities.Share)
                )
            );
        }

        return rows.ToImmutable();
    }
}
