using TownReform.Grains.Seeds;
using TownReform.Grains.Seeds.Reading;
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
    [InlineData(
        "confirmation: [{procedure: confirmation}]",
        "confirmation: [{procedure: confirmation, share: 0.9}]",
        "routes.confirmation"
    )]
    [InlineData("if: [summary-eligible]}", "if: [fine-zero]}", "routes.penalty.if")]
    [InlineData("share: 0.92", "share: 1.01", "routes.penalty[0].share")]
    [InlineData("  intake: {median: 22", "  intakes: {median: 22", "work")]
    [InlineData("  permit:\n    open:", "  permits:\n    open:", "behaviour", 1)]
    [InlineData("    county-intake: [{act: register}]", "    county-intakes: [{act: register}]", "permit-by-county")]
    [InlineData(
        "{act: decline, share: 0.006, fields: {reason: 不属于本镇",
        "{act: declines, share: 0.006, fields: {reason: 不属于本镇",
        "permit.intake"
    )]
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
    [InlineData("fields: {recommendation: grant}", "fields: {recommendation: grnt}", "permit.recommend.recommendation")]
    [InlineData(
        "if: [recommendation=refuse], fields: {reason: 不符合法定条件}",
        "if: [recommendation=refsue], fields: {reason: 不符合法定条件}",
        "permit.if"
    )]
    [InlineData("fields: {recommendation: grant}", "fields: {reason: 符合}", "permit.recommend")]
    [InlineData(
        "{act: impose, share: 0.015, fields: {fine: $fine-outside}}",
        "{act: impose, share: 0.015, fields: {fine: a lot}}",
        "penalty-general.impose.fine"
    )]
    [InlineData(
        "after_days: {median: 3, sigma: 0.9}, clears",
        "after_days: {median: 3000000000, sigma: 0.9}, clears",
        "behaviour.permit.correction[2].after_days.median"
    )]
    [InlineData(
        "after_days: {median: 3, sigma: 0.9}, clears",
        "after_days: {median: 3, sigma: 3.1}, clears",
        "behaviour.permit.correction[2].after_days.sigma"
    )]
    [InlineData(
        "after_days: {median: 3, sigma: 0.9}, clears",
        "after_days: {median: 0, sigma: 0.9}, clears",
        "behaviour.permit.correction[2].after_days.median"
    )]
    [InlineData("months: {median: 4.5", "months: {median: 40000000", "secondments.months.median")]
    [InlineData("yearly: 14", "yearly: 99999999999999999999999", "secondments.yearly")]
    [InlineData("intake: {median: 22", "intake: {median: 100001", "work.intake.median")]
    [InlineData("weekday: [1.25", "weekday: [79228162514264337593543950335", "weekday[0]")]
    [InlineData("hour: {8: 0.7", "hour: {8: 1001", "hour.8")]
    [InlineData(
        "hour: {8: 0.7, 9: 1.4, 10: 1.3, 11: 0.8, 13: 0.6, 14: 1.2, 15: 1.2, 16: 0.9, 17: 0.4}",
        "hour: {8: 0, 9: 0, 10: 0, 11: 0, 13: 0, 14: 0, 15: 0, 16: 0, 17: 0}",
        "hour"
    )]
    [InlineData("remote_hour: {0: 0.2", "remote_hour: {0: -0.2", "remote_hour.0")]
    [InlineData("block_days: 5", "block_days: 61", "leave.block_days")]
    [InlineData("block_days: 5", "block_days: 99999999999", "leave.block_days")]
    [InlineData("from_days_later: 30", "from_days_later: 3651", "adjustments[0].from_days_later")]
    [InlineData("filing: {days: {median: 2", "filing: {days: {median: 3651", "filing.days.median")]
    public void Load_WrongValue_NamesFileLineAndField(string old, string @new, string field, int linesOn = 0)
    {
        var line = scenario.Replace(old, @new) + linesOn - (linesOn > 0 ? 1 : 0);
        scenario
            .Faults()
            .ShouldContain(
                f =>
                    f.File.EndsWith("small.yaml", StringComparison.Ordinal)
                    && f.Line == line
                    && f.Field.StartsWith(field, StringComparison.Ordinal)
                    && f.Expected.Length > 0,
                string.Join('\n', scenario.Faults())
            );
        scenario.Faults().Where(f => FaultWords.Chinese(f.Expected) is null).ShouldBeEmpty("a fault without Chinese words");
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

    [Theory]
    [InlineData("yearly", "79228162514264337593543950335", "cases a year")]
    [InlineData("yearly", "1000001", "cases a year")]
    [InlineData("yearly", "-3", "cases a year")]
    [InlineData("yearly", "1e5", "cases a year")]
    [InlineData("yearly", "", "cases a year")]
    [InlineData("effort", "0", "factor")]
    [InlineData("effort", "100.1", "factor")]
    [InlineData("organisation_share", "1.01", "share")]
    public void Load_DemandBeyondReason_NamesColumnAndWhatItCounts(string column, string cell, string words)
    {
        var lines = File.ReadAllLines(Path.Combine(Path.GetDirectoryName(scenario.FullPath)!, "demand-yandian.csv"));
        var header = Array.FindIndex(lines, l => l.StartsWith("item,", StringComparison.Ordinal));
        var cells = lines[header + 1].Split(',');
        cells[Array.IndexOf(lines[header].Split(','), column)] = cell;
        scenario.Replace("demand-yandian.csv", lines[header + 1], string.Join(',', cells));
        var fault = scenario.Faults().ShouldHaveSingleItem();
        (fault.Line, fault.Field).ShouldBe((header + 2, column));
        fault.Expected.ShouldContain(words);
        fault.Expected.ShouldNotContain("yuan");
        FaultWords.Chinese(fault.Expected).ShouldNotBeNull();
    }

    [Theory]
    [InlineData("yearly", "0")]
    [InlineData("yearly", "0.5")]
    [InlineData("effort", "0.01")]
    [InlineData("effort", "100")]
    [InlineData("organisation_share", "1")]
    public void Load_DemandAtTheBounds_IsTaken(string column, string cell)
    {
        var lines = File.ReadAllLines(Path.Combine(Path.GetDirectoryName(scenario.FullPath)!, "demand-yandian.csv"));
        var header = Array.FindIndex(lines, l => l.StartsWith("item,", StringComparison.Ordinal));
        var cells = lines[header + 1].Split(',');
        cells[Array.IndexOf(lines[header].Split(','), column)] = cell;
        scenario.Replace("demand-yandian.csv", lines[header + 1], string.Join(',', cells));
        scenario.Load().Towns.Length.ShouldBe(2);
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
        Should
            .Throw<SeedException>(() => ScenarioLoader.Load(ScenarioCopy.Seeds, "second-year"))
            .Faults.ShouldHaveSingleItem()
            .Expected.ShouldContain(ScenarioLoader.Default);

    [Fact]
    public void Load_PathOfNoFile_NamesIt() =>
        Should
            .Throw<SeedException>(() => ScenarioLoader.Load(ScenarioCopy.Seeds, "/no/such/file.yaml"))
            .Faults.ShouldHaveSingleItem()
            .File.ShouldBe("/no/such/file.yaml");

    [Fact]
    public void Load_EveryScenarioOfTheRepository_Succeeds() =>
        ScenarioLoader
            .List(ScenarioCopy.Seeds)
            .Select(code => ScenarioLoader.Load(ScenarioCopy.Seeds, code).Code)
            .ShouldBe(ScenarioLoader.List(ScenarioCopy.Seeds));
}
