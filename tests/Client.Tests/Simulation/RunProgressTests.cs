using TownReform.Client.Simulation;

namespace TownReform.Client.Tests.Simulation;

/// <summary>The progress line never wraps.</summary>
public sealed class RunProgressTests
{
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
    public void Line_OnATerminal_FitsItsColumns(string line, int columns, string shown) => RunProgress.InOneLine(0.5, line, columns).ShouldBe(shown);
}
