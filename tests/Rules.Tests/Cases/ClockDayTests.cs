using System.Collections.Immutable;
using CsCheck;
using TownReform.Grains.Rules;
using TownReform.Grains.Rules.Cases;
using TownReform.Tests.Fixtures;
using static TownReform.Tests.Fixtures.Cases;

namespace TownReform.Rules.Tests.Cases;

/// <summary>Each day of a limit (B5): the list counts as the clock does, day by day.</summary>
[ShowsClause("A4", "B5")]
public sealed class ClockDayTests
{
    private static readonly WorkCalendar Calendar = RealSeeds.Library.Calendar;

    /// <summary>Any stops, in either unit: by its last day the whole limit is counted, and on each day as much as the clock has
    /// used.</summary>
    [Fact]
    public void Days_AnyStops_CountAsTheClockDoes() =>
        Gen.Select(Gen.Bool, Gen.Int[1, 40], Gen.Int[0, 15].Array[0, 7])
            .Sample(
                (working, days, gaps) =>
                {
                    var permit = AtReview(new(days, working ? DayUnit.Working : DayUnit.Calendar), PureCase.Day);
                    var (day, events, stoppedLate) = (PureCase.Day, permit.Events, false);
                    foreach (var gap in gaps)
                    {
                        day = day.AddDays(gap);
                        var stopped = permit.Case.File.Clock.StoppedOn is not null;
                        stoppedLate |= !stopped && permit.Case.Used(day) > days;
                        events.Add(
                            stopped
                                ? permit.Case.Act("report", permit.Case.Who("inspector"), day, F("finding", "x")).ShouldSucceed()
                                : permit.Case.Act("inspect", permit.Case.Who("reviewer"), day).ShouldSucceed()
                        );
                    }

                    var limit = Count(permit.Case, events, day)[0];
                    (limit.Limit, limit.Moved, limit.Used).ShouldBe((days, 0, permit.Case.Used(day)));
                    limit.Days[0].ShouldBe(new ClockDay(PureCase.Day, ClockDaySort.Start, 0));
                    limit.Days.Last(d => d.Day <= day).Counted.ShouldBe(limit.Used);
                    limit.Days.Count(IsOfTheLimit).ShouldBe(Math.Min(days, limit.Days[^1].Counted));
                    if (permit.Case.File.Clock.StoppedOn is null)
                    {
                        limit.Days[^1].Day.ShouldBe(limit.Last > day ? limit.Last.Value : day);
                        (stoppedLate || limit.Days.Single(d => d.Day == limit.Last).Counted == days).ShouldBeTrue();
                    }
                    else
                    {
                        (limit.Last, limit.Days[^1].Day).ShouldBe((null, day));
                    }
                }
            );

    /// <summary>National Day of 2019: a week off, and a Saturday to work before and after it.</summary>
    [Fact]
    public void Days_AroundAHoliday_TellWeekendHolidayAndMakeUpWorkday()
    {
        var (permit, events) = AtReview(new(10, DayUnit.Working), new(2019, 9, 27));
        var days = Count(permit, events, new(2019, 10, 1))[0].Days.ToDictionary(d => d.Day);
        Sorts(days, new(2019, 9, 28), 3).ShouldBe([ClockDaySort.Weekend, ClockDaySort.MakeUpWorkday, ClockDaySort.Counted]);
        Sorts(days, new(2019, 10, 1), 7).ShouldAllBe(sort => sort == ClockDaySort.Holiday);
        Sorts(days, new(2019, 10, 11), 3).ShouldBe([ClockDaySort.Counted, ClockDaySort.MakeUpWorkday, ClockDaySort.Weekend]);
        days[new(2019, 10, 5)].Why.ShouldBe(new Words("国庆节", "National Day"), "a Saturday of the holiday week");
        days[new(2019, 9, 29)].Why!.Zh.ShouldBe("国庆节");
        days[new(2019, 9, 28)].Why.ShouldBeNull();
    }

