using TownReform.Grains.Rules;
using TownReform.Grains.Simulation;

namespace TownReform.Grains.Tests.Simulation;

/// <summary>A limit goes on while nobody touches the case.</summary>
public sealed class LimitWatchTests
{
    private static readonly WorkCalendar Calendar = ScenarioCopy.Seeds.Calendar;

    // Monday 2019-04-15; a limit of five working days, two of them used: the last day is Thursday the 18th.
    private static readonly CaseView Seen = View(new ClockView(2, 5, false, true, false, true));

    [Theory]
    [InlineData("2019-04-15", 2, null)]
    [InlineData("2019-04-18", 5, null)]
    [InlineData("2019-04-19", 6, "2019-04-19")]
    [InlineData("2019-04-22", 7, "2019-04-19")]
    public void Working_DaysWithoutATouch_AreUsedDays(string day, int used, string? lateOn)
    {
        LimitWatch.Used(Seen, Day(day), Calendar).ShouldBe(used);
        LimitWatch.LateOn(Seen, Day(day), Calendar).ShouldBe(lateOn is null ? null : Day(lateOn));
    }

    [Theory]
    [InlineData("2019-04-18", null)]
    [InlineData("2019-04-20", "2019-04-19")]
    public void Calendar_DaysWithoutATouch_AreUsedDays(string day, string? lateOn) =>
        LimitWatch.LateOn(View(Seen.Clock with { CalendarDays = true }), Day(day), Calendar).ShouldBe(lateOn is null ? null : Day(lateOn));

    [Fact]
    public void Stopped_NoLimit_PastIt_AreToldApart()
    {
        LimitWatch.LateOn(View(Seen.Clock with { Running = false }), Day("2019-12-31"), Calendar).ShouldBeNull();
        LimitWatch.LateOn(View(Seen.Clock with { Limit = 0 }), Day("2019-12-31"), Calendar).ShouldBeNull();
        LimitWatch.LateOn(View(Seen.Clock with { Used = 6 }), Day("2019-04-15"), Calendar).ShouldBe(Day("2019-04-15"));
        LimitWatch.Used(Seen, Calendar.LastDay.AddDays(400), Calendar).ShouldBe(LimitWatch.Used(Seen, Calendar.LastDay, Calendar));
    }

    private static DateOnly Day(string day) => DateOnly.ParseExact(day, "O");

    private static CaseView View(ClockView clock) =>
        new(
            Number: "YD00000001",
            Town: "yandian",
            Procedure: "permit",
            Kind: "permit",
            Subject: "YD-XK-001",
            ItemVersion: 1,
            Version: 3,
            Step: "review",
            Workplace: "yandian/government-service",
            Officers: ["YD-001"],
            Disposition: Disposition.Open,
            Ending: null,
            Frozen: false,
            Colour: ClockColour.Green,
            Due: null,
            Clock: clock,
            Visits: 1,
            Certificate: null,
            OpenedAt: At,
            ChangedAt: At,
            Party: new Party("P1", "某居民", false),
            Fields: []
        );

    private static DateTimeOffset At => new(2019, 4, 15, 10, 0, 0, TimeSpan.FromHours(8));
}
