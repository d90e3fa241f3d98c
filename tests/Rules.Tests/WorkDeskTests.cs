using TownReform.Grains.Rules;

namespace TownReform.Rules.Tests;

public sealed class WorkDeskTests
{
    private static readonly DateOnly Day = new(2019, 4, 10);
    private static readonly DateTimeOffset Morning = new(2019, 4, 10, 9, 0, 0, TimeSpan.FromHours(8));

    [Fact]
    public void TakeIn_ManyOfOneKind_SpreadsThemByLoad()
    {
        var desk = Desk("a", "b", "c");
        for (var i = 0; i < 7; i++)
        {
            desk.Enqueue(Item($"C-{i}"), Day);
        }

        new[] { "a", "b", "c" }.Select(desk.LoadOf).Order().ShouldBe([2, 2, 3]);
    }

    [Fact]
    public void TakeIn_OfficerWhoHadItBefore_GetsItAgainUnlessAway()
    {
        var desk = Desk("a", "b");
        desk.Enqueue(Item("C-1"), Day);
        desk.Enqueue(Item("C-2") with { Prefer = "a" }, Day).Officers.ShouldBe(["a"]);
        desk.Absent("a", [Away(Day, Day)]);
        desk.Enqueue(Item("C-3") with { Prefer = "a" }, Day).Officers.ShouldBe(["b"]);
    }

    [Fact]
    public void TakeIn_SameStepAgain_KeepsItsOfficers()
    {
        var desk = Desk("a", "b");
        var first = desk.Enqueue(Item("C-1"), Day);
        desk.Enqueue(Item("C-1") with { NextCheckOn = Day }, Day).Officers.ShouldBe(first.Officers);
        desk.DueForCheck(Day).ShouldBe(["C-1"]);
        desk.Count.ShouldBe(1);
    }

    [Fact]
    public void TakeIn_SameStepThatNobodyHas_WaitsForTheNextHandover()
    {
        var desk = Desk("a");
        desk.Absent("a", [Away(Day, Day)]);
        desk.Enqueue(Item("C-1"), Day).Officers.ShouldBeEmpty();
        desk.Enqueue(Item("C-1"), Day.AddDays(1)).Officers.ShouldBeEmpty();
        desk.Reassign(Day.AddDays(1)).ShouldHaveSingleItem().After.Officers.ShouldBe(["a"]);
    }

    [Fact]
    public void TakeIn_OlderStep_ChangesNothing()
    {
        var desk = Desk("a");
        desk.Enqueue(Item("C-1") with { Version = 5 }, Day);
        desk.Enqueue(Item("C-1") with { Version = 4, Step = "old" }, Day).Step.ShouldBe("work");
        desk.Release("C-1", 4);
        desk.Count.ShouldBe(1);
        desk.Release("C-1", 5);
        desk.Count.ShouldBe(0);
    }

    [Fact]
    public void Next_GreenThenDueThenOldest_IsTheOrder()
    {
        var desk = Desk("a");
        WorkItem[] wanted =
        [
            Item("green-late") with
            {
                Green = true,
                Due = Day.AddDays(9),
            },
            Item("due-first") with
            {
                Due = Day.AddDays(1),
                Since = Morning.AddDays(3),
            },
            Item("due-later-old") with
            {
                Due = Day.AddDays(2),
                Since = Morning,
            },
            Item("due-later-new") with
            {
                Due = Day.AddDays(2),
                Since = Morning.AddDays(1),
            },
            Item("no-limit"),
        ];
        foreach (var item in wanted.Reverse())
        {
            desk.Enqueue(item, Day);
        }

        desk.List(null).Select(i => i.Case).ShouldBe(wanted.Select(i => i.Case));
        foreach (var item in wanted)
        {
            desk.Next("a")!.Case.ShouldBe(item.Case);
            desk.Release(item.Case, item.Version);
        }

        desk.Next("a").ShouldBeNull();
        desk.Next("stranger").ShouldBeNull();
    }

    [Fact]
    public void TakeIn_TwoHands_TakesTwoOrNone()
    {
        var desk = Desk("a", "b");
        desk.Enqueue(Item("C-1") with { Hands = 2 }, Day).Officers.Order().ShouldBe(["a", "b"]);
        desk.Enqueue(Item("C-2") with { Hands = 2, NotBy = ["b"] }, Day).Officers.ShouldBeEmpty();
        (desk.Unstaffed, desk.LoadOf("a")).ShouldBe((1, 1));
    }

