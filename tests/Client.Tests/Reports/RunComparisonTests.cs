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
        Compared(FakeSummary.Of("a", 1, 80), FakeSummary.Of("b", 1, 160))
            .Groups.Select(g => (g.Town, g.Procedure))
            .ShouldBe([
                ("guyun", null),
                ("guyun", "penalty"),
                ("guyun", "permit"),
                ("yandian", null),
                ("yandian", "penalty"),
                ("yandian", "permit"),
            ]);

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
    public void Differences_OfTheSameRun_AreNone()
    {
        var same = Compared(FakeSummary.Of("base", 2, 20), FakeSummary.Of("base", 2, 20));
        (same.Differences.IsEmpty, same.Unpaired.IsEmpty).ShouldBe((true, true));
    }

    [Theory]
    [InlineData("seed")]
    [InlineData("replications")]
    [InlineData("period")]
    [InlineData("towns")]
    public void Unpaired_OfWhatMustAgree_IsTold(string path)
    {
        var a = FakeSummary.Heading("base", 2);
        var b = path switch
        {
            "seed" => a with { Seed = 8 },
            "replications" => a with { Replications = 3 },
            "period" => a with { Until = a.Until.AddDays(-1) },
            _ => a with { Towns = ["guyun"] },
        };
        RunDifferences.Unpaired(a, b).ShouldHaveSingleItem().Path.ShouldBe(path);
        RunDifferences.Of(a, b, null, null).ShouldHaveSingleItem().Path.ShouldBe(path);
    }

    [Fact]
    public void Differences_OfOptions_AreToldWithBothValues()
    {
        var a = FakeSummary.Heading("base", 1);
        var b = a with { Overrides = [new("routes.permit", "permit", "permit-by-county"), new("pace", "1", "2")] };
        RunDifferences.Of(a, b, null, null).ShouldBe([new("pace", "1", "2"), new("routes.permit", "permit", "permit-by-county")]);
        RunDifferences.Of(b, a, null, null).ShouldBe([new("pace", "2", "1"), new("routes.permit", "permit-by-county", "permit")]);
        RunDifferences.Unpaired(a, b).ShouldBeEmpty();
    }

    [Fact]
    public void Differences_OfFiles_AreValuesWhereBothAreKnown()
    {
        var (inA, inB) = (
            Inputs("x", ("people.window", "6"), ("name", "n")),
            Inputs("y", ("people.window", "4"), ("name", "n"), ("new", "1"))
        );
        var a = FakeSummary.Heading("base", 1) with { Files = inA.Hashes() };
        var b = a with { Files = inB.Hashes() };
        RunDifferences
            .Of(a, b, inA, inB)
            .ShouldBe([new("towns/zhanglu: people.window", "6", "4"), new("towns/zhanglu: new", RunDifferences.None, "1")]);
        RunDifferences.Of(a, b, inA, null).ShouldBe([new("towns/zhanglu.yaml", "sha256 x", "sha256 y")]);
        RunDifferences.Of(a, a with { Program = "2.0" }, null, null).ShouldBe([new("program", "1.0", "2.0")]);
    }

    [Fact]
    public void Run_WithoutALabel_IsCalledByWhatSetsItApart()
    {
        var a = FakeSummary.Of("base", 1, 20);
        var b = a with { Run = a.Run with { Overrides = [new("pace", "1", "2")] } };
        var text = new ComparisonText(Compared(a, b), Lang.En);
        (text.Run(a.Run), text.Run(b.Run)).ShouldBe(
            ("pace 1 · Base year (base), seed 7, replications 1", "pace 2 · Base year (base), seed 7, replications 1")
        );
        var labelled = b with { Run = b.Run with { Label = "faster" } };
        new ComparisonText(Compared(a, labelled), Lang.En).Run(labelled.Run).ShouldStartWith("faster · ");
    }

    private static RunInputs Inputs(string hash, params (string Path, string Value)[] values) =>
        new([new("towns/zhanglu.yaml", hash, [.. values.Select(v => new Grains.Seeds.Reading.SeedValue(v.Path, v.Value))])]);

    [Fact]
    public void Ratio_OfNothing_IsUnknown() => new ComparisonRow(Measure.Backlog, 0, 5).Ratio.ShouldBeNull();

    private static RunComparison Compared(RunSummary a, RunSummary b) => RunComparison.Of(a, b);
}
