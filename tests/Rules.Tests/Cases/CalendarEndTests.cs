using TownReform.Grains.Rules;
using TownReform.Grains.Rules.Cases;
using TownReform.Tests.Fixtures;
using static TownReform.Tests.Fixtures.Cases;

namespace TownReform.Rules.Tests.Cases;

/// <summary>Limits that run past the working-day calendar are refused, never guessed and never a fault (B5).</summary>
[ShowsClause("B5")]
public sealed class CalendarEndTests
{
    // Ends on Tuesday 2019-12-31; every day from Monday to Friday works.
    private static readonly WorkCalendar Short = new(2019, 2019, new Dictionary<DateOnly, bool>());
    private static readonly DateOnly LastDay = new(2019, 12, 31);

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void Act_DayAroundTheCalendarsEnd_IsDoneOrRefused(int daysAfter, bool done)
    {
        var permit = Permit();
        permit.Calendar = Short;
        var outcome = permit.Act("decline", permit.Who("window"), LastDay.AddDays(daysAfter), F("reason", "x"));
        (outcome.Refusal?.Code).ShouldBe(done ? null : RefusalCode.OutsideCalendar);
    }

    [Fact]
    public void Open_FirstLimitPastTheCalendar_IsRefused()
    {
        var permit = PureCase.Of(RealSeeds.Yandian, "permit", RealSeeds.Yandian.Item("permit"));
        permit.Calendar = Short;
        var refusal = permit.Open(PureCase.Public(), LastDay).Refusal.ShouldNotBeNull();
        (refusal.Code, refusal.Clause).ShouldBe((RefusalCode.OutsideCalendar, "B5"));
        refusal.Facts.ShouldContain(new Fact("calendar-ends", "2019-12-31"));
    }

    [Fact]
    public void Act_ClockThatWouldRunPastTheCalendar_IsRefusedAndChangesNothing()
    {
        var permit = Permit();
        permit.Calendar = new WorkCalendar(2019, 2019, RestFrom(PureCase.Day.AddDays(7)));
        var before = permit.File;
        permit.Act("accept", permit.Who("window"), PureCase.Day).Refusal!.Code.ShouldBe(RefusalCode.OutsideCalendar);
        permit.File.ShouldBe(before);
        permit.Calendar = RealSeeds.Library.Calendar;
        permit.Do("accept", permit.Who("window"), PureCase.Day);
    }

    [Fact]
    public void Look_LimitPastTheCalendar_IsUnknownAndLookedAtTheNextDay()
    {
        var permit = Permit();
        permit.Calendar = new WorkCalendar(2019, 2019, RestFrom(PureCase.Day.AddDays(3)));
        var look = ClockRules.Look(permit.File, permit.Step, PureCase.Day, permit.Calendar, RealSeeds.Library.Law);
        (look.Unknown, look.NextCheckOn, look.Due, look.Expired).ShouldBe((true, PureCase.Day.AddDays(1), null, false));
    }

    [Fact]
    public void Used_DayAfterTheCalendar_CountsToItsEnd()
    {
        var clock = CaseClock.None with
        {
            StartedOn = new DateOnly(2019, 12, 27),
            Promised = new Grains.Rules.TimeLimit(5, Grains.Rules.DayUnit.Working),
        };
        ClockRules.Used(clock, LastDay, Short).ShouldBe(2);
        ClockRules.Used(clock, LastDay.AddDays(9), Short).ShouldBe(2);
    }

    // A calendar with few working days left is as short as one that ends.
    private static Dictionary<DateOnly, bool> RestFrom(DateOnly day) =>
        Enumerable.Range(day.DayNumber, LastDay.DayNumber - day.DayNumber + 1).ToDictionary(DateOnly.FromDayNumber, _ => false);
}
