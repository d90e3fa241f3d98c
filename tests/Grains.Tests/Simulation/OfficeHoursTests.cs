using TownReform.Grains.Simulation.Scenarios;

namespace TownReform.Grains.Tests.Simulation;

/// <summary>Work goes on in office hours of working days only.</summary>
public sealed class OfficeHoursTests
{
    private static readonly OfficeHours Hours = new([(8 * 60 + 30, 12 * 60), (13 * 60 + 30, 17 * 60 + 30)]);

    [Theory]
    [InlineData("2019-04-10T09:00", 30, "2019-04-10T09:30")]
    [InlineData("2019-04-10T11:00", 59, "2019-04-10T11:59")]
    [InlineData("2019-04-10T11:00", 60, "2019-04-10T12:00")] // done as the span ends
    [InlineData("2019-04-10T11:00", 61, "2019-04-10T13:31")] // over lunch
    [InlineData("2019-04-10T12:30", 10, "2019-04-10T13:40")] // begun at lunch
    [InlineData("2019-04-10T07:00", 10, "2019-04-10T08:40")] // begun before the office opens
    [InlineData("2019-04-10T17:20", 10, "2019-04-10T17:30")]
    [InlineData("2019-04-10T17:20", 11, "2019-04-11T08:31")] // overnight
    [InlineData("2019-04-10T08:30", 450, "2019-04-10T17:30")] // a whole day
    [InlineData("2019-04-10T08:30", 451, "2019-04-11T08:31")]
    [InlineData("2019-04-12T17:30", 1, "2019-04-15T08:31")] // over a weekend
    [InlineData("2019-04-13T10:00", 1, "2019-04-15T08:31")] // on a Saturday
    [InlineData("2019-04-30T17:30", 1, "2019-05-05T08:31")] // over Labour Day to a Sunday that works
    public void Add_Minutes_EndsInOfficeHours(string start, double minutes, string end) =>
        Hours.Add(Local(start), minutes, ScenarioCopy.Seeds.Calendar).ShouldBe(Local(end));

    [Fact]
    public void Add_PastTheCalendar_EndsAfterEveryRun()
    {
        var last = ScenarioCopy.Seeds.Calendar.LastDay.ToDateTime(new TimeOnly(17, 0));
        Hours.Add(last, 31, ScenarioCopy.Seeds.Calendar).ShouldBeGreaterThanOrEqualTo(last.Date.AddDays(1));
    }

    [Theory]
    [InlineData("08:00", "08:30", 0)]
    [InlineData("08:00", "08:31", 1)]
    [InlineData("11:30", "14:00", 60)]
    [InlineData("12:00", "13:30", 0)]
    [InlineData("17:29", "23:59", 1)]
    [InlineData("00:00", "23:59", 450)]
    public void Between_TwoMomentsOfADay_CountsOfficeMinutes(string from, string until, double minutes) =>
        Hours.Between(Local($"2019-04-10T{from}"), Local($"2019-04-10T{until}")).ShouldBe(minutes);

    [Theory]
    [InlineData("08:30-12:00", true)]
    [InlineData("12:00-12:00", false)]
    [InlineData("12:01-12:00", false)]
    [InlineData("08:30-24:00", false)]
    [InlineData("08:60-12:00", false)]
    [InlineData("08:30", false)]
    public void Parse_Span_TakesOnlyRisingTimes(string text, bool known) => OfficeHours.TryParse(text, out _).ShouldBe(known);

    private static DateTime Local(string text) =>
        DateTime.ParseExact(text, "yyyy-MM-ddTHH:mm", System.Globalization.CultureInfo.InvariantCulture);
}
