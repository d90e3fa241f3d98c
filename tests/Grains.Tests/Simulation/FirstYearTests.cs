using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Simulation.Scenarios;
using TownReform.Tests.Fixtures;

namespace TownReform.Grains.Tests.Simulation;

/// <summary>The default scenario, run once as it stands: everything that it promises happens.</summary>
[ShowsClause("A3", "A7", "B2", "B6", "C3", "C5", "E1", "E7")]
public sealed class FirstYearTests
{
    [Fact]
    public async Task Run_DefaultScenario_HasEveryPhenomenonOfTheReformsFirstYear()
    {
        var told = (await WrittenRun.OfAsync(ScenarioLoader.Default, seed: 4))[1];
        told.Breaches.ShouldBeEmpty();
        told.Cases.Count.ShouldBeInRange(14_000, 16_500);
        told.Refusals.Select(r => r.Refusal.Clause)
            .Distinct()
            .Order(StringComparer.Ordinal)
            .ShouldBe(["A3", "A7", "B2", "B6", "C2", "C3", "C4", "C5", "C6", "E1", "E2", "E3", "E7", "E9"]);
        told.Secondments.Select(s => (s.Approved, s.Refusal is null))
            .Distinct()
            .Order()
            .ShouldBe([(false, false), (false, true), (true, true)]);
        Activities(told);
        Ends(told);
        Assessment(told);
    }

    private static void Activities(WrittenRun.Told told)
    {
        string[] promised =
        [
            "notify",
            "supply",
            "request-hearing",
            "report-hearing",
            "state",
            "fall-due",
            "enforce",
            "pay",
            "pay-on-the-spot",
            "hand-in",
            "collect",
            "handed-over",
            "clock-amber",
            "clock-red",
            "clock-overdue",
            "hand-back",
            "lapse",
            "ask-extension",
            "return",
            "warn",
            "impose",
            "transfer",
            "certificate-numbered",
            "grant",
            "refuse",
            "withdraw",
            "inspect",
            "appear",
            "send-back",
            "refused",
        ];
        promised.Except(told.Events.Select(e => e.Activity)).ShouldBeEmpty();
    }

    private static void Ends(WrittenRun.Told told)
    {
        Enum.GetValues<Disposition>().Except(told.Cases.Select(c => c.Disposition)).ShouldBeEmpty();
        told.Cases.ShouldContain(c => c.Fine > 0);
        told.Cases.ShouldContain(c => c.Green);
        told.Cases.ShouldContain(c => c.Organisation);
        told.Cases.ShouldContain(c => c.OnTime == false);
        told.Cases.Where(c => c.Visits == 0).ShouldNotBeEmpty();

        // Matters of no item and no person are not of the default year.
        told.Cases.Select(c => c.Procedure)
            .Distinct()
            .ShouldBe(ScenarioCopy.Seeds.Procedures.Values.Where(p => p.Subject != Subject.Nothing).Select(p => p.Code), ignoreOrder: true);
    }

    private static void Assessment(WrittenRun.Told told)
    {
        var groups = told.Assessments.SelectMany(a => a.Groups).ToArray();
        told.Assessments.Select(a => a.Town).Order(StringComparer.Ordinal).ShouldBe(["guyun", "yandian"]);
        groups.ShouldAllBe(g => g.Excellent <= g.ExcellentCap);
        groups.ShouldContain(g => g.Excellent == g.ExcellentCap);
    }
}
