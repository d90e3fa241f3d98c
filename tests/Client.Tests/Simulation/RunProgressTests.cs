using TownReform.Client.Simulation;

namespace TownReform.Client.Tests.Simulation;

/// <summary>The progress line never wraps.</summary>
public sealed class RunProgressTests
{
    [Fact]
    public void Progress_OfReplicationsThatEnd_NeverGoesBack()
    {
        var day = new DateOnly(2019, 6, 1);
        var so = ProgressSoFar.None.With([new(Number: 0, Day: default, Share: 0, Open: 0, Done: 0, Commands: 0, Finished: false)]);
        so.IsBegun.ShouldBeFalse();
        so = so.With([
            new(Number: 1, Day: day, Share: 0.5, Open: 20, Done: 100, Commands: 900, Finished: false),
            new(Number: 2, Day: day, Share: 0.4, Open: 20, Done: 80, Commands: 700, Finished: false),
        ]);
        (so.IsBegun, so.Share(8), so.Done, so.Finished).ShouldBe((true, 0.9 / 8, 180, 0));

        // One has ended, and its grain that was asked again knows nothing of it; the other didn't answer; a third begins.
        so = so.With([new(Number: 1, Day: default, Share: 1, Open: 0, Done: 210, Commands: 1800, Finished: true)])
            .With([
                new(Number: 1, Day: default, Share: 0, Open: 0, Done: 0, Commands: 0, Finished: false),
                new(Number: 3, Day: default, Share: 0, Open: 0, Done: 0, Commands: 0, Finished: false),
            ]);
        (so.Done, so.Finished, so.Day).ShouldBe((290, 1, day));
        so.Share(8).ShouldBe(1.4 / 8, 1e-9);
        so.With([new(Number: 2, Day: day.AddDays(-1), Share: 0.3, Open: 20, Done: 60, Commands: 1, Finished: false)])
            .ShouldBe(so, new SameProgress());
    }

    private sealed class SameProgress : IEqualityComparer<ProgressSoFar>
    {
        public bool Equals(ProgressSoFar? x, ProgressSoFar? y) => x!.Last.SequenceEqual(y!.Last);

        public int GetHashCode(ProgressSoFar obj) => obj.Last.Count;
    }

    [Theory]
    [InlineData(" 50 %", 40, "[##########----------]  50 %")]
    [InlineData(" 50 %", 29, "[##########----------]  50 %")]
    [InlineData(" 50 %", 28, "[#########----------]  50 %")]
    [InlineData(" 50 %", 13, "[##--]  50 %")]
    [InlineData(" 50 %", 12, " 50 %")]
    [InlineData(" 50 %", 6, " 50 %")]
    [InlineData(" 50 %", 5, " 50 ")]
    [InlineData("在办 9", 28, "[#########---------] 在办 9")]
    [InlineData("在办 9", 6, "在办 ")]
    [InlineData("在办 9", 1, "")]
    public void Line_OnATerminal_FitsItsColumns(string line, int columns, string shown) =>
        RunProgress.InOneLine(0.5, line, columns).ShouldBe(shown);
}
