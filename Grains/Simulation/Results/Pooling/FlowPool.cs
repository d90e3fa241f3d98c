using System.Collections.Immutable;

namespace TownReform.Grains.Simulation.Results.Pooling;

/// <summary>Pools case counts by town, and by town and procedure.</summary>
internal static class FlowPool
{
    public static ImmutableArray<TownFigures> ByTown(
        ImmutableArray<ReplicationCounts> replications,
        ImmutableArray<WorkplaceFigures> workplaces
    )
    {
        var towns = replications
            .SelectMany(r => r.Flows)
            .Select(f => f.Town)
            .Concat(workplaces.Select(w => w.Town))
            .Distinct()
            .Order(StringComparer.Ordinal);
        return
        [
            .. towns.Select(town => new TownFigures(
                town,
                Figures(replications, f => f.Town == town && !f.Internal),
                Busiest(workplaces, town, own: true),
                Busiest(workplaces, town, own: false)
            )),
        ];
    }

    public static ImmutableArray<ProcedureFigures> ByProcedure(ImmutableArray<ReplicationCounts> replications) =>
        [
            .. replications
                .SelectMany(r => r.Flows)
                .Select(f => (f.Town, f.Procedure, f.Internal))
                .Distinct()
                .OrderBy(f => f.Town, StringComparer.Ordinal)
                .ThenBy(f => f.Procedure, StringComparer.Ordinal)
                .Select(key => new ProcedureFigures(
                    key.Town,
                    key.Procedure,
                    key.Internal,
                    Figures(replications, f => (f.Town, f.Procedure, f.Internal) == key)
                )),
        ];

    // An average over offices would hide the one that is full; the first by code wins a tie.
    private static WorkplaceUse? Busiest(ImmutableArray<WorkplaceFigures> workplaces, string town, bool own) =>
        workplaces
            .Where(w =>
                w.Town == town
                && w.BusyMinutes > 0
                && w.StaffUse is not null
                && w.Workplace.StartsWith($"{town}/", StringComparison.Ordinal) == own
            )
            .MaxBy(w => w.StaffUse)
            is { } busiest
            ? new WorkplaceUse(busiest.Workplace, busiest.StaffUse!.Value)
            : null;

    private static FlowFigures Figures(ImmutableArray<ReplicationCounts> replications, Func<FlowCounts, bool> of)
    {
        var all = replications.SelectMany(r => r.Flows).Where(of).ToArray();
        var figures = Figures(all, replications.Length);
        return replications.Length == 1
            ? figures
            : figures with
            {
                Range = Range([.. replications.Select(r => Figures([.. r.Flows.Where(of)], 1))]),
            };
    }

    private static FlowFigures Figures(FlowCounts[] counts, int replications)
    {
        var cycle = new CycleTimes();
        foreach (var count in counts)
        {
            cycle.Add(count.Cycle);
        }

        long decided = counts.Sum(c => c.Decided),
            onTime = counts.Sum(c => c.OnTime),
            overdue = counts.Sum(c => c.OpenOverdue);
        var withLimit = onTime + counts.Sum(c => c.Late) + overdue;
        return new FlowFigures(
            Opened: Rounded.Mean(counts.Sum(c => c.Opened), replications),
            Decided: Rounded.Mean(decided, replications),
            Withdrawn: Rounded.Mean(counts.Sum(c => c.Withdrawn), replications),
            Transferred: Rounded.Mean(counts.Sum(c => c.Transferred), replications),
            Open: Rounded.Mean(counts.Sum(c => c.Open), replications),
            OpenOverdue: Rounded.Mean(overdue, replications),
            OnTime: Rounded.Mean(onTime, replications),
            WithLimit: Rounded.Mean(withLimit, replications),
            OnTimeShare: Rounded.Share(onTime, withLimit),
            P50Days: cycle.Percentile(50),
            P90Days: cycle.Percentile(90),
            P95Days: cycle.Percentile(95),
            VisitsPerCase: Rounded.Quotient(counts.Sum(c => c.Visits), decided),
            FinesYuan: Rounded.Mean(counts.Sum(c => c.Fines), replications),
            Range: null
        );
    }

    private static FlowRange Range(FlowFigures[] replications) =>
        new(
            Of(replications.Select(r => (double?)r.Open)),
            Of(replications.Select(r => r.OnTimeShare)),
            Of(replications.Select(r => r.P50Days)),
            Of(replications.Select(r => r.P90Days))
        );

    private static Bounds? Of(IEnumerable<double?> values)
    {
        var known = values.OfType<double>().ToArray();
        return known.Length == 0 ? null : new Bounds(known.Min(), known.Max());
    }
}
