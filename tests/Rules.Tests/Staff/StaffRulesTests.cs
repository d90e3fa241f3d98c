using CsCheck;
using TownReform.Grains.Matters.Secondments;
using TownReform.Grains.Rules.Staff;
using TownReform.Tests.Fixtures;

namespace TownReform.Rules.Tests.Staff;

public sealed class StaffRulesTests
{
    private static readonly StaffFacts Clerk = TestPlans.Person("EL-001", "service");
    private static readonly StaffState Hired = StaffRules.Apply(StaffState.Empty, new StaffHired(Clerk));
    private static readonly BeginSecondment Begin = new("C-1", "office", new(2019, 3, 1), new(2019, 3, 31));

    [Fact]
    public void Hire_SameParticularsAgain_RecordsNothing() =>
        StaffRules.Hire(Hired, Clerk with { Roles = ["clerk"], Certificates = [new("approval", new(2020, 6, 30))] }).ShouldBeNull();

    [Fact]
    public void Hire_OtherParticulars_IsRefused() =>
        StaffRules.Hire(Hired, Clerk with { Organ = "enforcement" }).ShouldBeRefused(RefusalCode.StaffAlreadyKnown);

    [Theory]
    [InlineData("2019-03-09", false)]
    [InlineData("2019-03-10", true)]
    [InlineData("2019-03-14", true)]
    [InlineData("2019-03-15", false)]
    public void TakeLeave_AgainstKnownLeave_MayNotShareADay(string iso, bool refused)
    {
        var day = DateOnly.ParseExact(iso, "O");
        var onLeave = Take(Hired, new(2019, 3, 10), new(2019, 3, 14));
        (StaffRules.TakeLeave(onLeave, "EL-001", day, day)!.Refusal?.Code == RefusalCode.LeaveOverlaps).ShouldBe(refused);
    }

    [Theory]
    [InlineData("2016-02-29", "2016-03-01", true)]
    [InlineData("2016-03-01", "2016-03-01", false)]
    [InlineData("2016-03-02", "2016-03-01", true)]
    public void TakeLeave_DaysWrong_IsRefused(string from, string until, bool refused) =>
        (
            StaffRules.TakeLeave(Hired, "EL-001", DateOnly.ParseExact(from, "O"), DateOnly.ParseExact(until, "O"))!.Refusal?.Code
            == RefusalCode.LeaveDatesWrong
        ).ShouldBe(refused);

    [Fact]
    public void TakeLeave_NobodyHired_IsRefused() =>
        StaffRules.TakeLeave(StaffState.Empty, "EL-009", new(2019, 3, 1), new(2019, 3, 1)).ShouldBeRefused(RefusalCode.StaffUnknown);

    [Fact]
    public void Begin_SameCaseAgain_RecordsNothing() =>
        SecondmentOnRecord.Begin(Away(Hired, Begin), "EL-001", Begin, TestPlans.ElmPolicy).ShouldBeNull();

    [Fact]
    public void Begin_SameCaseWithLaterEnd_IsLengthened()
    {
        var longer = Away(Away(Hired, Begin), Begin with { Until = new(2019, 4, 30) });
        longer.Facts!.Absences.ShouldHaveSingleItem().Until.ShouldBe(new(2019, 4, 30));
    }

    [Fact]
    public void Begin_SameCaseWithOtherFirstDay_IsRefused() =>
        SecondmentOnRecord
            .Begin(Away(Hired, Begin), "EL-001", Begin with { From = new(2019, 3, 2) }, TestPlans.ElmPolicy)
            .ShouldBeRefused(RefusalCode.SecondmentDatesWrong);

    [Fact]
    public void Begin_OverAnotherSecondment_IsRefused() =>
        SecondmentOnRecord
            .Begin(Away(Hired, Begin), "EL-001", Begin with { Case = "C-2", From = new(2019, 3, 31) }, TestPlans.ElmPolicy)
            .ShouldBeRefused(RefusalCode.SecondmentOverlaps);

    [Fact]
    public void Begin_OverPlannedLeave_TakesItsDays()
    {
        var away = Away(Take(Hired, new(2019, 2, 27), new(2019, 4, 2)), Begin);
        away.Facts!.Absences.Select(a => (a.Kind, a.From, a.Until))
            .ShouldBe([
                (AbsenceKind.Leave, new(2019, 2, 27), new(2019, 2, 28)),
                (AbsenceKind.Secondment, new(2019, 3, 1), new(2019, 3, 31)),
                (AbsenceKind.Leave, new(2019, 4, 1), new(2019, 4, 2)),
            ]);
    }

