using TownReform.Grains.Rules;
using TownReform.Tests.Fixtures;

namespace TownReform.Rules.Tests;

public sealed class WorkCalendarTests
{
    private static readonly WorkCalendar China = Read(Path.Combine(SourceFolder.Path, "seeds", "calendar", "china.csv"));

    [Theory]
    [InlineData(2018, 250)]
    [InlineData(2019, 250)]
    [InlineData(2020, 249)]
    [InlineData(2021, 250)]
    [InlineData(2022, 249)]
    [InlineData(2023, 249)]
    [InlineData(2024, 251)]
    [InlineData(2025, 248)]
    [InlineData(2026, 248)]
    [InlineData(2027, 254)] // provisional: statutory holidays only
    public void Year_Counted_HasItsWorkingDays(int year, int days) =>
        Enumerable
            .Range(new DateOnly(year, 1, 1).DayNumber, DateTime.IsLeapYear(year) ? 366 : 365)
            .Count(day => China.IsWorkingDay(DateOnly.FromDayNumber(day)))
            .ShouldBe(days);

    [Theory]
    [InlineData("2020-01-19", true)] // Sunday, make-up day
    [InlineData("2020-01-23", true)]
    [InlineData("2020-01-24", false)] // eve of the Spring Festival
    [InlineData("2020-01-31", false)] // Friday, prolonged by notice
    [InlineData("2020-02-02", false)]
    [InlineData("2020-02-03", true)]
    [InlineData("2019-02-03", true)] // Sunday, make-up day
    [InlineData("2019-02-04", false)]
    [InlineData("2019-02-08", false)]
    [InlineData("2019-02-11", true)]
    [InlineData("2019-04-28", true)] // Sunday, make-up day
    [InlineData("2019-05-01", false)]
    [InlineData("2019-05-05", true)] // Sunday, make-up day
    [InlineData("2019-04-13", false)] // Saturday
    [InlineData("2019-04-12", true)]
    public void Day_AroundFestivals_WorksOrDoesNot(string day, bool works) => China.IsWorkingDay(Day(day)).ShouldBe(works);

    [Theory]
    [InlineData("2019-04-09", 1, "2019-04-10")]
    [InlineData("2019-04-12", 1, "2019-04-15")] // over a weekend
    [InlineData("2019-04-13", 1, "2019-04-15")] // from a Saturday
    [InlineData("2019-04-13", 0, "2019-04-15")]
    [InlineData("2019-04-12", 0, "2019-04-12")]
    [InlineData("2019-04-30", 1, "2019-05-05")] // over Labour Day to a Sunday that works
    [InlineData("2020-01-23", 1, "2020-02-03")] // over the prolonged Spring Festival
    [InlineData("2020-01-20", 20, "2020-02-25")]
    [InlineData("2019-04-09", 20, "2019-05-08")]
    public void AddWorkingDays_FromADay_LandsOnTheCountedDay(string from, int count, string to) =>
        China.AddWorkingDays(Day(from), count).ShouldBe(Day(to));

    [Theory]
    [InlineData("2019-04-09", "2019-04-09", 0)]
    [InlineData("2019-04-09", "2019-04-08", 0)]
    [InlineData("2019-04-12", "2019-04-14", 0)]
    [InlineData("2019-04-12", "2019-04-15", 1)]
    [InlineData("2020-01-23", "2020-02-03", 1)]
    public void WorkingDaysBetween_TwoDays_CountsTheLastNotTheFirst(string from, string to, int days) =>
        China.WorkingDaysBetween(Day(from), Day(to)).ShouldBe(days);

    [Fact]
    public void WorkingDaysBetween_AfterAdding_GivesBackTheCount()
    {
        for (var count = 1; count <= 260; count++)
        {
            China.WorkingDaysBetween(Day("2019-09-29"), China.AddWorkingDays(Day("2019-09-29"), count)).ShouldBe(count);
        }
    }

    [Fact]
    public void LastDayOf_EachUnit_CountsItsOwnDays()
    {
        China.LastDayOf(new(5, DayUnit.Working), Day("2019-04-12")).ShouldBe(Day("2019-04-19"));
        China.LastDayOf(new(5, DayUnit.Working), Day("2019-04-12"), stoppedDays: 2).ShouldBe(Day("2019-04-23"));
        China.LastDayOf(new(90, DayUnit.Calendar), Day("2019-04-12")).ShouldBe(Day("2019-07-11"));
        China.LastDayOf(new(90, DayUnit.Calendar), Day("2019-04-12"), stoppedDays: 1).ShouldBe(Day("2019-07-12"));
    }

    [Theory]
    [InlineData("2017-12-31")]
    [InlineData("2028-01-01")]
    public void Day_OutsideTheCalendar_IsAnErrorNotAGuess(string day) =>
        Should.Throw<ArgumentOutOfRangeException>(() => China.IsWorkingDay(Day(day)));

    [Theory]
    [InlineData("2018-01-01", false)]
    [InlineData("2026-12-31", true)]
    [InlineData("2027-01-01", false)]
    [InlineData("2027-12-31", true)]
    public void Day_AtTheEdgesOfTheCalendar_IsKnown(string day, bool works) => China.IsWorkingDay(Day(day)).ShouldBe(works);

    [Fact]
    public void AddWorkingDays_PastTheLastYear_IsAnErrorNotAGuess() =>
        Should.Throw<ArgumentOutOfRangeException>(() => China.AddWorkingDays(Day("2027-12-31"), 1));

    [Fact]
    public void Calendar_AgainstFactsOfOthers_AgreesOnEveryDay()
    {
        var facts = Path.Combine(SourceFolder.Path, "..", "shared", "data", "cn_workdays", "cn_holidays_2018_2026.csv");
        Assert.SkipUnless(File.Exists(facts), "The facts lie beside the repository, not in it.");
        var theirs = Read(facts);
        for (var day = China.FirstDay; day <= Day("2026-12-31"); day = day.AddDays(1))
        {
            China.IsWorkingDay(day).ShouldBe(theirs.IsWorkingDay(day), $"{day:O}");
        }
    }

    private static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd");

    private static WorkCalendar Read(string path) =>
        new(
            2018,
            2027,
            File.ReadLines(path)
                .Where(line => char.IsAsciiDigit(line.FirstOrDefault()))
                .Select(line => line.Split(','))
                .ToDictionary(cells => Day(cells[0]), cells => cells[1] == "workday")
        );
}
