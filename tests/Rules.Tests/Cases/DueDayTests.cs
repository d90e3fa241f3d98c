using System.Collections.Immutable;
using TownReform.Grains.Rules;
using TownReform.Grains.Rules.Cases;
using TownReform.Tests.Fixtures;

namespace TownReform.Rules.Tests.Cases;

/// <summary>What a case tells of a due day that moved with other seeds (B5).</summary>
[ShowsClause("B5")]
public sealed class DueDayTests
{
    // A permit accepted on 10 April, promised within five working days: by 17 April.
    private static readonly PureCase Case = AcceptedPermit();
    private static readonly DateOnly Due = new(2019, 4, 17);

    [Theory]
    [InlineData("2019-04-12", false, "2019-04-11,2019-04-17")]
    [InlineData("2019-04-08", false, "2019-04-09,2019-04-10,2019-04-11,2019-04-17")]
    [InlineData("2019-04-12", true, "2019-04-17")]
    public void FollowDueDay_DaysThatMoved_CountFromTheRunningLimitOrElseTheStep(string stepOn, bool stopped, string days)
    {
        var file = Case.File with { StepOn = Day(stepOn) };
        file = stopped ? file with { Clock = file.Clock with { StoppedOn = file.StepOn } } : file;
        var moved = Follow(file, Due, "2019-04-08", "2019-04-09", "2019-04-10", "2019-04-11", "2019-04-17", "2019-04-18");
        (moved.From, moved.To).ShouldBe((Due, stopped ? null : Due));
        Told(moved).ShouldBe(days);
    }

    [Theory]
    [InlineData("2019-04-16", "2019-04-16,2019-04-17")]
    [InlineData("2019-04-17", "2019-04-16,2019-04-17")]
    [InlineData("2019-04-18", "2019-04-16,2019-04-17,2019-04-18")]
    [InlineData(null, "2019-04-16,2019-04-17")]
    public void FollowDueDay_DaysThatMoved_CountToTheLaterOfBothDueDays(string? before, string days)
    {
        var moved = Follow(Case.File, before is null ? null : Day(before), "2019-04-16", "2019-04-17", "2019-04-18", "2019-04-19");
        Told(moved).ShouldBe(days);
    }

    [Fact]
    public void FollowDueDay_NoDueDayBeforeOrAfter_TellsAllDaysAndAtMostTen()
    {
        var stopped = Case.File with { Clock = Case.File.Clock with { StoppedOn = Case.File.StepOn } };
        var days = Enumerable.Range(1, 12).Select(n => $"{Case.File.StepOn.AddDays(n):O}").ToArray();
        Told(Follow(stopped, null, days[..9])).ShouldBe(string.Join(',', days[..9]));
        Told(Follow(stopped, null, days[..10])).ShouldBe(string.Join(',', days[..10]));
        Told(Follow(stopped, null, days)).ShouldBe(string.Join(',', days[..10]));
    }

    // On the day of acceptance the limit is green.
    [Theory]
    [InlineData(ClockColour.Green, ClockColour.Green)]
    [InlineData(ClockColour.Red, ClockColour.Green)]
    public void FollowDueDay_Colour_IsNeverWorseThanBefore(ClockColour before, ClockColour after) =>
        Follow(Case.File with { Colour = before }, Due).Colour.ShouldBe(after);

    [Fact]
    public void FollowDueDay_WorseColour_IsLeftToBeTold() =>
        Follow(Case.File with { Colour = ClockColour.Green }, Due, on: Due).Colour.ShouldBe(ClockColour.Green);

    private static DueDayMoved Follow(CaseFile file, DateOnly? due, params string[] days) => Follow(file, due, PureCase.Day, days);

    private static DueDayMoved Follow(CaseFile file, DateOnly? due, DateOnly on, params string[] days)
    {
        ImmutableArray<MovedDay> moved = [.. days.Select(day => new MovedDay(Day(day), false))];
        return DueDayRules.Follow(
            file,
            new FollowDueDay(PureCase.At(on), due, null, "calendar", moved),
            PureCase.At(on),
            Case.Facts(on, Actor.System, [])
        );
    }

    private static string Told(DueDayMoved moved) => string.Join(',', moved.Days.Select(day => $"{day.Day:O}"));

    private static DateOnly Day(string day) => DateOnly.ParseExact(day, "O");

    private static PureCase AcceptedPermit()
    {
        var permit = PureCase.Of(RealSeeds.Yandian, "permit", RealSeeds.Yandian.Item("permit"));
        permit.Item = permit.Item! with { Promised = new(5, DayUnit.Working) };
        permit.Open(PureCase.Public(), PureCase.Day).ShouldSucceed();
        return permit.Do("accept", permit.Who("window"), PureCase.Day);
    }
}
