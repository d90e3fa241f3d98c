using TownReform.Grains.Rules;
using TownReform.Grains.Rules.Cases;
using TownReform.Tests.Fixtures;
using static TownReform.Tests.Fixtures.Cases;

namespace TownReform.Rules.Tests.Cases;

/// <summary>Limits over the real calendar of spring 2019: 28 April and 5 May are working Sundays, 1 to 4 May is a holiday (B5).</summary>
[ShowsClause("B5")]
public sealed class ClockTests
{
    private static readonly DateOnly Day = PureCase.Day;

    [Theory]
    [InlineData("2019-04-15", ClockColour.Green)]
    [InlineData("2019-04-16", ClockColour.Amber)]
    [InlineData("2019-04-17", ClockColour.Red)]
    [InlineData("2019-04-18", ClockColour.Overdue)]
    [InlineData("2019-04-24", ClockColour.Overdue)]
    [InlineData("2019-04-25", ClockColour.Supervised)]
    public void Read_FiveWorkingDays_TurnsOnTheExactDays(string on, ClockColour colour) =>
        Accepted(new(5, DayUnit.Working), new(20, DayUnit.Working)).Clock(At(on)).Colour.ShouldBe(colour);

    [Theory]
    [InlineData("2019-04-28", ClockColour.Amber)]
    [InlineData("2019-05-07", ClockColour.Red)]
    [InlineData("2019-05-08", ClockColour.Overdue)]
    [InlineData("2019-05-09", ClockColour.Overdue)]
    [InlineData("2019-05-10", ClockColour.Supervised)]
    public void Read_LawsLimitNearThePromise_IsSupervisedOnceItHasPassed(string on, ClockColour colour) =>
        Accepted(new(18, DayUnit.Working), new(20, DayUnit.Working)).Clock(At(on)).Colour.ShouldBe(colour);

    [Theory]
    [InlineData("2019-04-20", ClockColour.Green)]
    [InlineData("2019-04-21", ClockColour.Amber)]
    [InlineData("2019-04-25", ClockColour.Red)]
    [InlineData("2019-04-26", ClockColour.Overdue)]
    [InlineData("2019-05-05", ClockColour.Overdue)]
    [InlineData("2019-05-06", ClockColour.Supervised)]
    public void Read_CalendarDays_CountWeekends(string on, ClockColour colour) =>
        Accepted(new(15, DayUnit.Calendar), new(90, DayUnit.Calendar)).Clock(At(on)).Colour.ShouldBe(colour);

    [Fact]
    public void Read_EachColour_SaysWhenToLookAgain()
    {
        var permit = Accepted(new(5, DayUnit.Working), new(20, DayUnit.Working));
        permit.Clock(Day).NextCheckOn.ShouldBe(At("2019-04-16"));
        permit.Clock(At("2019-04-16")).NextCheckOn.ShouldBe(At("2019-04-16"));
        Turned(permit, ClockColour.Amber, "2019-04-16").NextCheckOn.ShouldBe(At("2019-04-17"));
        Turned(permit, ClockColour.Red, "2019-04-17").NextCheckOn.ShouldBe(At("2019-04-18"));
        Turned(permit, ClockColour.Overdue, "2019-04-18").NextCheckOn.ShouldBe(At("2019-04-25"));
        Turned(permit, ClockColour.Supervised, "2019-04-25").NextCheckOn.ShouldBeNull();
    }

    [Fact]
    public void Act_OnADayThatTurnedTheClock_LeavesTheColourToBeTold()
    {
        var permit = Accepted(new(5, DayUnit.Working), new(20, DayUnit.Working));
        permit
            .Do("recommend", permit.Who("reviewer"), At("2019-04-18"), F("recommendation", "grant"))
            .File.Colour.ShouldBe(ClockColour.Green);
        permit.Clock(At("2019-04-18")).ShouldBe(new ClockReading(ClockColour.Overdue, At("2019-04-17"), At("2019-04-18"), false));
    }

    [Fact]
    public void Stop_ExcludedStep_DoesNotCount()
    {
        var permit = Accepted(new(5, DayUnit.Working), new(20, DayUnit.Working));
        permit.Do("inspect", permit.Who("reviewer"), At("2019-04-12"));
        permit.Used(At("2019-04-17")).ShouldBe(2);
        permit.Do("report", permit.Who("inspector"), At("2019-04-18"), F("finding", "合格"));
        (permit.Used(At("2019-04-18")), permit.Used(At("2019-04-19"))).ShouldBe((2, 3));
        permit.Clock(At("2019-04-18")).Due.ShouldBe(At("2019-04-23"));
    }

    [Theory]
    [InlineData("2019-04-26", ClockColour.Red)]
    [InlineData("2019-04-28", ClockColour.Overdue)]
    public void Read_StepsOwnLimit_RunsWhileTheCasesStops(string on, ClockColour colour)
    {
        var permit = Accepted(new(5, DayUnit.Working), new(20, DayUnit.Working));
        permit.Do("inspect", permit.Who("reviewer"), At("2019-04-12"));
        permit.Clock(At(on)).Colour.ShouldBe(colour);
    }