    [Theory]
    [InlineData("2019-02-28", null)]
    [InlineData("2019-03-01", "2019-03-01")]
    [InlineData("2019-03-31", "2019-03-31")]
    [InlineData("2019-04-01", "2019-03-31")]
    public void End_LastDay_NeverLengthens(string last, string? until)
    {
        var back = Back(Away(Hired, Begin), DateOnly.ParseExact(last, "O"));
        back.SecondmentOf("C-1")?.Until.ShouldBe(DateOnly.ParseExact(until!, "O"));
        (back.SecondmentOf("C-1") is null).ShouldBe(until is null);
    }

    [Fact]
    public void End_BeforeItsBeginningArrived_LimitsIt() =>
        Away(Back(Hired, new(2019, 3, 10)), Begin).SecondmentOf("C-1")!.Until.ShouldBe(new(2019, 3, 10));

    [Fact]
    public void End_BeforeTheFirstDayAndItsBeginningLate_LeavesNothing() =>
        SecondmentOnRecord.Begin(Back(Hired, new(2019, 2, 20)), "EL-001", Begin, TestPlans.ElmPolicy).ShouldBeNull();

    [Theory]
    [InlineData("2019-08-31", false)]
    [InlineData("2019-09-01", true)]
    public void Begin_AfterAnotherThatBeganMeanwhile_IsTogetherNoLongerThanTheTerm(string until, bool refused)
    {
        var next = Begin with { Case = "C-2", From = Begin.Until.AddDays(1), Until = DateOnly.ParseExact(until, "O") };
        (
            SecondmentOnRecord.Begin(Away(Hired, Begin), "EL-001", next, TestPlans.ElmPolicy)!.Refusal?.Code
            == RefusalCode.SecondmentTooLong
        ).ShouldBe(refused);
        SecondmentOnRecord.Begin(Away(Hired, Begin), "EL-001", next with { Exception = "防汛" }, TestPlans.ElmPolicy).ShouldSucceed();
    }

    [Fact]
    public void End_SameCaseAgain_RecordsNothing() =>
        SecondmentOnRecord.End(Back(Away(Hired, Begin), new(2019, 3, 10)), "EL-001", new("C-1", new(2019, 3, 10))).ShouldBeNull();

    [Fact]
    public void Begin_OfOneDayAfterItsEnd_LeavesNothing() =>
        SecondmentOnRecord
            .Begin(Back(Hired, new(2019, 2, 28)), "EL-001", Begin with { Until = Begin.From }, TestPlans.ElmPolicy)
            .ShouldBeNull();

    [Fact]
    public void End_OnAnotherDay_IsRecorded() =>
        SecondmentOnRecord.End(Back(Away(Hired, Begin), new(2019, 3, 10)), "EL-001", new("C-1", new(2019, 3, 9)))!.ShouldSucceed();

    [Fact]
    public void End_NobodyOfThatId_IsRefused() =>
        SecondmentOnRecord.End(StaffState.Empty, "EL-404", new("C-1", new(2019, 3, 9)))!.Refusal!.Code.ShouldBe(RefusalCode.StaffUnknown);

    [Fact]
    public void TakeLeave_OverAnAbsence_SaysOfWhichKind()
    {
        var leave = StaffRules.TakeLeave(Take(Hired, Begin.From, Begin.From), "EL-001", Begin.From, Begin.From);
        var seconded = StaffRules.TakeLeave(Away(Hired, Begin), "EL-001", Begin.From, Begin.From);
        leave.ShouldBeRefused(RefusalCode.LeaveOverlaps).Because.En.ShouldContain("a recorded leave");
        seconded.ShouldBeRefused(RefusalCode.LeaveOverlaps).Because.En.ShouldContain("a recorded secondment");
    }

    [Fact]
    public void Hire_OtherRolesOrCertificates_IsRefused()
    {
        StaffRules.Hire(Hired, Clerk with { Roles = ["head"] }).ShouldBeRefused(RefusalCode.StaffAlreadyKnown);
        StaffRules.Hire(Hired, Clerk with { Certificates = [] }).ShouldBeRefused(RefusalCode.StaffAlreadyKnown);
    }

    [Fact]
    public void Begin_LeaveThatEndsTheSameDay_LeavesNoneAfterIt() =>
        Away(Take(Hired, new(2019, 3, 30), Begin.Until), Begin)
            .Facts!.Absences.ShouldHaveSingleItem()
            .Kind.ShouldBe(AbsenceKind.Secondment);

