using System.Collections.Immutable;

namespace TownReform.Grains.Simulation.Results.Pooling;

/// <summary>Pools the series by week.</summary>
internal static class WeekPool
{
    public static WeeklyFigures Of(ImmutableArray<ReplicationCounts> replications)
    {
        var (first, weeks) = (replications[0].FirstWeek, replications[0].Weeks);
        if (replications.Any(r => r.FirstWeek != first || r.Weeks != weeks))
        {
            throw new ArgumentException("The replications of a run cover the same weeks.", nameof(replications));
        }

        var towns = replications.SelectMany(r => r.TownWeeks).GroupBy(t => t.Town).OrderBy(g => g.Key, StringComparer.Ordinal);
        var workplaces = replications
            .SelectMany(r => r.Workplaces)
            .GroupBy(w => w.Workplace)
            .Select(g => Workplace([.. g], weeks))
            .OrderBy(w => w.Town, StringComparer.Ordinal)
            .ThenBy(w => w.Workplace, StringComparer.Ordinal);
        return new WeeklyFigures(
            [.. Enumerable.Range(0, weeks).Select(w => first.AddDays(7 * w))],
            [.. towns.Select(g => Town([.. g], weeks, replications.Length))],
            [.. workplaces]
        );
    }

    private static TownWeeks Town(TownWeekCounts[] counts, int weeks, int replications)
    {
        var series = new TownSeries(weeks);
        for (var week = 0; week < weeks; week++)
        {
            series.Add(counts, week, replications);
        }

        return series.Close(counts[0].Town);
    }

    private static WorkplaceWeeks Workplace(WorkplaceCounts[] counts, int weeks) =>
        new(
            counts[0].Town,
            counts[0].Workplace,
            [
                .. Enumerable
                    .Range(0, weeks)
                    .Select(w => Rounded.Share(counts.Sum(c => c.BusyMinutes[w]), counts.Sum(c => c.PresentMinutes[w]))),
            ]
        );

    private sealed class TownSeries(int weeks)
    {
        private readonly List<double> opened = new(weeks);
        private readonly List<double> ended = new(weeks);
        private readonly List<double> backlog = new(weeks);
        private readonly List<double?> onTimeShare = new(weeks);
        private readonly List<double?> p50 = new(weeks);
        private readonly List<double?> p90 = new(weeks);
        private readonly List<double> openOverdue = new(weeks);
        private long standing;
        private long overdue;

        public void Add(TownWeekCounts[] counts, int week, int replications)
        {
            long came = counts.Sum(c => c.Opened[week]),
                went = counts.Sum(c => c.Ended[week]),
                onTime = counts.Sum(c => c.OnTime[week]);
            standing += came - went;
            overdue += counts.Sum(c => c.Overdue[week]);
            opened.Add(Rounded.Mean(came, replications));
            ended.Add(Rounded.Mean(went, replications));
            backlog.Add(Rounded.Mean(standing, replications));
            openOverdue.Add(Rounded.Mean(overdue, replications));
            onTimeShare.Add(Rounded.Share(onTime, onTime + counts.Sum(c => c.Late[week]) + overdue));
            var cycle = new CycleTimes();
            foreach (var count in counts)
            {
                cycle.Add(count.Cycle[week]);
            }

            p50.Add(cycle.Percentile(50));
            p90.Add(cycle.Percentile(90));
        }

        public TownWeeks Close(string town) =>
            new(
                Town: town,
                Opened: [.. opened],
                Ended: [.. ended],
                Backlog: [.. backlog],
                OnTimeShare: [.. onTimeShare],
                P50Days: [.. p50],
                P90Days: [.. p90],
                OpenOverdue: [.. openOverdue]
            );
    }
}