    [Fact]
    public void Extend_Once_AddsTheLawsDays()
    {
        var permit = AtDecision();
        permit
            .Do("extend", permit.Who("decider"), At("2019-04-17"), F("reason", "疑难"))
            .Clock(At("2019-04-17"))
            .Due.ShouldBe(At("2019-04-30"));
        permit
            .Act("extend", permit.Who("decider"), At("2019-04-18"), F("reason", "疑难"))
            .ShouldBeRefused(RefusalCode.ExtensionUsed)
            .Clause.ShouldBe("B5");
    }

    [Theory]
    [InlineData("2019-05-09", true)]
    [InlineData("2019-05-10", false)]
    public void Extend_AroundTheLawsLastDay_PassesUpToIt(string on, bool passes)
    {
        var permit = AtDecision();
        var refusal = permit.Act("extend", permit.Who("decider"), At(on), F("reason", "疑难")).Refusal;
        (refusal?.Code, refusal?.Clause).ShouldBe(passes ? (null, null) : (RefusalCode.ClockTooLate, "B5"));
    }

    [Theory]
    [InlineData("2019-04-17", false)]
    [InlineData("2019-04-18", true)]
    public void Read_WindowSilentAfterFiveDays_ExpiresIntoAcceptance(string on, bool expired) =>
        Permit().Clock(At(on)).Expired.ShouldBe(expired);

    [Fact]
    public void Silence_CountsFromTheLastReceipt()
    {
        var permit = Permit();
        permit.DoSystem("accept-by-silence", At("2019-04-18")).File.Clock.StartedOn.ShouldBe(Day);
        var corrected = Permit();
        corrected
            .Do("notify", corrected.Who("window"), At("2019-04-11"), F("missing", "图纸"))
            .Do("supply", PureCase.Public(), At("2019-04-25"));
        corrected.DoSystem("accept-by-silence", At("2019-05-06")).File.Clock.StartedOn.ShouldBe(At("2019-04-25"));
    }

    [Fact]
    public void Freeze_RunningClock_StandsStillAndGoesOn()
    {
        var permit = Permit(InFlightRule.Freeze);
        permit.Do("accept", permit.Who("window"), Day);
        permit.Follow(PowerChange.Suspend, At("2019-04-12"));
        permit.Clock(At("2019-06-28")).ShouldBe(ClockReading.None);
        permit.Follow(PowerChange.Grant, At("2019-04-22"));
        permit.Used(At("2019-04-22")).ShouldBe(2);
        permit.Clock(At("2019-04-22")).Due.ShouldBe(At("2019-04-29"));
    }

    [Fact]
    public void Freeze_DuringAnExcludedStep_LeavesTheClockStopped()
    {
        var permit = Permit(InFlightRule.Freeze);
        permit.Do("accept", permit.Who("window"), Day).Do("inspect", permit.Who("reviewer"), Day);
        permit.Follow(PowerChange.Suspend, At("2019-04-12"));
        permit.Follow(PowerChange.Grant, At("2019-04-22"));
        permit.File.Clock.IsRunning.ShouldBeFalse();
        permit.Do("report", permit.Who("inspector"), At("2019-04-24"), F("finding", "合格")).Used(At("2019-04-24")).ShouldBe(0);
    }

    [Theory]
    [InlineData("2019-06-06", false)]
    [InlineData("2019-06-10", true)]
    public void Freeze_WaitingForPapers_StopsTheApplicantsLimitToo(string on, bool expired)
    {
        // 30 working days from 10 April end on 23 May; ten of them were frozen, and 7 June is a holiday.
        var permit = Permit(InFlightRule.Freeze);
        permit.Do("notify", permit.Who("window"), Day, F("missing", "图纸"));
        permit.Follow(PowerChange.Suspend, At("2019-04-12"));
        permit.Follow(PowerChange.Grant, At("2019-04-26"));
        permit.Clock(At(on)).Expired.ShouldBe(expired);
    }

    [Fact]
    public void Read_EndedCase_HasNoLimit()
    {
        var permit = AtDecision();
        permit.Do("refuse", permit.Who("decider"), At("2019-04-30"), F("reason", "不符合条件"));
        permit.Clock(At("2019-12-31")).ShouldBe(ClockReading.None);
        permit.Used(At("2019-12-31")).ShouldBe(15);
    }

    [Fact]
    public void Read_EndedOrFrozenCase_HasNoLimitWhateverItsStep()
    {
        var permit = Permit();
        var (file, overdue) = (permit.File, At("2019-06-03"));
        Read(file, permit.Step, overdue, permit).Expired.ShouldBeTrue();
        Read(file with { Disposition = Disposition.Decided }, permit.Step, overdue, permit).ShouldBe(ClockReading.None);
        Read(file with { FrozenOn = Day }, permit.Step, overdue, permit).ShouldBe(ClockReading.None);
        Read(file, null, overdue, permit).ShouldBe(ClockReading.None);
    }

