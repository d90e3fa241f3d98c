using TownReform.Client.Load;
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
        var order = new LoadOrder(null, 1, TimeSpan.Zero, TimeSpan.FromSeconds(1), TimeSpan.Zero, 1, parts);
        Enumerable.Range(0, 1000).Count(n => order.ScriptOf(n).Procedure.Code == "permit").ShouldBeInRange(698, 702);
    }
}
