using TownReform.Grains.Simulation.Results;
using TownReform.Grains.Simulation.Results.Pooling;
using TownReform.Grains.Simulation.Scenarios;

namespace TownReform.Grains.Tests.Simulation;

/// <summary>Work in office hours by people who are there: nothing is done in leave, nothing done is lost, two do a step for two.</summary>
public sealed class DeskWorkTests
{
    [Fact]
    public async Task Run_OfLongTasksAndMuchLeave_WorksOnlyWithWhoIsThere()
    {
        using var scenario = ScenarioCopy.Small(until: "2019-06-07", demand: 0.2);
        // A week's work for each, so that most of it meets a leave, a night, a weekend or a hand-over.
        scenario.Replace("investigation: {median: 210, sigma: 0.8}", "investigation: {median: 2400, sigma: 0.3}");
        scenario.Replace("review: {median: 65, sigma: 0.7}", "review: {median: 1500, sigma: 0.2}");
        scenario.Replace("leave: {block_days: 5, taken: 0.85}", "leave: {block_days: 3, taken: 1}");
        var told = (await WrittenRun.OfAsync(scenario.FullPath, 5))[1];
        told.Work.ShouldContain(w => !w.Finished);
        BusyWithinPresence(told, scenario.Load().Hours);
        NothingIsLost(told);
        TogetherAtOnce(told);
        Steps(told)
            .ShouldContain(
                s => s[s.Length - 1].Finished && s.Select(w => w.Officer).Distinct().Count() > 1,
                "nobody went on where another had stopped"
            );
        FigurePool.Of([told.Counts]).Weekly.Workplaces.SelectMany(w => w.StaffUse).ShouldAllBe(use => use == null || use <= 1);
    }

    // Stretches of one officer don't overlap, lie on days of presence, and the evening's figures are their sum.
    private static void BusyWithinPresence(WrittenRun.Told told, OfficeHours hours)
    {
        var calendar = ScenarioCopy.Seeds.Calendar;
        var away = told.Days.SelectMany(d => d.Away.Select(id => (d.Workplace, id, d.Day))).ToHashSet();
        away.ShouldNotBeEmpty();
        var busy = new Dictionary<(string Office, DateOnly Day), double>();
        foreach (var officer in told.Work.GroupBy(w => (w.Workplace, w.Officer)))
        {
            var until = DateTimeOffset.MinValue;
            foreach (var work in officer)
            {
                work.From.ShouldBeGreaterThanOrEqualTo(until, $"{officer.Key} does two things at once");
                until = work.Until;
                for (
                    var day = DateOnly.FromDateTime(work.From.DateTime);
                    day <= DateOnly.FromDateTime(work.Until.DateTime);
                    day = day.AddDays(1)
                )
                {
                    var (from, to) = (day.ToDateTime(TimeOnly.MinValue), day.ToDateTime(new TimeOnly(23, 59, 59)));
                    var minutes = hours.Worked(
                        work.From.DateTime > from ? work.From.DateTime : from,
                        work.Until.DateTime < to ? work.Until.DateTime : to,
                        calendar
                    );
                    (minutes > 0 && away.Contains((officer.Key.Workplace, officer.Key.Officer, day))).ShouldBeFalse(
                        $"{officer.Key} worked on {day:O}, a day of absence"
                    );
                    busy[(work.Workplace, day)] = busy.GetValueOrDefault((work.Workplace, day)) + minutes;
                }
            }
        }

        foreach (var day in told.Days)
        {
            day.BusyMinutes.ShouldBeLessThanOrEqualTo(day.PresentMinutes + 1e-6);
            // What still goes on at the end of the run is counted in the evenings and told by no stretch.
            busy.GetValueOrDefault((day.Workplace, day.Day)).ShouldBeLessThanOrEqualTo(day.BusyMinutes + 0.01);
        }
    }

    private static void NothingIsLost(WrittenRun.Told told)
    {
        var steps = Steps(told).Where(s => s[^1].Finished).ToArray();
        steps.Length.ShouldBeGreaterThan(100);
        steps.ShouldContain(s => s.Length > 1);
        steps.ShouldAllBe(s => Math.Abs(s.Sum(w => w.Minutes) - s[0].Asked) < 1e-6);
    }

    private static void TogetherAtOnce(WrittenRun.Told told)
    {
        var seconds = told.Work.Where(w => !w.IsLead).ToArray();
        var leads = told.Work.Where(w => w.IsLead).Select(w => (w.Case, w.From, w.Until)).ToHashSet();
        seconds.ShouldNotBeEmpty();
        seconds.Where(w => !leads.Contains((w.Case, w.From, w.Until))).ShouldBeEmpty();
        told.Work.Count(w => w.IsLead && w.Step == "investigation").ShouldBe(seconds.Count(w => w.Step == "investigation"));
    }

    // The lead's stretches of one visit to a step, up to the one that finished it.
    private static IEnumerable<WorkRecord[]> Steps(WrittenRun.Told told)
    {
        foreach (var work in told.Work.Where(w => w.IsLead).GroupBy(w => (w.Case, w.Step)))
        {
            var stretches = new List<WorkRecord>();
            foreach (var stretch in work)
            {
                if (stretches.Count > 0 && stretches[^1].Asked != stretch.Asked)
                {
                    // The case went elsewhere before it was finished, and came back.
                    stretches.Clear();
                }

                stretches.Add(stretch);
                if (stretch.Finished)
                {
                    yield return [.. stretches];
                    stretches.Clear();
                }
            }
        }
    }
}
