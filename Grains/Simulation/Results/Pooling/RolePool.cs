using System.Collections.Immutable;

namespace TownReform.Grains.Simulation.Results.Pooling;

/// <summary>Pools waits and work by role. Waits are weighted by time: what waits on average is the waiting of all steps by the office's
/// time (Little's law), so it doesn't depend on the hour at which one looks.</summary>
internal static class RolePool
{
    // A backlog's slope over fewer weeks is that of the start, when every queue is empty.
    private const int LeastWeeks = 8;

    public static ImmutableArray<RoleFigures> Of(ImmutableArray<ReplicationCounts> replications) =>
        [
            .. replications
                .SelectMany(r => r.Roles)
                .GroupBy(r => (r.Town, r.Workplace, r.Role))
                .OrderBy(g => g.Key.Town, StringComparer.Ordinal)
                .ThenBy(g => g.Key.Workplace, StringComparer.Ordinal)
                .ThenBy(g => g.Key.Role, StringComparer.Ordinal)
                .Select(g => Figures([.. g], replications.Length))
                .Where(r => r.Steps > 0 || r.MeanQueue > 0),
        ];

    private static RoleFigures Figures(RoleCounts[] counts, int replications)
    {
        double office = counts.Sum(c => c.OfficeMinutes),
            present = counts.Sum(c => c.PresentMinutes),
            aDay = counts.Sum(c => (long)c.Days) is var days and > 0 ? office / days : 0;
        var all = counts.SelectMany(c => c.Steps).ToArray();
        return new RoleFigures(
            Town: counts[0].Town,
            Workplace: counts[0].Workplace,
            Role: counts[0].Role,
            People: Rounded.Mean(counts.Sum(c => (long)c.People), replications),
            Steps: Rounded.Mean(all.Sum(s => s.Steps), replications),
            StaffUse: Rounded.Share(counts.Sum(c => c.BusyMinutes), present),
            MeanQueue: Per(all.Sum(s => s.WaitMinutes), office),
            WaitDays: Per(all.Sum(s => s.WaitMinutes), all.Sum(s => s.Steps) * aDay),
            ServiceMinutes: Per(all.Sum(s => s.ServiceMinutes), all.Sum(s => s.Steps)),
            GrowthPerWeek: Growth(counts),
            ByStep:
            [
                .. all.GroupBy(s => (s.Procedure, s.Step))
                    .OrderBy(g => g.Key.Procedure, StringComparer.Ordinal)
                    .ThenBy(g => g.Key.Step, StringComparer.Ordinal)
                    .Select(g => new StepFigures(
                        g.Key.Procedure,
                        g.Key.Step,
                        Rounded.Mean(g.Sum(s => s.Steps), replications),
                        Per(g.Sum(s => s.WaitMinutes), g.Sum(s => s.Steps) * aDay),
                        Per(g.Sum(s => s.ServiceMinutes), g.Sum(s => s.Steps))
                    )),
            ]
        );
    }

    private static double? Per(double part, double whole) => whole <= 0 ? null : Math.Round(part / whole, 2, MidpointRounding.AwayFromZero);

    // Least squares over the second half of the weeks; the last may be short and is left out.
    private static double? Growth(RoleCounts[] counts)
    {
        var weeks = counts[0].Waiting.Length - 1;
        if (weeks < LeastWeeks)
        {
            return null;
        }

        var from = weeks / 2;
        double mean = (from + weeks - 1) / 2.0,
            up = 0,
            down = 0;
        for (var week = from; week < weeks; week++)
        {
            up += (week - mean) * counts.Average(c => c.Waiting[week]);
            down += (week - mean) * (week - mean);
        }

        return Math.Round(up / down, 2, MidpointRounding.AwayFromZero);
    }
}