    [Fact]
    public void Days_InspectionInBetween_StoodStillByItsRecord()
    {
        var (permit, events) = AtReview(new(5, DayUnit.Working), PureCase.Day);
        var stop = PureCase.Day.AddDays(1);
        events.Add(permit.Act("inspect", permit.Who("reviewer"), stop).ShouldSucceed());
        events.Add(permit.Act("report", permit.Who("inspector"), stop.AddDays(4), F("finding", "x")).ShouldSucceed());
        var limit = Count(permit, events, stop.AddDays(4))[0];
        limit
            .Days.Where(d => d.Sort == ClockDaySort.Stopped)
            .ShouldSatisfyAllConditions(
                stopped => stopped.Select(d => d.Day).ShouldBe([stop.AddDays(1), stop.AddDays(2), stop.AddDays(3), stop.AddDays(4)]),
                stopped => stopped.ShouldAllBe(d => d.Record == 3 && d.Counted == 1 && d.Why!.Zh == "转现场勘验或专家评审")
            );
        (limit.Used, limit.Last).ShouldBe((1, Calendar.AddWorkingDays(stop.AddDays(4), 4)));
    }

    [Fact]
    public void Days_BeforeAcceptance_AreTheStepsOnly()
    {
        var permit = Permit();
        var opened = PureCase.Day;
        var limit = Count(permit, [Opened(permit)], opened.AddDays(1)).ShouldHaveSingleItem();
        (limit.Name.Zh, limit.Limit, limit.Start, limit.Used).ShouldBe(("窗口收件", 5, opened, 1));
        limit.Last.ShouldBe(permit.Clock(opened).Due);
    }

    /// <summary>A party's limit in calendar days that ends on a day of rest goes on to the next working day (民法典 §203).</summary>
    [Fact]
    public void Days_LimitOfAPartyEndsOnADayOfRest_IsProlonged()
    {
        var penalty = Penalty();
        var found = Enumerable
            .Range(0, 14)
            .Select(n => StepDays(penalty, PureCase.Day.AddDays(n)))
            .FirstOrDefault(limit => limit.Days.Any(d => d.Sort == ClockDaySort.Prolonged));
        found.ShouldNotBeNull("some day of two weeks begins a limit that ends on a weekend");
        (found.Days[^1].Day, found.Days[^1].Counted, found.CalendarDays).ShouldBe((found.Last!.Value, found.Limit, true));
        Calendar.IsWorkingDay(found.Last.Value).ShouldBeTrue();
        found.Days.Where(d => d.Sort == ClockDaySort.Prolonged).ShouldAllBe(d => d.Day > found.Start.AddDays(found.Limit));
    }

    /// <summary>Decided: the days end with the decision. Ended without one: with the end.</summary>
    [Fact]
    public void Days_OfADecidedCase_EndWithTheDecision()
    {
        var (permit, events) = AtReview(new(10, DayUnit.Working), PureCase.Day);
        var decision = PureCase.Day.AddDays(6);
        events.Add(permit.Act("recommend", permit.Who("reviewer"), PureCase.Day, F("recommendation", "refuse")).ShouldSucceed());
        events.Add(permit.Act("refuse", permit.Who("decider"), decision, F("reason", "x")).ShouldSucceed());
        var limit = Count(permit, events, decision).ShouldHaveSingleItem();
        (limit.Last, limit.Days[^1].Day, limit.Days[^1].Counted).ShouldBe((new DateOnly(2019, 4, 24), decision, permit.Used(decision)));
    }

    [Fact]
    public void Days_PastTheCalendar_EndWithIt()
    {
        var (permit, events) = AtReview(new(40, DayUnit.Working), new(2026, 12, 1));
        permit.Calendar = new WorkCalendar(2019, 2026, new Dictionary<DateOnly, bool>());
        var limit = Count(permit, events, new(2026, 12, 2))[0];
        (limit.Last, limit.Days[^1].Day).ShouldBe((null, new DateOnly(2026, 12, 2)));
    }

