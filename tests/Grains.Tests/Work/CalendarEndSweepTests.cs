using TownReform.Grains.Rules;
using TownReform.Grains.Rules.Towns;
using TownReform.Grains.Tests.Simulation;
using TownReform.Silo.Hosting;
using TownReform.Tests.Fixtures;

namespace TownReform.Grains.Tests.Work;

/// <summary>At the end of the working-day calendar a town goes on with what can be counted, and tells what can't (B5).</summary>
[ShowsClause("B5")]
public sealed class CalendarEndSweepTests
{
    private const string World = "t1";
    private const string Item = "YD-XK-001";

    // Ends on 2019-12-31.
    private static readonly SeedLibrary Seeds = ScenarioCopy.Seeds with
    {
        Calendar = new WorkCalendar(2018, 2019, new Dictionary<DateOnly, bool>()),
    };

    [Fact]
    public async Task Sweep_OneCaseWhoseLimitPassesTheCalendar_IsReportedAndTheOtherGoesOn()
    {
        await using var silo = await EmbeddedSilo.StartAsync(Seeds, cancellation: TestContext.Current.CancellationToken);
        (await new TownFounding(silo.Grains, Seeds).FoundAllAsync(World)).ShouldBeNull();
        var early = await OpenAsync(silo, 1, At(11, 25));
        var late = await OpenAsync(silo, 2, At(12, 16));
        early.Workplace.ShouldBe(late.Workplace);
        var bureau = silo.Grains.GetGrain<IBureauInside>($"{World}/{late.Workplace}");

        var swept = await bureau.SweepAsync(At(12, 24));
        swept.Checked.Order().ShouldBe([early.Number, late.Number]);
        swept.Unclocked.ShouldBe([late.Number]);
        (await ReadAsync(silo, early)).Step.ShouldBe("review");
        (await ReadAsync(silo, late)).Step.ShouldBe("intake");

        // Days after the calendar: limits that ended within it are still told, nothing is done, and nothing falls over.
        (await bureau.SweepAsync(At(12, 31).AddDays(3))).Unclocked.ShouldBe([late.Number]);
        (await ReadAsync(silo, early)).Colour.ShouldBeOneOf(ClockColour.Overdue, ClockColour.Supervised);
        (await ReadAsync(silo, late)).Version.ShouldBe(late.Version);
        (await OpenOutcomeAsync(silo, 3, At(12, 31).AddDays(3))).Refusal!.Code.ShouldBe(RefusalCode.OutsideCalendar);
    }

    private static async Task<CaseView> OpenAsync(EmbeddedSilo silo, int number, DateTimeOffset at) =>
        (await OpenOutcomeAsync(silo, number, at)).Value.ShouldNotBeNull();

    private static Task<Outcome<CaseView>> OpenOutcomeAsync(EmbeddedSilo silo, int number, DateTimeOffset at)
    {
        var stamp = new Stamp(new Guid(number, 0, 0, new byte[8]), new Actor("citizen", Actor.Public), at);
        return silo
            .Grains.GetGrain<ICaseInside>(Address.Case(World, $"YD0000000{number}"))
            .OpenAsync(
                new OpenCase(
                    Stamp: stamp,
                    Town: "yandian",
                    Procedure: "permit",
                    Subject: Item,
                    Party: new Party("citizen", "张三", false),
                    Green: false,
                    Fields: []
                )
            );
    }

    private static async Task<CaseView> ReadAsync(EmbeddedSilo silo, CaseView view) =>
        (await silo.Grains.GetGrain<ICaseInside>(Address.Case(World, view.Number)).ReadAsync()).Value.ShouldNotBeNull();

    private static DateTimeOffset At(int month, int day) => new(2019, month, day, 9, 0, 0, TimeSpan.FromHours(8));
}
