using TownReform.Client.Reports;
using TownReform.Client.Terminal;

namespace TownReform.Client.Tests.Terminal;

/// <summary>Lists on narrow screens, wide ones and in pipes; texts that would act on a terminal.</summary>
public sealed class ListingTests
{
    private const string Number = "YD00000001";

    [Theory]
    [InlineData(40)]
    [InlineData(80)]
    [InlineData(160)]
    public void Write_AnyWidth_NeverBreaksANumberNorALine(int width)
    {
        var lines = Written(width);
        lines.Count(line => line.Contains(Number, StringComparison.Ordinal)).ShouldBe(1);
        lines.Count(line => line.Contains("YD00000002", StringComparison.Ordinal)).ShouldBe(1);
        lines.ShouldAllBe(line => Cells.Width(line) <= width);
    }

    [Fact]
    public void Write_Narrow_LeavesOutTheHighestRankAndCutsTheLongest()
    {
        var text = string.Join('\n', Written(40));
        text.ShouldNotContain("Officers");
        text.ShouldContain("…");
        string.Join('\n', Written(200)).ShouldContain("Officers");
    }

    [Fact]
    public void Write_Wide_CutsNothing() => string.Join('\n', Written(40, wide: true)).ShouldContain(new string('名', 90));

    [Fact]
    public void Write_Plain_IsTabsOnly()
    {
        var lines = Written(40, plain: true);
        lines[1].Split('\t').Length.ShouldBe(3);
        lines[1].ShouldStartWith(Number + "\t");
    }

    [Theory]
    [InlineData("甲\u001b[2J乙", "甲⟨U+001B⟩[2J乙")]
    [InlineData("甲\u202e乙", "甲⟨U+202E⟩乙")]
    [InlineData("一\n二", "一\n二")]
    public void Lines_WhatActsOnATerminal_IsWrittenOut(string text, string shown) => Screen.Lines(text).ShouldBe(shown);

    private static string[] Written(int width, bool wide = false, bool plain = false)
    {
        using var to = new StringWriter();
        var screen = new Screen(to, TextWriter.Null, Lang.En, json: false, wide, plain);
        screen.Console.Profile.Width = width;
        var listing = new Listing(
            new("题", "Cases"),
            new(new("编号", "Number")),
            new(new("当事人", "Party"), Cut: true),
            new(new("人员", "Officers"), Rank: 1)
        );
        listing.Add(Number, new string('名', 90), "YD-R-003, YD-R-004");
        listing.Add("YD00000002", "甲\u001b[2J\nstate  decided", "YD-R-003");
        listing.Write(screen);
        return to.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
