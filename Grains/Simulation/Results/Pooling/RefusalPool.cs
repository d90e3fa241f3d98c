using System.Collections.Immutable;

namespace TownReform.Grains.Simulation.Results.Pooling;

/// <summary>Pools refusals by clause and code.</summary>
internal static class RefusalPool
{
    public static ImmutableArray<RefusalFigures> Of(ImmutableArray<ReplicationCounts> replications) =>
        [
            .. replications
                .SelectMany(r => r.Refusals.Select(c => (r.Replication, Counts: c)))
                .GroupBy(r => (r.Counts.Clause, r.Counts.Code))
                .OrderBy(g => g.Key.Clause, StringComparer.Ordinal)
                .ThenBy(g => g.Key.Code)
                .Select(g => Figures([.. g], replications.Length)),
        ];

    private static RefusalFigures Figures((int Replication, RefusalCounts Counts)[] rows, int replications)
    {
        var (replication, first) = rows.Where(r => r.Replication == rows[0].Replication).MinBy(r => r.Counts.Example.At);
        var towns = rows.GroupBy(r => r.Counts.Town)
            .OrderBy(t => t.Key, StringComparer.Ordinal)
            .Select(t => new TownCount(t.Key, Rounded.Mean(t.Sum(r => r.Counts.Count), replications)));
        var example = first.Example;
        return new RefusalFigures(
            first.Clause,
            (int)first.Code,
            first.Code.ToString(),
            Rounded.Mean(rows.Sum(r => r.Counts.Count), replications),
            [.. towns],
            new ExampleFigures(
                Replication: replication,
                Town: example.Town,
                Case: example.Case,
                Procedure: example.Procedure,
                Act: example.Act,
                At: example.At,
                Zh: example.Because.Zh,
                En: example.Because.En
            )
        );
    }
}
