using TownReform.Silo.Web;
using TownReform.Silo.Web.Board;

namespace TownReform.Silo.Tests.Web.Board;

/// <summary>A town's board: what its figures count, and how they are shown.</summary>
public sealed class BoardPageTests
{
    private static readonly DateTimeOffset Now = new(2026, 12, 3, 2, 30, 5, TimeSpan.Zero);

    private static readonly DateOnly Today = new(2026, 12, 3);

    private static readonly TownNames Guyun = TownNames.Of(
        new TownDirectory(
            Town: "guyun",
            Name: new("古云镇", "Guyun Town"),
            Prefix: "GY",
            TimeZone: "Asia/Shanghai",
            CalendarFrom: new DateOnly(2019, 1, 1),
            CalendarUntil: new DateOnly(2027, 12, 31),
            County: "shen",
            Offices: [new("enforcement", new("执法局", "Enforcement"), true), new("transport", new("交通局", "Transport"), false)],
            People: [],
            Items: [],
            Procedures: [],
            Earlier: []
        )
    );

    private static readonly BoardModel Board = BoardModel.Of(
        Guyun,
        Now,
        [
            new("guyun", "guyun/enforcement", ClockColour.Green, null, 5),
            new("guyun", "guyun/enforcement", ClockColour.Red, Today, 2),
            new("guyun", "guyun/enforcement", ClockColour.Overdue, Today.AddDays(-1), 3),
            new("guyun", "guyun/enforcement", ClockColour.Supervised, Today.AddDays(-9), 1),
            new("guyun", "shen/transport", ClockColour.Amber, Today.AddDays(1), 20),
        ],
        [
            new("guyun", "permit", Disposition.Open, 31),
            new("guyun", "permit", Disposition.Decided, 100),
            new("guyun", "permit", Disposition.Withdrawn, 7),
            new("yandian", "permit", Disposition.Decided, 1000),
        ],
        4,
        new RefusalTotals(
            Now.AddDays(-30),
            IsWhole: true,
            [
                new("guyun", "B2", RefusalCode.CountyMayOnlyFile, 2),
                new("guyun", "B2", RefusalCode.SecondSealDemanded, 1),
                new("guyun", "A3", RefusalCode.PowerRecalled, 9, new("权限已收回", "The power was recalled")),
                new("yandian", "A3", RefusalCode.PowerRecalled, 50),
            ]
        )
    );

    [Fact]
    public void Figures_OfATown_AreItsOwnAndAtMostSeven()
    {
        Board
            .Figures.Select(figure => (figure.Name.En, figure.Value))
            .ShouldBe([
                ("open", 31),
                ("due today", 2),
                ("overdue", 4),
                ("received today", 4),
                ("ended so far", 107),
                ("refused in 30 days", 12),
                ("interferences in 30 days", 3),
            ]);
        Board.Offices.ShouldBe([
            new BoardLoad(new("交通局", "Transport"), 20, 20, 0),
            new BoardLoad(new("执法局", "Enforcement"), 11, 2, 4),
        ]);
        Board.Refusals.Select(clause => (clause.Clause, clause.Refusals)).ShouldBe([("A3", 9), ("B2", 3)]);
        Board.Refusals[1].Kinds.Select(kind => (int)kind.Code).ShouldBe([2503, 2502], "the most frequent first");
    }

    [Fact]
    public void Page_Full_TellsItsMomentAndFollowsByItself()
    {
        var page = Pages.Render<BoardPage, BoardModel>(Board);
        page.QuerySelector("time").Read().ShouldBe("3 Dec 2026 10:30:05");
        page.ReadAll(".figures li").ShouldContain("2 due today");
        page.QuerySelector("[data-live]")!.GetAttribute("data-live").ShouldBe("/api/v1/board/guyun/events");
        page.QuerySelector("head noscript")!.InnerHtml.ShouldContain("http-equiv=\"refresh\"");
        page.ReadAll(".lights span.light").Length.ShouldBe(5);
        page.QuerySelector("main").Read().ShouldContain("9 · The power was recalled");
        page.QuerySelector(".wall").ShouldBeNull();
    }

    [Fact]
    public void Page_OnAWall_HasNothingAround() =>
        Pages
            .Render<BoardPage, BoardModel>(Board with { IsWall = true }, Pages.Chinese)
            .QuerySelector(".wall h1")
            .Read()
            .ShouldBe("古云镇");

    [Fact]
    public void Page_OfATownWithoutWork_SaysSo()
    {
        var nothing = BoardModel.Of(Guyun, Now, [], [], 0, new RefusalTotals(Now, true, []));
        var main = Pages.Render<BoardPage, BoardModel>(nothing).QuerySelector("main").Read();
        main.ShouldContain("No case is open.");
        main.ShouldContain("Nothing was refused.");
        Pages
            .Render<BoardHomePage, BoardHomeModel>(new BoardHomeModel([nothing, Board]))
            .ReadAll("h2")
            .ShouldBe(["Guyun Town", "Guyun Town"]);
    }
}
