using System.Collections.Immutable;
using TownReform.Silo.Web.Offices;

namespace TownReform.Silo.Tests.Web.Offices;

/// <summary>An office's work: which tasks a tab and a filter leave, and how they are shown.</summary>
public sealed class InboxPageTests
{
    private static readonly DateOnly Today = new(2026, 12, 3);

    private static readonly InboxDesk Desk = new("/o/enforcement", new("执法局", "Enforcement"), "GY-041", Today, false, ["GY-043"]);

    private static DeskTask Task(
        int n,
        ClockColour colour = ClockColour.Green,
        int dueIn = 5,
        bool waiting = false,
        params string[] officers
    ) =>
        new(
            $"GY{n:00000000}",
            waiting ? "correction" : "review",
            waiting ? new("待补正", "waiting for papers") : new("审查", "review"),
            "GY-XK-001",
            new("食品经营许可", "Food permit"),
            "王某",
            colour,
            Today.AddDays(dueIn),
            [.. officers],
            Green: n == 1,
            waiting
        );

    private static readonly ImmutableArray<DeskTask> Work =
    [
        Task(1, officers: "GY-041"),
        Task(2, ClockColour.Red, 0, officers: ["GY-041", "GY-042"]),
        Task(3, ClockColour.Overdue, -1, officers: "GY-042"),
        Task(4, ClockColour.Amber, 2, officers: "GY-043"),
        Task(5, waiting: true),
        Task(6),
    ];

    [Theory]
    [InlineData(null, "1 2")]
    [InlineData("mine", "1 2")]
    [InlineData("nonsense", "1 2")]
    [InlineData("office", "1 2 3 4 6")]
    [InlineData("waiting", "5")]
    [InlineData("absent", "4")]
    [InlineData("overdue", "3")]
    public void Tab_Each_HoldsItsTasksInTheirOrder(string? tab, string numbers) =>
        string.Join(' ', InboxModel.Of(Desk, new InboxQuery(tab), Work).Tasks.Select(task => task.Number.TrimStart('G', 'Y', '0')))
            .ShouldBe(numbers);

    [Theory]
    [InlineData("review", null, null, 5)]
    [InlineData("decision", null, null, 0)]
    [InlineData(null, "GY-042", null, 2)]
    [InlineData(null, null, "red", 2)]
    [InlineData(null, null, "amber", 1)]
    [InlineData(null, "GY-042", "red", 2)]
    [InlineData("", "", "", 5)]
    public void Counts_AreThoseOfTheFilterInForce(string? step, string? officer, string? light, int left)
    {
        var inbox = InboxModel.Of(Desk, new InboxQuery("office", step, officer, light), Work);
        inbox.Counts.All.ShouldBe(left);
        inbox.Lights.Sum(light => light.Tasks).ShouldBe(left);
        inbox.Tabs.Single(tab => tab.IsOpen).Tasks.ShouldBe(5, "a tab tells what it has, whatever the filter");
    }

    [Theory]
    [InlineData(50, 1, null, 50, 1)]
    [InlineData(51, 2, 2, 1, 2)]
    [InlineData(51, 2, 9, 1, 2)]
    [InlineData(51, 2, -1, 50, 1)]
    [InlineData(0, 1, 3, 0, 1)]
    public void Pages_OfFifty_StayWithinTheirNumber(int tasks, int pages, int? asked, int shown, int page)
    {
        var inbox = InboxModel.Of(Desk, new InboxQuery("office", Page: asked), [.. Enumerable.Range(1, tasks).Select(n => Task(n))]);
        (inbox.Pages, inbox.Tasks.Length, inbox.Query.Page).ShouldBe((pages, shown, page));
    }

    [Fact]
    public void Page_Full_ShowsEachTaskWithLightDayAndHolder()
    {
        var page = Pages.Render<InboxPage, InboxModel>(InboxModel.Of(Desk, new InboxQuery("office"), Work));
        page.ReadAll("tbody tr")
            .ShouldBe([
                "GY00000001 green channel · Food permit review 王某 ● in time Tue 8 Dec 2026 me",
                "GY00000002 Food permit review 王某 ■ due now Thu 3 Dec 2026 me, GY-042",
                "GY00000003 Food permit review 王某 ■ overdue Wed 2 Dec 2026 GY-042",
                "GY00000004 Food permit review 王某 ▲ due soon Sat 5 Dec 2026 GY-043",
                "GY00000006 Food permit review 王某 ● in time Tue 8 Dec 2026 nobody",
            ]);
        page.ReadAll(".tabs a").ShouldBe(["Mine 2", "Office 5", "Waiting for others 1", "Of absent colleagues 1", "Overdue 1"]);
        page.QuerySelector("tbody a")!.GetAttribute("href").ShouldBe("/o/enforcement/cases/GY00000001");
        page.Body!.ClassList.ShouldContain("desk");
    }

    [Fact]
    public void Page_Empty_SaysWhatWouldStandThere()
    {
        var page = Pages.Render<InboxPage, InboxModel>(InboxModel.Of(Desk, new InboxQuery(), []), Pages.Chinese);
        page.QuerySelector("table").ShouldBeNull();
        page.QuerySelector("main").Read().ShouldContain("您名下目前没有待办");
        var filtered = Pages.Render<InboxPage, InboxModel>(InboxModel.Of(Desk, new InboxQuery(Step: "decision"), Work));
        filtered.QuerySelector("main").Read().ShouldContain("No task matches the filter");
    }

    [Fact]
    public void Page_OfTheCounty_HasNoTabOfAbsentColleagues() =>
        InboxModel.Of(Desk with { IsOfCounty = true }, new InboxQuery(), Work).Tabs.ShouldNotContain(tab => tab.Key == "absent");

    [Fact]
    public void Page_WithWhatSomebodyTyped_WritesItAsText()
    {
        var task = Task(1, officers: "GY-041") with { Party = "<script>x</script>" + Pages.Long };
        var page = Pages.Render<InboxPage, InboxModel>(InboxModel.Of(Desk, new InboxQuery("<b>", "\"><i>"), [task]));
        page.QuerySelectorAll("main script, main i").ShouldBeEmpty();
        var mine = Pages.Render<InboxPage, InboxModel>(InboxModel.Of(Desk, new InboxQuery(), [task]));
        mine.QuerySelector("tbody").Read().ShouldContain("<script>x</script>");
    }
}