    /// <summary>A stop keeps the days that it had by the calendar of its time; where a holiday was announced since, the difference is
    /// told.</summary>
    [Fact]
    public void Days_CalendarChangedAfterAStop_TellTheDifference()
    {
        var (permit, events) = AtReview(new(5, DayUnit.Working), PureCase.Day);
        events.Add(permit.Act("inspect", permit.Who("reviewer"), PureCase.Day).ShouldSucceed());
        events.Add(permit.Act("report", permit.Who("inspector"), PureCase.Day.AddDays(2), F("finding", "x")).ShouldSucceed());
        permit.Calendar = new WorkCalendar(2019, 2026, new Dictionary<DateOnly, bool> { [PureCase.Day.AddDays(1)] = false });
        var limit = Count(permit, events, PureCase.Day.AddDays(2))[0];
        limit.Moved.ShouldBe(1);
        limit.Days[^1].Counted.ShouldBe(limit.Limit + limit.Moved);
        limit.Days[^1].Day.ShouldBe(limit.Last!.Value);
    }

    /// <summary>A power that was suspended stops the case and its step (A4).</summary>
    [Fact]
    public void Days_PowerSuspended_StandStillInBothLimits()
    {
        var permit = Permit(InFlightRule.Freeze);
        List<CaseEvent> events = [Opened(permit), permit.Act("accept", permit.Who("window"), PureCase.Day).ShouldSucceed()];
        events.Add(permit.Act("recommend", permit.Who("reviewer"), PureCase.Day, F("recommendation", "grant")).ShouldSucceed());
        events.Add(permit.Follow(PowerChange.Suspend, PureCase.Day.AddDays(1))!);
        var stopped = Count(permit, events, PureCase.Day.AddDays(5))[0];
        (stopped.Last, stopped.Used, stopped.Days[^1].Sort).ShouldBe((null, 1, ClockDaySort.Stopped));
        events.Add(permit.Follow(PowerChange.Grant, PureCase.Day.AddDays(7))!);
        var again = Count(permit, events, PureCase.Day.AddDays(7))[0];
        (again.Last, again.Moved).ShouldBe((permit.Clock(PureCase.Day.AddDays(7)).Due, 0));
        again.Days.Where(d => d.Sort == ClockDaySort.Stopped).ShouldAllBe(d => d.Why!.En == "power changed; the case stands still");
    }

    private static bool IsOfTheLimit(ClockDay day) => day.Sort is ClockDaySort.Counted or ClockDaySort.MakeUpWorkday;

    private static CountedLimit StepDays(PureCase penalty, DateOnly on)
    {
        // The step of a penalty in which the party may ask for a hearing has a limit in calendar days where the law says so; else any.
        var step = penalty.Procedure.Steps.Values.First(s => s.NextWorkingDay && s.Limit is not null) with
        {
            Limit = LimitRule.Of(new TimeLimit(3, DayUnit.Calendar)),
        };
        var file = penalty.File with { Step = step.Code, StepOn = on, Clock = CaseClock.None };
        return ClockDayRules
            .Count(file, step, ClockStops.Of([], new(penalty.Procedure)), on, Calendar, RealSeeds.Library.Law)
            .ShouldHaveSingleItem();
    }

    private static (PureCase Case, List<CaseEvent> Events) AtReview(TimeLimit promised, DateOnly day)
    {
        var permit = PureCase.Of(RealSeeds.Yandian, "permit", RealSeeds.Yandian.Item("permit"));
        permit.Item = permit.Item! with { Promised = promised, Statutory = LimitRule.Of(promised) };
        List<CaseEvent> events = [permit.Open(PureCase.Public(), day).ShouldSucceed()];
        events.Add(permit.Act("accept", permit.Who("window"), day).ShouldSucceed());
        return (permit, events);
    }

    private static CaseOpened Opened(PureCase permit)
    {
        var again = PureCase.Of(permit.Plan, permit.Procedure.Code, permit.Item!);
        return again.Open(PureCase.Public(), PureCase.Day).ShouldSucceed();
    }

    private static ImmutableArray<CountedLimit> Count(PureCase permit, IEnumerable<CaseEvent> events, DateOnly day) =>
        ClockDayRules.Count(
            permit.File,
            permit.Procedure.Steps.GetValueOrDefault(permit.File.Step),
            ClockStops.Of(events, new(permit.Procedure)),
            day,
            permit.Calendar,
            permit.Law
        );

    private static IEnumerable<ClockDaySort> Sorts(Dictionary<DateOnly, ClockDay> days, DateOnly from, int count) =>
        Enumerable.Range(0, count).Select(n => days[from.AddDays(n)].Sort);
}
