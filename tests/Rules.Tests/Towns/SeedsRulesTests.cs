using TownReform.Grains.Rules;
using TownReform.Grains.Rules.Towns;
using TownReform.Tests.Fixtures;

namespace TownReform.Rules.Tests.Towns;

/// <summary>A town that starts by other seeds than before: open cases keep what they were opened by, and due days follow.</summary>
public sealed class SeedsRulesTests
{
    private static readonly TownState New = TownState.Empty;
    private static readonly SeedsTaken Now = SeedsRules.Take(New, RealSeeds.Library).ShouldNotBeNull();
    private static readonly DateOnly Holiday = new(2019, 5, 1);

    private static SeedLibrary WithHoliday(params DateOnly[] days) =>
        RealSeeds.Library with
        {
            Calendar = WorkCalendar.From(Now.Calendar with { Exceptions = [.. Now.Calendar.Exceptions.Union(days).Order()] }),
        };

    [Fact]
    public void Take_Founded_IsRecordedOnceAndMovesNothing()
    {
        (Now.All, Now.Moved.Length).ShouldBe((false, 0));
        Now.Procedures.ShouldContain(p => p.Code == "permit" && p.Hash.Length == 64);
        var state = TownRules.Apply(New, Now);
        state.Follows.ShouldBeFalse();
        SeedsRules.Take(state, RealSeeds.Library).ShouldBeNull();
    }

    [Fact]
    public void Take_TownOfAnEarlierRelease_LooksAtEveryDueDay()
    {
        var taken = SeedsRules.Take(New with { NextCase = 2 }, RealSeeds.Library).ShouldNotBeNull();
        (taken.All, taken.Because).ShouldBe((true, SeedsRules.ByRelease));
    }

    [Fact]
    public void Take_HolidayAnnounced_MovesThatDayUntilItIsFollowed()
    {
        var day = new DateOnly(2020, 1, 7);
        var state = TownRules.Apply(New, Now);
        var taken = SeedsRules.Take(state, WithHoliday(day)).ShouldNotBeNull();
        (taken.Because, taken.All).ShouldBe((SeedsRules.ByCalendar, false));
        taken.Moved.ShouldBe([new MovedDay(day, false)]);
        state = TownRules.Apply(state, taken);
        SeedsRules.Ahead(state).Moved.ShouldBe([new MovedDay(day, false)]);

        // A start that was interrupted, and then the day taken back: both have to be followed.
        var back = SeedsRules.Take(state, RealSeeds.Library).ShouldNotBeNull();
        back.Moved.ShouldBe([new MovedDay(day, true)]);
        SeedsRules.Ahead(TownRules.Apply(state, back)).Moved.ShouldBe([new MovedDay(day, true)]);
        SeedsRules.Ahead(TownRules.Apply(state, new DueDaysFollowed(1))).IsNothing.ShouldBeTrue();
    }

    [Fact]
    public void Take_LawChanged_LooksAtEveryDueDay()
    {
        var other = RealSeeds.Library with { LawHash = "other" };
        var taken = SeedsRules.Take(TownRules.Apply(New, Now), other).ShouldNotBeNull();
        (taken.All, taken.Because).ShouldBe((true, SeedsRules.ByLaw));
    }

    [Theory]
    [InlineData("2019-04-30", "2019-04-29", false)]
    [InlineData("2019-05-01", "2019-04-29", true)]
    [InlineData("2019-05-02", "2019-04-29", true)]
    [InlineData("2019-04-30", "2019-05-01", true)]
    [InlineData(null, null, false)]
    [InlineData(null, "2019-04-02", true)]
    public void MayHaveMoved_AroundTheDay(string? due, string? lookOn, bool may) =>
        SeedsRules.MayHaveMoved([new(Holiday, false)], all: false, Day(due), Day(lookOn)).ShouldBe(may);

    [Fact]
    public void Calendar_AsRecorded_IsTheSame()
    {
        var again = WorkCalendar.From(Now.Calendar);
        for (var day = again.FirstDay; day <= again.LastDay; day = day.AddDays(1))
        {
            again.IsWorkingDay(day).ShouldBe(RealSeeds.Library.Calendar.IsWorkingDay(day), $"{day}");
        }
    }