    // Ten working days more: the promise ends on 21 May, the law's limit on 23 May.
    [Theory]
    [InlineData("2019-05-21", ClockColour.Red)]
    [InlineData("2019-05-23", ClockColour.Overdue)]
    [InlineData("2019-05-24", ClockColour.Supervised)]
    public void Read_ExtendedCase_LengthensTheLawsLimitToo(string on, ClockColour colour)
    {
        var permit = Accepted(new(18, DayUnit.Working), new(20, DayUnit.Working));
        var file = permit.File with { Clock = permit.File.Clock with { ExtendedDays = 10 } };
        Read(file, permit.Step, At(on), permit).Colour.ShouldBe(colour);
    }

    // Overdue for five working days on the very day on which the law's limit ends: that is enough.
    [Theory]
    [InlineData(10, "2019-04-24", ClockColour.Overdue)]
    [InlineData(10, "2019-04-25", ClockColour.Supervised)]
    [InlineData(11, "2019-04-24", ClockColour.Overdue)]
    [InlineData(11, "2019-04-25", ClockColour.Supervised)]
    [InlineData(12, "2019-04-24", ClockColour.Overdue)]
    [InlineData(12, "2019-04-25", ClockColour.Supervised)]
    public void Read_LawsLimitEndsAsSupervisionBegins_IsSupervisedOnTheEarlierDay(int statutory, string on, ClockColour colour) =>
        Accepted(new(5, DayUnit.Working), new(statutory, DayUnit.Working)).Clock(At(on)).Colour.ShouldBe(colour);

    [Theory]
    [InlineData("2019-04-15")]
    [InlineData("2019-04-16")]
    [InlineData("2019-04-17")]
    [InlineData("2019-04-18")]
    [InlineData("2019-04-25")]
    public void Read_CasesLimit_NeverSetsOffAnExpiry(string on) =>
        Accepted(new(5, DayUnit.Working), new(20, DayUnit.Working)).Clock(At(on)).Expired.ShouldBeFalse();

    [Fact]
    public void Worse_OfTwoLimits_TakesTheWorseColourAndTheNearerDays()
    {
        var red = new ClockReading(ClockColour.Red, At("2019-04-17"), At("2019-04-18"), false);
        var green = new ClockReading(ClockColour.Green, At("2019-04-16"), At("2019-04-19"), true);
        var both = new ClockReading(ClockColour.Red, At("2019-04-16"), At("2019-04-18"), true);
        red.Worse(green).ShouldBe(both);
        green.Worse(red).ShouldBe(both);
        red.Worse(ClockReading.None).ShouldBe(red);
        ClockReading.None.Worse(red).ShouldBe(red);
    }

    // Three calendar days from Wednesday end on Saturday.
    [Theory]
    [InlineData(false, "2019-04-13")]
    [InlineData(true, "2019-04-15")]
    public void LastDay_OnARestDay_MovesToTheNextWorkingDayWhereTheLawSaysSo(bool moves, string last)
    {
        var permit = Permit();
        var step = permit.Step with { Limit = LimitRule.Of(new(3, DayUnit.Calendar)), NextWorkingDay = moves };
        ClockRules.LastDay(permit.File, step, permit.Calendar, permit.Law).ShouldBe(At(last));
    }

    [Fact]
    public void Used_ClockOlderThanTheCalendar_IsNotCounted()
    {
        var clock = CaseClock.None with { StartedOn = new DateOnly(2017, 12, 29), Promised = new(5, DayUnit.Working) };
        ClockRules.Used(clock, new DateOnly(2018, 1, 8), RealSeeds.Library.Calendar).ShouldBe(0);
        ClockRules
            .Used(clock with { StartedOn = new DateOnly(2018, 1, 2) }, new DateOnly(2018, 1, 8), RealSeeds.Library.Calendar)
            .ShouldBe(4);
    }

    private static ClockReading Read(CaseFile file, StepRule? step, DateOnly day, PureCase of) =>
        ClockRules.Read(file, step, day, of.Calendar, of.Law);

    private static DateOnly At(string day) => DateOnly.ParseExact(day, "O");

    private static ClockReading Turned(PureCase permit, ClockColour colour, string on)
    {
        permit.Keep(new ClockTurned(colour, Day, null, PureCase.At(At(on))));
        return permit.Clock(At(on));
    }

    private static PureCase Accepted(TimeLimit promised, TimeLimit statutory)
    {
        var permit = PureCase.Of(RealSeeds.Yandian, "permit", RealSeeds.Yandian.Item("permit"));
        permit.Item = permit.Item! with { Promised = promised, Statutory = LimitRule.Of(statutory) };
        permit.Open(PureCase.Public(), Day).ShouldSucceed();
        return permit.Do("accept", permit.Who("window"), Day);
    }

    private static PureCase AtDecision()
    {
        var permit = Accepted(new(5, DayUnit.Working), new(20, DayUnit.Working));
        return permit.Do("recommend", permit.Who("reviewer"), Day, F("recommendation", "grant"));
    }
}
