using TownReform.Grains.Seeds;
using TownReform.Grains.Simulation.Scenarios;

namespace TownReform.Grains.Tests.Simulation;

/// <summary>Every fault of a scenario names file, line and what was expected.</summary>
public sealed class ScenarioFaultTests : IDisposable
{
    private readonly ScenarioCopy scenario = new();

    public void Dispose() => scenario.Dispose();

    [Theory]
    [InlineData("from: 2019-04-09", "form: 2019-04-09", "form")]
    [InlineData("from: 2019-04-09", "from: 9 April", "from")]
    [InlineData("until: 2020-04-08", "until: 2019-04-08", "until")]
    [InlineData("from: 2019-04-09", "from: 2017-12-31", "from")]
    [InlineData("until: 2020-04-08", "until: 2028-01-01", "until")]
    [InlineData("assessment: {on: 2019-12-30", "assessment: {on: 2019-04-08", "assessment.on")]
    [InlineData("scenario: small", "scenario: other", "scenario")]
    [InlineData("office_hours: ['08:30-12:00', '13:30-17:30']", "office_hours: ['13:30-17:30', '08:30-12:00']", "office_hours")]
    [InlineData("office_hours: ['08:30-12:00', '13:30-17:30']", "office_hours: ['08:30-12:00', '11:59-17:30']", "office_hours")]
    [InlineData("office_hours: ['08:30-12:00', '13:30-17:30']", "office_hours: ['12:00-12:00']", "office_hours")]
    [InlineData("office_hours: ['08:30-12:00', '13:30-17:30']", "office_hours: ['07:59-12:00']", "office_hours")]
    [InlineData("office_hours: ['08:30-12:00', '13:30-17:30']", "office_hours: ['13:30-24:00']", "office_hours")]
    [InlineData("office_hours: ['08:30-12:00', '13:30-17:30']", "office_hours: []", "office_hours")]
    [InlineData("yandian: demand-yandian.csv", "yantai: demand-yandian.csv", "towns")]
    [InlineData("weekday: [1.25, 1.05, 0.95, 0.95, 0.85, 0.6, 0.6]", "weekday: [1, 1, 1, 1, 1, 1]", "weekday")]
    [InlineData("weekday: [1.25, 1.05, 0.95, 0.95, 0.85, 0.6, 0.6]", "weekday: [1, 1, 1, 1, 1, 1, 1, 1]", "weekday")]
    [InlineData("weekday: [1.25, 1.05, 0.95, 0.95, 0.85, 0.6, 0.6]", "weekday: [0, 0, 0, 0, 0, 1, 1]", "weekday")]
    [InlineData("hour: {8: 0.7", "hour: {24: 0.7", "hour")]
    [InlineData("{procedure: permit-by-county, share: 0.004}", "{procedure: payment, share: 0.004}", "routes.permit")]
    [InlineData("confirmation: [{procedure: confirmation}]", "confirmation: [{procedure: confirmation, share: 0.9}]", "routes.confirmation")]
    [InlineData("if: [summary-eligible]}", "if: [fine-zero]}", "routes.penalty.if")]
    [InlineData("share: 0.92", "share: 1.01", "routes.penalty[0].share")]
    [InlineData("  intake: {median: 22", "  intakes: {median: 22", "work")]
    [InlineData("  permit:\n    open:", "  permits:\n    open:", "behaviour", 1)]
    [InlineData("    county-intake: [{act: register}]", "    county-intakes: [{act: register}]", "permit-by-county")]
    [InlineData("{act: decline, share: 0.006, fields: {reason: 不属于本镇", "{act: declines, share: 0.006, fields: {reason: 不属于本镇", "permit.intake")]
    [InlineData("if: [papers-missing, missing=]", "if: [papers-gone, missing=]", "permit.if")]
    [InlineData("if: [papers-missing, missing=]", "if: [papers-missing, mising=]", "permit.if")]
    [InlineData("if: [not-missing=]", "if: [not-mising=]", "permit.if")]
    [InlineData("fields: {missing: $missing-more}", "fields: {missing: $more}", "missing")]
    [InlineData("fields: {finding: 现场情况与申请材料一致}", "fields: {findings: 现场情况与申请材料一致}", "permit.report")]
    [InlineData("clears: papers-missing}", "clears: papers}", "permit.clears")]
    [InlineData("      - {act: accept}\n    correction:", "      - {act: accept, share: 0.9}\n    correction:", "permit.intake")]
    [InlineData("inspection: [{act: report,", "inspection: [{act: report, once: true,", "permit.inspection")]
    [InlineData("delivery: [{act: deliver}]", "delivery: [{act: none}]", "permit.delivery")]
    [InlineData("open: [{act: open, fields: {agent", "open: [{act: open, share: 0.5, fields: {agent", "permit.open")]
    [InlineData("minor: 0.55", "minor: 0.93", "parties")]
    [InlineData("city-natural-resources]", "city-nature]", "secondments.departments")]
    [InlineData("on: 2019-10-08, town", "on: 2020-04-09, town", "adjustments.on")]
    [InlineData("town: guyun, items", "town: guyan, items", "adjustments.town")]
    [InlineData("items: [GY-CF-053]", "items: [YD-CF-053]", "adjustments.items")]
    [InlineData("change: recall", "change: retract", "adjustments[0].change")]
    public void Load_WrongValue_NamesFileLineAndField(string old, string @new, string field, int linesOn = 0)
    {
        var line = scenario.Replace(old, @new) + linesOn - (linesOn > 0 ? 1 : 0);
        scenario.Faults().ShouldContain(
            f => f.File.EndsWith("small.yaml", StringComparison.Ordinal) && f.Line == line && f.Field.StartsWith(field, StringComparison.Ordinal) && f.Expected.Length > 0,
            string.Join('\n', scenario.Faults()));
    }

