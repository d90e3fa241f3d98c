using System.Text;
using TownReform.Grains.Simulation.Results;
using TownReform.Grains.Simulation.Results.Pooling;

namespace TownReform.Grains.Tests.Simulation.Results;

public sealed class RunSummaryTests
{
    [Fact]
    public void Of_SameCalls_GivesTheSameBytes() => Bytes(FakeSummary.Of("base", 3, 200)).ShouldBe(Bytes(FakeSummary.Of("base", 3, 200)));

    [Fact]
    public void Of_OtherSeed_GivesOtherBytes() =>
        Bytes(FakeSummary.Of("base", 1, 200, seed: 8)).ShouldNotBe(Bytes(FakeSummary.Of("base", 1, 200)));

    [Fact]
    public void Of_ReplicationsInAnyOrder_PoolsInTheirOrder()
    {
        ReplicationCounts[] counts = [FakeSummary.Counts(1, 50), FakeSummary.Counts(2, 50), FakeSummary.Counts(3, 50)];
        var heading = FakeSummary.Heading("base", 3);

        Bytes(FigurePool.Summarize(heading, counts.Reverse(), [])).ShouldBe(Bytes(FigurePool.Summarize(heading, counts, [])));
    }

    [Fact]
    public void Of_TwoReplications_GivesMeansAndRange()
    {
        var one = Told.Tally(Told.Decided(2, "1"), Told.Decided(4, "2"), Told.Open() with { Number = "3" });
        var two = Told.Tally(Told.Decided(8, "1") with { OnTime = false });
        var flow = Told.Figures(one, two).Towns[0].Flow;

        (flow.Opened, flow.Decided, flow.Open, flow.OnTimeShare).ShouldBe((2, 1.5, 0.5, 0.6667));
        flow.P50Days.ShouldBe(4);
        flow.Range.ShouldBe(new FlowRange(new(0, 1), new(0, 1), new(2, 8), new(4, 8)));
    }

    [Fact]
    public void Of_OneReplication_HasNoRange() => Told.Figures(Told.Tally(Told.Decided())).Towns[0].Flow.Range.ShouldBeNull();

    [Fact]
    public void Of_NoReplication_IsABug() => Should.Throw<ArgumentException>(() => Told.Figures());

    [Fact]
    public void Of_FakeYear_BacklogOfTheLastWeekIsWhatIsOpen()
    {
        var figures = FakeSummary.Of("base", 2, 300).Pooled;

        foreach (var town in figures.Towns)
        {
            figures.Weekly.Towns.Single(w => w.Town == town.Town).Backlog[^1].ShouldBe(town.Flow.Open);
        }
    }

    [Fact]
    public void Read_WhatWasWritten_GivesItBack()
    {
        using var folder = new RunFolder();
        var summary = FakeSummary.Of("base", 2, 100);
        folder.Write(SummaryJson.FileName, Bytes(summary));

        Bytes(SummaryJson.Read(folder.Path)).ShouldBe(Bytes(summary));
        Bytes(SummaryJson.Read(folder.File(SummaryJson.FileName))).ShouldBe(Bytes(summary));
    }

    [Fact]
    public void Read_NoFile_NamesTheFile()
    {
        using var folder = new RunFolder();

        Should.Throw<UnreadableSummaryException>(() => SummaryJson.Read(folder.Path)).File.ShouldBe(folder.File(SummaryJson.FileName));
    }

    [Theory]
    [InlineData("\"schema\": 2", "\"schema\": 1", "$.schema")]
    [InlineData("\"seed\": 7", "\"seed\": \"x\"", "$.run.seed")]
    [InlineData("\"opened\": ", "\"unopened\": ", "$.pooled.towns[0].flow")]
    [InlineData("\"p50Days\"", "", "$")]
    public void Read_SpoiltFile_NamesTheField(string was, string now, string field)
    {
        using var folder = new RunFolder();
        var text = Encoding.UTF8.GetString(Bytes(FakeSummary.Of("base", 1, 20)));
        folder.Write(SummaryJson.FileName, Encoding.UTF8.GetBytes(text.Replace(was, now, StringComparison.Ordinal)));

        Should.Throw<UnreadableSummaryException>(() => SummaryJson.Read(folder.Path)).Field.ShouldStartWith(field);
    }

    [Fact]
    public void WriteForPage_ScriptEnd_IsEscaped()
    {
        var summary = FakeSummary.Of("</script><script>alert(1)", 1, 5);

        Encoding.UTF8.GetString(SummaryJson.WriteForPage(summary)).ShouldNotContain('<');
    }

    private static byte[] Bytes(RunSummary summary)
    {
        using var to = new MemoryStream();
        SummaryJson.Write(to, summary);
        return to.ToArray();
    }
}
