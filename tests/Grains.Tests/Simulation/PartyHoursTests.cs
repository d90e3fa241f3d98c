using TownReform.Grains.Simulation;
using TownReform.Grains.Simulation.Scenarios;

namespace TownReform.Grains.Tests.Simulation;

/// <summary>Who must come to a counter comes while it is open; what is done from elsewhere follows its own hours.</summary>
public sealed class PartyHoursTests
{
    private static readonly Scenario Year = ScenarioLoader.Load(ScenarioCopy.Seeds, ScenarioLoader.Default);
    private static readonly PartyHours Hours = new(Year, ScenarioCopy.Seeds.Calendar);
    private static readonly (string, string) Window = ("yandian", "government-service");

    [Theory]
    [InlineData("2019-04-10T08:30", true)]
    [InlineData("2019-04-10T11:59", true)]
    [InlineData("2019-04-10T12:00", false)]
    [InlineData("2019-04-10T17:29", true)]
    [InlineData("2019-04-10T17:30", false)]
    [InlineData("2019-04-10T08:29", false)]
    [InlineData("2019-04-13T10:00", false)]
    [InlineData("2019-04-28T10:00", true)]
    [InlineData("2019-05-01T10:00", false)]
    public void AtCounter_WantedMoment_IsKeptOnlyWhileOpen(string wanted, bool kept)
    {
        var at = Hours.AtCounter(Local(wanted), Local("2019-04-09T09:00"), 0.5, Window);
        (at == Local(wanted)).ShouldBe(kept);
        IsOpen(at).ShouldBeTrue($"{at:O}");
        at.Date.ShouldBeGreaterThanOrEqualTo(Local(wanted).Date);
    }

    [Theory]
    [InlineData(0.0000001)]
    [InlineData(0.5)]
    [InlineData(0.9999999)]
    public void AtCounter_OfToday_IsNeverEarlierThanNow(double draw)
    {
        var now = Local("2019-04-10T11:58");
        var at = Hours.AtCounter(now.AddMinutes(30), now, draw, Window);
        at.ShouldBeGreaterThan(now);
        IsOpen(at).ShouldBeTrue($"{at:O}");
    }

    [Fact]
    public void AtCounter_AfterClosing_IsTheNextWorkingDay() =>
        DateOnly
            .FromDateTime(Hours.AtCounter(Local("2019-04-12T18:00"), Local("2019-04-12T17:50"), 0.5, Window))
            .ShouldBe(new DateOnly(2019, 4, 15));

    [Fact]
    public void Remote_OverManyDraws_FollowsTheHours()
    {
        var hours = Enumerable
            .Range(0, 2000)
            .Select(n => Hours.Remote(Local("2019-04-13T03:00"), Local("2019-04-10T09:00"), (n + 0.5) / 2000))
            .ToArray();
        hours.ShouldAllBe(at => at.Date == new DateTime(2019, 4, 13));
        hours.Count(at => at.Hour is >= 9 and < 18).ShouldBeInRange(1200, 1400);
        hours.Count(at => at.Hour < 6).ShouldBeInRange(15, 25);
        Hours.Remote(Local("2019-04-10T03:14"), Local("2019-04-10T03:00"), 0.5).ShouldBe(Local("2019-04-10T03:14"));
    }

    [Fact]
    public async Task Run_ActsThatNeedAnOffice_HappenWhileItIsOpen()
    {
        using var scenario = ScenarioCopy.Small(until: "2019-05-31", demand: 0.2);
        var told = (await WrittenRun.OfAsync(scenario.FullPath, routes: new Field("permit", "permit-by-county")))[1];
        var visits = told.Events.Where(e => e.Activity is "appear" or "supply" or "open" or "deliver").ToArray();
        visits.Count(e => e.Activity == "appear").ShouldBeGreaterThan(20);
        visits.Count(e => e.Activity == "supply").ShouldBeGreaterThan(20);
        visits.ShouldAllBe(e => IsOpen(e.At.DateTime) || e.Activity == "deliver" && IsOpen(e.At.DateTime.AddSeconds(-1)));
        var payments = told.Events.Where(e => e.Activity == "pay").ToArray();
        payments.ShouldContain(e => !IsOpen(e.At.DateTime));
        ((double)payments.Count(e => e.At.Hour < 6) / payments.Length).ShouldBeLessThan(0.05);
    }

    private static bool IsOpen(DateTime at) =>
        ScenarioCopy.Seeds.Calendar.IsWorkingDay(DateOnly.FromDateTime(at))
        && Year.Hours.Spans.Any(s => s.Open <= at.TimeOfDay.TotalMinutes && at.TimeOfDay.TotalMinutes < s.Close);

    private static DateTime Local(string text) =>
        DateTime.ParseExact(text, "yyyy-MM-ddTHH:mm", System.Globalization.CultureInfo.InvariantCulture);
}