    [Fact]
    public void Begin_SecondCase_LeavesTheFirstAndEndsByItself()
    {
        var second = Begin with { Case = "C-2", From = new(2019, 5, 1), Until = new(2019, 5, 31) };
        var both = Away(Away(Take(Hired, new(2019, 7, 1), new(2019, 7, 5)), Begin), second);
        both.Facts!.Absences.Select(a => a.Case).ShouldBe(["C-1", "C-2", null]);

        var back = Back(both, new(2019, 3, 10));
        back.Facts!.Absences.Select(a => a.Until).ShouldBe([new(2019, 3, 10), new(2019, 5, 31), new(2019, 7, 5)]);
    }

    [Fact]
    public void Office_EndedAndResumed_IsRecordedOnceEach()
    {
        var (freed, back) = (PureCase.At(new(2019, 4, 10)), PureCase.At(new(2019, 4, 12)));
        StaffRules.EndOffice(StaffState.Empty, freed).ShouldBeNull();
        StaffRules.ResumeOffice(StaffState.Empty, freed).ShouldBeNull();
        StaffRules.ResumeOffice(Hired, freed).ShouldBeNull();

        var without = StaffRules.Apply(Hired, StaffRules.EndOffice(Hired, freed).ShouldSucceed());
        StaffRules.IsOutOfOffice(without.Facts!).ShouldBeTrue();
        StaffRules.EndOffice(without, freed).ShouldBeNull();

        var resumed = StaffRules.Apply(without, StaffRules.ResumeOffice(without, back).ShouldSucceed());
        StaffRules.IsOutOfOffice(resumed.Facts!).ShouldBeFalse();
        var again = StaffRules.Apply(resumed, StaffRules.EndOffice(resumed, back.AddDays(7)).ShouldSucceed());
        again.Facts!.OutOfOffice.ShouldBe([new OutOfOffice(freed, back), new OutOfOffice(back.AddDays(7), null)]);
    }

    // Freed on a Wednesday and appointed again so many days later: on that day they are back.
    [Theory]
    [InlineData(0, null)]
    [InlineData(1, "2019-04-10")]
    [InlineData(2, "2019-04-11")]
    public void NotAtTheDesk_OutOfOffice_LastsUntilTheDayBeforeTheReturn(int days, string? last)
    {
        var freed = PureCase.At(new(2019, 4, 10));
        var person = Clerk with { OutOfOffice = [new(freed, freed.AddDays(days))] };
        StaffRules
            .NotAtTheDesk(person, PureCase.DayOf)
            .ShouldBe(last is null ? [] : [new Absence(AbsenceKind.Leave, new(2019, 4, 10), DateOnly.ParseExact(last, "O"))]);
    }

    [Fact]
    public void NotAtTheDesk_WithoutAReturn_LastsForGoodBesideTheAbsences()
    {
        var person = Away(Hired, Begin).Facts! with { OutOfOffice = [new(PureCase.At(new(2019, 4, 10)), null)] };
        StaffRules
            .NotAtTheDesk(person, PureCase.DayOf)
            .ShouldBe([.. person.Absences, new Absence(AbsenceKind.Leave, new(2019, 4, 10), DateOnly.MaxValue)]);
        StaffRules.NotAtTheDesk(person with { OutOfOffice = null }, PureCase.DayOf).ShouldBe(person.Absences);
    }

    [Fact]
    public void Absences_AnyLeavesAndSecondments_NeverOverlap() =>
        Gen.Select(Gen.Bool, Gen.Int[0, 60], Gen.Int[0, 20])
            .List[0, 30]
            .Sample(asked =>
            {
                var state = Hired;
                for (var i = 0; i < asked.Count; i++)
                {
                    var (leave, start, length) = asked[i];
                    var (from, until) = (Clerk.Since.AddDays(start), Clerk.Since.AddDays(start + length));
                    var decided = leave
                        ? StaffRules.TakeLeave(state, Clerk.Id, from, until)
                        : SecondmentOnRecord.Begin(state, Clerk.Id, new($"C-{i}", "office", from, until), TestPlans.ElmPolicy);
                    state = decided?.Value is { } happened ? StaffRules.Apply(state, happened) : state;
                }

                var absences = state.Facts!.Absences;
                absences.Zip(absences.Skip(1)).ShouldAllBe(pair => pair.First.Until < pair.Second.From);
            });

    private static StaffState Take(StaffState state, DateOnly from, DateOnly until) =>
        StaffRules.Apply(state, StaffRules.TakeLeave(state, "EL-001", from, until).ShouldSucceed());

    private static StaffState Away(StaffState state, BeginSecondment begin) =>
        StaffRules.Apply(state, SecondmentOnRecord.Begin(state, "EL-001", begin, TestPlans.ElmPolicy).ShouldSucceed());

    private static StaffState Back(StaffState state, DateOnly last) =>
        StaffRules.Apply(state, SecondmentOnRecord.End(state, "EL-001", new("C-1", last)).ShouldSucceed());
}
