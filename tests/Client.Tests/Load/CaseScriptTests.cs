using TownReform.Client.Load;
using TownReform.Grains.Rules.Towns;
using TownReform.Grains.Seeds;
using TownReform.Silo.Tests.Fixtures;

namespace TownReform.Client.Tests.Load;

public sealed class CaseScriptTests
{
    private static readonly SeedLibrary Seeds = SeedLoader.Load(Repository.Seeds);

    [Theory]
    [InlineData("permit", "accept recommend grant deliver")]
    [InlineData("confirmation", "accept confirm deliver")]
    [InlineData("penalty-summary", "warn")]
    public void Of_Procedure_IsTheShortestWayToAGrantingEnd(string procedure, string acts) =>
        string.Join(' ', CaseScript.Of(Seeds.Towns["yandian"], Seeds.Procedures[procedure])!.Acts.Select(a => a.Act)).ShouldBe(acts);

    [Fact]
    public void Fields_WhereTheLawOfTheDayAsksForTwo_NameTheSecondOfficer()
    {
        var script = CaseScript.Of(Seeds.Towns["yandian"], Seeds.Procedures["penalty-summary"])!;
        var warn = script.Acts[^1];
        script.Fields(warn.Needs, new(2026, 3, 2), View("YD-043", "YD-044")).ShouldContain(new Field("with", "YD-044"));
        script.Fields(warn.Needs, new(2019, 6, 3), View("YD-043")).ShouldNotContain(f => f.Name == "with");

        static CaseView View(params string[] officers) =>
            new(
                Number: "YD00000001",
                Town: "yandian",
                Procedure: "penalty-summary",
                Kind: "penalty",
                Subject: "YD-CF-001",
                ItemVersion: 1,
                Version: 1,
                Step: "on-the-spot",
                Workplace: "yandian/enforcement",
                Officers: [.. officers],
                Disposition: Disposition.Open,
                Ending: null,
                Frozen: false,
                Colour: ClockColour.Green,
                Due: null,
                Clock: new ClockView(0, 0, false, false, false),
                Visits: 0,
                Certificate: null,
                OpenedAt: default,
                ChangedAt: default,
                Party: new Party("P", "某", false),
                Fields: []
            );
    }

    // Its way waits for days to pass in public; no load can do that.
    [Theory]
    [InlineData("payment")]
    [InlineData("permit-by-county")]
    [InlineData("secondment")]
    public void Of_ProcedureThatNeedsDaysOrTheCounty_IsNone(string procedure) =>
        CaseScript.Of(Seeds.Towns["yandian"], Seeds.Procedures[procedure]).ShouldBeNull();

    [Fact]
    public void ScriptOf_Shares_AreMetByWholeCases()
    {
        var parts = LoadTermsReading.Mix(Seeds, "permit=70,confirmation=30", [Seeds.Towns["yandian"]]);
        var order = new LoadOrder(
            Schedule: null,
            Concurrency: 1,
            WarmUp: TimeSpan.Zero,
            Duration: TimeSpan.FromSeconds(1),
            Pace: TimeSpan.Zero,
            Approvers: 1,
            Mix: parts
        );
        Enumerable.Range(0, 1000).Count(n => order.ScriptOf(n).Procedure.Code == "permit").ShouldBeInRange(698, 702);
    }
}
