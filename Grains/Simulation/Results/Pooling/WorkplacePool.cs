using System.Collections.Immutable;

namespace TownReform.Grains.Simulation.Results.Pooling;

/// <summary>Pools the counts of bureaus and county offices.</summary>
internal static class WorkplacePool
{
    public static ImmutableArray<WorkplaceFigures> Of(ImmutableArray<ReplicationCounts> replications) =>
        [
            .. replications
                .SelectMany(r => r.Workplaces)
                .GroupBy(w => w.Workplace)
                .Select(g => Figures([.. g], replications.Length))
                .OrderBy(w => w.Town, StringComparer.Ordinal)
                .ThenBy(w => w.Workplace, StringComparer.Ordinal),
        ];

    private static WorkplaceFigures Figures(WorkplaceCounts[] counts, int replications)
    {
        double present = counts.Sum(c => c.PresentMinutes.Sum()),
            busy = counts.Sum(c => c.BusyMinutes.Sum());
        return new WorkplaceFigures(
            Town: counts[0].Town,
            Workplace: counts[0].Workplace,
            People: Rounded.Mean(counts.Sum(c => (long)c.People), replications),
            AbsentShare: Rounded.Share(counts.Sum(c => c.AbsentDays), counts.Sum(c => c.PersonDays)),
            PresentMinutes: Rounded.Mean(present, replications),
            BusyMinutes: Rounded.Mean(busy, replications),
            StaffUse: Rounded.Share(busy, present),
            MeanQueue: Rounded.Quotient(counts.Sum(c => c.Waiting), counts.Sum(c => (long)c.Days)),
            MaxQueue: counts.Max(c => c.MaxWaiting),
            Tasks: Rounded.Mean(counts.Sum(c => c.Tasks), replications)
        );
    }
}