    [Theory]
    [InlineData("leave: {block_days: 5, taken: 0.85}\n", "leave")]
    [InlineData("hour: {8: 0.7, 9: 1.4, 10: 1.3, 11: 0.8, 13: 0.6, 14: 1.2, 15: 1.2, 16: 0.9, 17: 0.4}\n", "hour")]
    public void Load_KeyMissing_IsNamed(string gone, string field)
    {
        scenario.Replace(gone, "");
        scenario.Faults().ShouldHaveSingleItem().Field.ShouldBe(field);
    }

    [Theory]
    [InlineData("    county-intake: [{act: register}]\n")]
    [InlineData("    readiness: [{act: grant}]\n    ")]
    public void Load_StepThatNobodyWouldEverDo_IsAFault(string gone)
    {
        scenario.Replace(gone, gone.EndsWith(' ') ? "    " : "");
        scenario.Faults().ShouldHaveSingleItem().Expected.ShouldContain("which no limit ends");
    }

    [Theory]
    [InlineData("demand_scale: 0")]
    [InlineData("demand_scale: 1000.5")]
    [InlineData("pace: 0")]
    public void Load_FactorOutOfRange_IsAFault(string factor)
    {
        scenario.Replace("weekday:", $"{factor}\nweekday:");
        scenario.Faults().ShouldHaveSingleItem().Field.ShouldBe(factor.Split(':')[0]);
    }

    [Theory]
    [InlineData("YD-XK-001,", "YD-XK-999,", "item", 0)]
    [InlineData("YD-XK-001,", "YD-XK-002,", "item", 1)]
    public void Load_DemandOfAnUnknownOrRepeatedItem_NamesFileAndLine(string old, string @new, string field, int linesOn)
    {
        var line = scenario.Replace("demand-yandian.csv", old, @new) + linesOn;
        var fault = scenario.Faults().ShouldHaveSingleItem();
        (fault.File.EndsWith("demand-yandian.csv", StringComparison.Ordinal), fault.Line, fault.Field).ShouldBe((true, line, field));
    }

    [Fact]
    public void Load_DemandFileMissing_IsNamed()
    {
        scenario.Replace("yandian: demand-yandian.csv", "yandian: demand-nowhere.csv");
        scenario.Faults().ShouldHaveSingleItem().File.ShouldEndWith("demand-nowhere.csv");
    }

    [Fact]
    public void Load_SeveralFaults_ShowsThemAll()
    {
        scenario.Replace("minor: 0.55", "minor: 0.93");
        scenario.Replace("items: [GY-CF-053]", "items: [NO-1]");
        scenario.Replace("demand-guyun.csv", "GY-XK-001,", "GY-XK-999,");
        scenario.Faults().Count.ShouldBe(3);
    }

    [Fact]
    public void Load_UnknownCode_ListsTheKnown() =>
        Should.Throw<SeedException>(() => ScenarioLoader.Load(ScenarioCopy.Seeds, "second-year")).Faults.ShouldHaveSingleItem().Expected.ShouldContain(ScenarioLoader.Default);

    [Fact]
    public void Load_PathOfNoFile_NamesIt() =>
        Should.Throw<SeedException>(() => ScenarioLoader.Load(ScenarioCopy.Seeds, "/no/such/file.yaml")).Faults.ShouldHaveSingleItem().File.ShouldBe("/no/such/file.yaml");

    [Fact]
    public void Load_EveryScenarioOfTheRepository_Succeeds() =>
        ScenarioLoader.List(ScenarioCopy.Seeds).Select(code => ScenarioLoader.Load(ScenarioCopy.Seeds, code).Code).ShouldBe(ScenarioLoader.List(ScenarioCopy.Seeds));
}