    [Theory]
    [InlineData(-1, 0, false)]
    [InlineData(0, 0, true)]
    [InlineData(0, 1, true)]
    [InlineData(1, 1, false)]
    public void Reassign_AroundAnAbsence_HandsOverWhileItLasts(int from, int until, bool handsOver)
    {
        var desk = Desk("a", "b");
        desk.Enqueue(Item("C-1") with { Prefer = "a" }, Day);
        desk.Absent("a", [Away(Day.AddDays(from), Day.AddDays(until))]);
        desk.Reassign(from < 0 ? Day.AddDays(1) : Day).Select(h => h.After.Officers.Single()).ShouldBe(handsOver ? ["b"] : []);
    }

    [Fact]
    public void Reassign_OneOfTwoAway_KeepsTheOther()
    {
        var desk = Desk("a", "b", "c");
        var pair = desk.Enqueue(Item("C-1") with { Hands = 2 }, Day).Officers;
        desk.Absent(pair[0], [Away(Day, Day)]);
        var (before, after) = desk.Reassign(Day).ShouldHaveSingleItem();
        before.Officers.ShouldBe(pair);
        after.Officers[0].ShouldBe(pair[1]);
        desk.Next(pair[1])!.Case.ShouldBe("C-1");
    }

    [Fact]
    public void Reassign_NobodySuits_LeavesItUnstaffedUntilSomebodyJoins()
    {
        var desk = Desk("a");
        desk.Enqueue(Item("C-1"), Day);
        desk.Absent("a", [Away(Day, Day)]);
        desk.Reassign(Day).ShouldHaveSingleItem().After.Officers.ShouldBeEmpty();
        desk.Reassign(Day).ShouldBeEmpty();
        desk.Join(Colleague("b"));
        desk.Reassign(Day).ShouldHaveSingleItem().After.Officers.ShouldBe(["b"]);
        desk.Unstaffed.ShouldBe(0);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public void Reassign_AroundACertificatesLastDay_HandsOverAfterIt(int days, bool handsOver)
    {
        var desk = new WorkDesk();
        desk.Join(new Colleague("a", ["clerk"], [new Certificate("approval", Day)]));
        desk.Enqueue(Item("C-1") with { Certificates = ["approval"] }, Day).Officers.ShouldBe(["a"]);
        desk.Join(new Colleague("b", ["clerk"], [new Certificate("approval", Day.AddDays(9))]));
        desk.Reassign(Day.AddDays(days)).Count.ShouldBe(handsOver ? 1 : 0);
    }

    [Fact]
    public void Join_AgainWithACertificate_CountsFromThen()
    {
        var desk = Desk("a");
        desk.Enqueue(Item("C-1") with { Certificates = ["approval"] }, Day).Officers.ShouldBeEmpty();
        desk.Join(new Colleague("a", ["clerk"], [new Certificate("approval", Day)]));
        desk.Reassign(Day).ShouldHaveSingleItem();
    }

    [Fact]
    public void DueForLook_UpToTheDay_InOrder()
    {
        var desk = Desk("a");
        desk.Enqueue(Item("C-3") with { NextCheckOn = Day.AddDays(1) }, Day);
        desk.Enqueue(Item("C-2") with { NextCheckOn = Day }, Day);
        desk.Enqueue(Item("C-1") with { NextCheckOn = Day }, Day);
        desk.Enqueue(Item("C-0"), Day);
        desk.DueForCheck(Day).ShouldBe(["C-1", "C-2"]);
        desk.DueForCheck(Day.AddDays(1)).ShouldBe(["C-1", "C-2", "C-3"]);
    }

    internal static WorkItem Item(string number) =>
        new(
            Case: number,
            Version: 1,
            Step: "work",
            Item: "I-1",
            Role: "clerk",
            Hands: 1,
            Certificates: [],
            NotBy: [],
            Prefer: null,
            Green: false,
            Since: Morning,
            NextCheckOn: null,
            Due: null,
            Officers: []
        );

    private static Absence Away(DateOnly from, DateOnly until) => new(AbsenceKind.Leave, from, until);

    private static Colleague Colleague(string id) => new(id, ["clerk"], []);

    private static WorkDesk Desk(params string[] people)
    {
        var desk = new WorkDesk();
        foreach (var id in people)
        {
            desk.Join(Colleague(id));
        }

        return desk;
    }
}
