using System.Collections.Immutable;

namespace TownReform.Grains.Simulation.Results.Pooling;

/// <summary>Pools secondments by town, and their refusals by clause.</summary>
internal static class SecondmentPool
{
    public static ImmutableArray<SecondmentFigures> Of(ImmutableArray<ReplicationCounts> replications) =>
        [
            .. replications
                .SelectMany(r => r.Secondments)
                .GroupBy(s => s.Town)
                .OrderBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => Figures([.. g], replications.Length)),
        ];

    private static SecondmentFigures Figures(SecondmentCounts[] counts, int replications)
    {
        long approved = counts.Sum(c => c.Approved),
            declined = counts.Sum(c => c.Declined);
        var refused = counts.SelectMany(c => c.Refused).ToArray();
        var total = refused.Sum(r => r.Count);
        return new SecondmentFigures(
            counts[0].Town,
            Rounded.Mean(approved + declined + total, replications),
            Rounded.Mean(approved, replications),
            Rounded.Mean(declined, replications),
            Rounded.Mean(total, replications),
            [
                .. refused
                    .GroupBy(r => (r.Clause, r.Code))
                    .OrderBy(g => g.Key.Clause, StringComparer.Ordinal)
                    .ThenBy(g => g.Key.Code)
                    .Select(g => Clause([.. g], replications)),
            ]
        );
    }

    private static SecondmentClauseFigures Clause(SecondmentRefusals[] refused, int replications)
    {
        var first = refused[0];
        return new SecondmentClauseFigures(
            first.Clause,
            (int)first.Code,
            Rounded.Mean(refused.Sum(r => r.Count), replications),
            first.Case,
            first.Because.Zh,
            first.Because.En
        );
    }
}