    [Fact]
    public void Check_VersionGone_NamesProcedureVersionsAndSomeCases()
    {
        OpenCaseOf[] open =
        [
            .. Enumerable.Range(1, 7).Select(n => new OpenCaseOf($"YD0000000{n}", "permit", 9)),
            new("YD00000009", "payment", 1),
        ];
        var refusal = SeedsRules.Check("yandian", Now, RealSeeds.Library, open).ShouldNotBeNull();
        refusal.Code.ShouldBe(RefusalCode.ProcedureGone);
        refusal.Because.En.ShouldContain(
            "permit version 9 (held: 1, 2), 7 open: YD00000001, YD00000002, YD00000003, YD00000004, YD00000005 …"
        );
        refusal.Because.En.ShouldContain("permit@9.yaml");
        refusal.Because.En.ShouldNotContain("payment");
    }

    [Fact]
    public void Check_OtherContentUnderTheSameVersion_IsRefusedWhileCasesGoByIt()
    {
        var before = Now with
        {
            Procedures = [.. Now.Procedures.Select(p => p is { Code: "permit", Version: 2 } ? p with { Hash = "other" } : p)],
        };
        SeedsRules.Missing(before, RealSeeds.Library).ShouldHaveSingleItem().Code.ShouldBe("permit");
        SeedsRules
            .Check("yandian", before, RealSeeds.Library, [new("YD00000001", "permit", 2)])
            .ShouldNotBeNull()
            .Code.ShouldBe(RefusalCode.ProcedureChanged);
        SeedsRules.Check("yandian", before, RealSeeds.Library, [new("YD00000001", "payment", 1)]).ShouldBeNull();
        SeedsRules.Check("yandian", before, RealSeeds.Library, []).ShouldBeNull();
    }

    [Fact]
    public void Take_CalendarOfOtherYears_LooksAtEveryDueDay()
    {
        foreach (
            var other in new[]
            {
                Now.Calendar with
                {
                    LastDay = Now.Calendar.LastDay.AddYears(1),
                },
                Now.Calendar with
                {
                    FirstDay = Now.Calendar.FirstDay.AddYears(-1),
                },
            }
        )
        {
            var taken = SeedsRules
                .Take(TownRules.Apply(New, Now), RealSeeds.Library with { Calendar = WorkCalendar.From(other) })
                .ShouldNotBeNull();
            (taken.All, taken.Because, taken.Moved.Length).ShouldBe((true, SeedsRules.ByCalendar, 0));
        }
    }

    [Fact]
    public void Take_OtherProceduresOnly_MovesNoDueDay()
    {
        var before = Now with { Procedures = Now.Procedures[1..] };
        var taken = SeedsRules.Take(TownRules.Apply(New, before), RealSeeds.Library).ShouldNotBeNull();
        (taken.All, taken.Because, taken.Moved.Length).ShouldBe((false, null, 0));
    }

    // Only days that both calendars know can have moved, and those in order.
    [Fact]
    public void Moved_DaysOutsideOneCalendar_AreNone()
    {
        var (before, now) = (
            Calendar(2019, 2020, "2019-05-02", "2020-05-06"),
            Calendar(2020, 2021, "2020-12-31", "2020-01-01", "2021-01-04")
        );
        DateOnly[] moved = [new(2020, 1, 1), new(2020, 5, 6), new(2020, 12, 31)];
        SeedsRules.Moved(before, now).ShouldBe([new(moved[0], false), new(moved[1], true), new(moved[2], false)]);
        SeedsRules.Moved(now, before).ShouldBe([new(moved[0], true), new(moved[1], false), new(moved[2], true)]);
        SeedsRules.Moved(now, now).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("2019-04-01", null, false)]
    [InlineData("2019-05-01", null, true)]
    [InlineData("2019-04-29", "2019-04-29", false)]
    public void MayHaveMoved_WithoutANextLook_GoesByTheDueDay(string due, string? lookOn, bool may)
    {
        SeedsRules.MayHaveMoved([new(Holiday, false)], all: false, Day(due), Day(lookOn)).ShouldBe(may);
        SeedsRules.MayHaveMoved([], all: false, Day(due), Day(lookOn)).ShouldBeFalse();
        SeedsRules.MayHaveMoved([], all: true, Day(due), Day(lookOn)).ShouldBeTrue();
    }

    private static CalendarTaken Calendar(int first, int last, params string[] rest) =>
        new WorkCalendar(first, last, rest.ToDictionary(day => DateOnly.ParseExact(day, "O"), _ => false)).Taken();

    private static DateOnly? Day(string? text) => text is null ? null : DateOnly.ParseExact(text, "O");
}
