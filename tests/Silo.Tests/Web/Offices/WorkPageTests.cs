using TownReform.Silo.Web.Offices;

namespace TownReform.Silo.Tests.Web.Offices;

/// <summary>An office's work: what its tabs and its filter ask, and how it is shown.</summary>
public sealed class WorkPageTests
{
    private static readonly DateOnly Today = new(2026, 12, 3);

    private static readonly WorkModel Full = new()
    {
        Path = "/o/enforcement",
        Office = new("执法局", "Enforcement"),
        Me = "GY-041",
        Query = new WorkQuery("office"),
        Tabs = [new("mine", new("我的", "Mine"), 2, false), new("office", new("本机构", "Office"), 3, true)],
        Counts = new(3, 0, 1, [new(ClockColour.Green, 2), new(ClockColour.Amber, 0), new(ClockColour.Red, 1)], [], [], []),
        Tasks =
        [
            Task(1, officers: "GY-041") with
            {
                Green = true,
            },
            Task(2, ClockColour.Red, 0, "GY-041", "GY-042"),
            Task(3) with
            {
                Due = null,
            },
        ],
        Choices = new([("review", new("审查", "review"))], [ClockColour.Green, ClockColour.Red], ["GY-041", "GY-042"]),
    };

    private static WorkTask Task(int n, ClockColour colour = ClockColour.Green, int dueIn = 5, params string[] officers) =>
        new(
            Number: $"GY{n:00000000}",
            Step: new("审查", "review"),
            Item: new("食品经营许可", "Food permit"),
            Party: "王某",
            Colour: colour,
            Due: Today.AddDays(dueIn),
            Officers: [.. officers],
            Green: false,
            IsWaiting: false
        );

    public static TheoryData<string?, InboxQuery> Tabs =>
        new()
        {
            { null, new(Officer: "GY-041") },
            { "nonsense", new(Officer: "GY-041") },
            { "mine", new(Officer: "GY-041") },
            { "office", new(Waiting: false) },
            { "waiting", new(Waiting: true) },
            { "absent", new(AwayOn: new DateOnly(2026, 12, 3)) },
            { "overdue", new(Overdue: true) },
        };

    [Theory]
    [MemberData(nameof(Tabs))]
    public void Tab_Each_AsksForItsWork(string? tab, InboxQuery asked) => new WorkQuery(tab).Asked("GY-041", Today).ShouldBe(asked);

    [Fact]
    public void Filter_Any_IsAskedBesideTheTab()
    {
        new WorkQuery("office", "review", "GY-042", "red", "c")
            .Asked("GY-041", Today)
            .ShouldBe(new InboxQuery(Officer: "GY-042", Step: "review", Colour: ClockColour.Red, Waiting: false, After: "c"));
        new WorkQuery("mine", "", "", "", "").Asked("GY-041", Today).ShouldBe(new InboxQuery(Officer: "GY-041"));
        new WorkQuery("mine", Light: "purple").Asked("GY-041", Today).Colour.ShouldBeNull();
    }

    [Fact]
    public void Page_Full_ShowsEachTaskWithLightDayAndHolder()
    {
        var page = Pages.Render<WorkPage, WorkModel>(Full);
        page.QuerySelectorAll("tbody tr")
            .Select(row => string.Join(' ', row.ReadAll("th, td")))
            .ShouldBe([
                "GY00000001 green channel · Food permit review 王某 ● in time Tue 8 Dec 2026 me",
                "GY00000002 Food permit review 王某 ■ due now Thu 3 Dec 2026 me, GY-042",
                "GY00000003 Food permit review 王某 ● in time – nobody",
            ]);
        page.ReadAll(".tabs a").ShouldBe(["Mine 2", "Office 3"]);
        page.QuerySelector(".tabs [aria-current]").Read().ShouldBe("Office 3");
        page.QuerySelector("main p.wide").Read().ShouldBe("3 tasks · ● in time 2 · ■ due now 1 · with nobody 1");
        page.QuerySelector("tbody a")!.GetAttribute("href").ShouldBe("/o/enforcement/cases/GY00000001");
        page.ReadAll("select[name=light] option").ShouldBe(["all", "● in time", "■ due now"]);
        page.Body!.ClassList.ShouldContain("desk");
        page.QuerySelector("nav[aria-label=Pages]").ShouldBeNull();
    }

    [Fact]
    public void Page_OfSeveral_LeadsOnByItsCursor()
    {
        var context = Pages.English with { Address = "/o/enforcement?tab=office&after=a" };
        var page = Pages.Render<WorkPage, WorkModel>(Full with { NextPage = "b/1", Query = Full.Query with { After = "a" } }, context);
        page.QuerySelectorAll("nav[aria-label=Pages] a")
            .Select(link => link.GetAttribute("href"))
            .ShouldBe(["/o/enforcement?tab=office", "/o/enforcement?tab=office&after=b%2F1"]);
    }

    [Theory]
    [InlineData(null, "You have nothing to do")]
    [InlineData("office", "New cases appear here")]
    [InlineData("waiting", "No case waits")]
    [InlineData("absent", "Absent colleagues")]
    [InlineData("overdue", "Nothing is overdue")]
    public void Page_Empty_SaysWhatWouldStandThere(string? tab, string said)
    {
        var empty = Full with { Tasks = [], Query = new WorkQuery(tab) };
        var page = Pages.Render<WorkPage, WorkModel>(empty);
        page.QuerySelector("table").ShouldBeNull();
        page.QuerySelector("main").Read().ShouldContain(said);
        var filtered = Pages.Render<WorkPage, WorkModel>(empty with { Query = new WorkQuery(tab, Step: "decision") }, Pages.Chinese);
        filtered.QuerySelector("main").Read().ShouldContain("没有符合筛选条件的待办");
    }

    [Fact]
    public void Page_WithWhatSomebodyTyped_WritesItAsText()
    {
        var typed = Full with { Tasks = [Full.Tasks[0] with { Party = "<script>x</script>" + Pages.Long }] };
        var page = Pages.Render<WorkPage, WorkModel>(typed);
        page.QuerySelectorAll("main script").ShouldBeEmpty();
        page.QuerySelector("tbody").Read().ShouldContain("<script>x</script>" + Pages.Long);
    }
}
