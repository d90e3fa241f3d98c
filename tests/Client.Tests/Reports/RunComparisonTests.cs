using TownReform.Client.Reports;
using TownReform.Grains.Simulation.Results;
using TownReform.Grains.Tests.Simulation.Results;

namespace TownReform.Client.Tests.Reports;

public sealed class RunComparisonTests
{
    [Fact]
    public void Of_TheSameRun_DiffersInNothing()
    {
        var rows = Compared(FakeSummary.Of("base", 1, 80), FakeSummary.Of("base", 1, 80)).Groups.SelectMany(g => g.Rows).ToArray();

        rows.ShouldNotBeEmpty();
        rows.ShouldAllBe(r => r.Difference == 0 && r.Better == null);
    }

    [Fact]
    public void Of_TwoRuns_CoversTownsAndProcedures() =>
        Compared(FakeSummary.Of("a", 1, 80), FakeSummary.Of("b", 1, 160)).Groups.Select(g => (g.Town, g.Procedure))
            .ShouldBe([("guyun", null), ("guyun", "penalty"), ("guyun", "permit"), ("yandian", null), ("yandian", "penalty"), ("yandian", "permit")]);

    [Fact]
    public void Of_TwiceTheCases_ShowsDifferenceAndRatio()
    {
        var opened = Compared(FakeSummary.Of("a", 1, 80), FakeSummary.Of("b", 1, 160)).Groups[0].Rows[0];

        (opened.Measure, opened.A, opened.B, opened.Difference, opened.Ratio).ShouldBe((Measure.Opened, 80, 160, 80, 2));
    }

    [Fact]
    public void Of_ProcedureInOneRunOnly_LeavesTheOtherUnknown()
    {
        var a = FakeSummary.Of("a", 1, 80);
        var without = a with { Pooled = a.Pooled with { Procedures = [.. a.Pooled.Procedures.Where(p => p.Procedure != "permit")] } };
        var permit = Compared(without, a).Groups.First(g => g.Procedure == "permit").Rows[0];

        permit.A.ShouldBeNull();
        permit.B.ShouldNotBeNull();
        (permit.Difference, permit.Ratio).ShouldBe((null, null));
    }

    [Theory]
    [InlineData(Measure.OnTimeShare, 0.8, 0.9, true)]
    [InlineData(Measure.OnTimeShare, 0.9, 0.8, false)]
    [InlineData(Measure.P90Days, 9.0, 8.0, true)]
    [InlineData(Measure.Backlog, 8.0, 9.0, false)]
    [InlineData(Measure.Opened, 8.0, 9.0, null)]
    public void Better_OfAMeasure_IsWhatServesPeople(Measure measure, double a, double b, bool? better) =>
        new ComparisonRow(measure, a, b).Better.ShouldBe(better);

    [Fact]
    public void Ratio_OfNothing_IsUnknown() => new ComparisonRow(Measure.Backlog, 0, 5).Ratio.ShouldBeNull();

    private static RunComparison Compared(RunSummary a, RunSummary b) => RunComparison.Of(a, b);
}
