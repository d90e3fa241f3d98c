using TownReform.Silo.Web.Acts;
using TownReform.Silo.Web.Offices;
using TownReform.Tests.Fixtures;

namespace TownReform.Silo.Tests.Web.Offices;

/// <summary>The people of an office and its overdue cases, in each state.</summary>
[ShowsClause("E9")]
public sealed class PeoplePageTests
{
    private static readonly DateOnly Today = new(2026, 12, 3);

    private static readonly PeopleModel Office = new()
    {
        Path = "/o/enforcement",
        Office = new("执法局", "Enforcement"),
        Today = Today,
        People =
        [
            Person("GY-041", 3),
            Person("GY-042", 0, new Absence(AbsenceKind.Leave, Today.AddDays(-1), Today)),
            Person("GY-043", 1, new Absence(AbsenceKind.Secondment, Today.AddDays(1), Today.AddDays(30), "GY00000009", "transport")),
        ],
    };

    private static OfficePerson Person(string id, int tasks, params Absence[] absences) =>
        new(
            id,
            new("执法人员", "officer"),
            [new("行政执法", "enforcement")],
            tasks,
            [.. absences.Select(away => new TimeAway(away, away.To is null ? null : new("交通局", "Transport Bureau")))]
        );

    [Theory]
    [InlineData(-2, false)]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void Away_OnADay_IsFromTheFirstToTheLast(int days, bool isAway) =>
        (Office.People[1].AwayOn(Today.AddDays(days)) is not null).ShouldBe(isAway);

    [Fact]
    public void Page_Full_TellsPresentAwayAndLoad()
    {
        var page = Pages.Render<PeoplePage, PeopleModel>(Office);
        page.ReadAll("tbody tr")
            .ShouldBe([
                "GY-041 officer enforcement present 3",
                "GY-042 officer enforcement leave until Thu 3 Dec 2026 0",
                "GY-043 officer enforcement present secondment → Transport Bureau (GY00000009) Fri 4 Dec 2026 – Sat 2 Jan 2027 1",
            ]);
        page.QuerySelector("main").Read().ShouldContain("2 present, 1 away");
        page.QuerySelector("main form").ShouldBeNull("who heads nobody records no leave");
        page.QuerySelector("main .note").Read().ShouldContain("once the head");
    }

    [Fact]
    public void Leave_OfAHead_HasAForm()
    {
        var page = Pages.Render<PeoplePage, PeopleModel>(Office with { Leave = new LeaveForm(new FormCommand("0f", null)) });
        page.QuerySelector("main form")!.GetAttribute("action").ShouldBe("/o/enforcement/people");
        page.QuerySelectorAll("main form option").Length.ShouldBe(4);
    }

    [Theory]
    [InlineData("2026-12-03", "2026-12-05", "")]
    [InlineData("2026-2-3", " 2026-02-05 ", "")]
    [InlineData("3.12.2026", "2026-12-05", "from")]
    [InlineData("", "", "from until")]
    [InlineData("2026-12-03", "2026-02-30", "until")]
    public void Leave_DaysTyped_AreReadOrToldAtTheirControl(string from, string until, string wrong)
    {
        var days = new LeaveForm(FormCommand.New(), "GY-042", from, until).Days(out var faults);
        string.Join(' ', faults.Select(fault => fault.Name)).ShouldBe(wrong);
        (days is not null).ShouldBe(wrong.Length == 0);
    }

    [Fact]
    public void Leave_Faulty_KeepsWhatWasTyped()
    {
        var refusal = new Refusal(RefusalCode.LeaveOverlaps, "E9", new("与已有休假重叠", "It overlaps another absence"), []);
        var leave = new LeaveForm(FormCommand.New(), "GY-042", "2026-12-03", "soon", [("until", new("有误", "Write it so"))], refusal);
        var page = Pages.Render<PeoplePage, PeopleModel>(Office with { Leave = leave });
        page.Title.ShouldNotBeNull().ShouldStartWith("Error: ");
        page.QuerySelector("#until")!.GetAttribute("value").ShouldBe("soon");
        page.QuerySelector("#until-fault").Read().ShouldBe("Write it so");
        page.QuerySelector(".summary a")!.GetAttribute("href").ShouldBe("#until");
        page.QuerySelector("option[selected]")!.GetAttribute("value").ShouldBe("GY-042");
        page.QuerySelector(".summary").Read().ShouldContain("It overlaps another absence");
    }

    [Fact]
    public void Overdue_Empty_SaysWhenSomethingAppears() =>
        Pages
            .Render<OverduePage, OverdueModel>(new OverdueModel("/o/enforcement", Office.Office, Today, [], 0))
            .QuerySelector("main")
            .Read()
            .ShouldContain("on the day after its limit");

    [Fact]
    public void Overdue_Full_TellsHowLongWithWhomAndWhoIsAway()
    {
        var task = new WorkTask(
            Number: "GY00000003",
            Step: new("审查", "review"),
            Item: new(Pages.Long, "Food permit"),
            Party: "王某",
            Colour: ClockColour.Overdue,
            Due: Today.AddDays(-4),
            Officers: ["GY-041", "GY-042"],
            Green: false,
            IsWaiting: false
        );
        var late = new OverdueTask(task, Today.AddDays(-9), [("GY-042", Today)]);
        var page = Pages.Render<OverduePage, OverdueModel>(new OverdueModel("/o/enforcement", Office.Office, Today, [late], 201));
        page.QuerySelector("tbody tr")
            .Read()
            .ShouldBe(
                "GY00000003 Food permit ■ overdue Sun 29 Nov 2026 4 review, since Tue 24 Nov 2026 GY-041, "
                    + "GY-042 (away until Thu 3 Dec 2026)"
            );
        page.QuerySelector("main").Read().ShouldContain("See them all");
    }
}
