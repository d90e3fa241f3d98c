using TownReform.Grains.Seeds.Reading;

namespace TownReform.Grains.Seeds;

/// <summary>What towns of one county may not have alike: certificate numbers of a county are unique (B1), and each town counts its
/// own.</summary>
internal static class OneCounty
{
    /// <param name="towns">The towns before it.</param>
    public static void Check(LoadedTown town, IEnumerable<LoadedTown> towns, FaultLog faults)
    {
        var county = town.Plan.County.Code;
        foreach (var other in towns.Where(t => t.Plan.County.Code == county))
        {
            foreach (var (kind, _, words) in Prefixes(town.Root))
            {
                if (Prefixes(other.Root).FirstOrDefault(p => p.Value.Text == words.Text) is { Name: not null } same)
                {
                    faults.Add(
                        town.Path,
                        words.Line,
                        $"seal.certificate_prefixes.{kind}",
                        $"words that no other town of {county} has before its numbers",
                        $"'{words.Text}', as in {other.Path}:{same.Value.Line}"
                    );
                }
            }
        }
    }

    private static IEnumerable<(string Name, int Line, Entry Value)> Prefixes(Entry root) => root["seal"]["certificate_prefixes"].Pairs;
}
