using System.Collections.Immutable;
using TownReform.Grains.Matters.Secondments;
using TownReform.Grains.Rules.Plans;
using TownReform.Tests.Fixtures;

namespace TownReform.Rules.Tests.Matters.Secondments;

[ShowsClause("E1", "E2")]
public sealed class SecondmentRulesTests
{
    private static readonly DateOnly First = new(2019, 3, 1);
    private static readonly StaffFacts Clerk = TestPlans.Person("EL-001", "service");

    private static readonly SecondmentRequest Approved = new(
        "C-1",
        "county-office",
        GovernmentLevel.County,
        First,
        new(2019, 8, 31),
        TownAgreed: true,
        OrganisationApproved: true
    );

    [Theory]
    [InlineData("2019-08-30", false)]
    [InlineData("2019-08-31", false)]
    [InlineData("2019-09-01", true)]
    public void Term_SixMonthsFromFirstOfMarch_EndsOnLastOfAugust(string until, bool refused) =>
        (Ask(Approved with { Until = Day(until) })?.Code == RefusalCode.SecondmentTooLong).ShouldBe(refused);

    [Theory]
    [InlineData("2019-08-31", 6, "2020-02-28")]
    [InlineData("2018-08-31", 6, "2019-02-27")]
    [InlineData("2019-01-15", 6, "2019-07-14")]
    [InlineData("2019-12-31", 2, "2020-02-28")]
    public void LastAllowedDay_MonthsOfAnyLength_IsNeverLongerThanTheMonths(string first, int months, string last) =>
        SecondmentRules.LastAllowedDay(Day(first), months).ShouldBe(Day(last));

    [Fact]
    public void Term_TooLongWithRecordedReason_Passes() =>
        Ask(Approved with { Until = new(2019, 9, 1), ExceptionReason = "flood relief" }).ShouldBeNull();

    [Fact]
    public void Term_TooLongWithBlankReason_IsRefused() =>
        Ask(Approved with { Until = new(2019, 9, 1), ExceptionReason = " " }).ShouldBe(RefusalCode.SecondmentTooLong).Clause.ShouldBe("E2");

    [Fact]
    public void Term_ExceptionWithoutBothApprovals_IsRefused() =>
        Ask(Approved with { Until = new(2019, 9, 1), ExceptionReason = "flood relief", OrganisationApproved = false })
            .ShouldBe(RefusalCode.SecondmentNotApproved);

    [Theory]
    [InlineData("2019-08-31", false)]
    [InlineData("2019-09-01", true)]
    public void Term_ExtensionOfTheSameCase_CountsFromTheFirstDay(string until, bool refused)
    {
        var away = Away(new Absence(AbsenceKind.Secondment, First, new(2019, 5, 31), "C-1", "county-office"));
        (
            SecondmentRules.Check(away, Approved with { Until = Day(until) }, TestPlans.ElmPolicy)?.Code == RefusalCode.SecondmentTooLong
        ).ShouldBe(refused);
    }

    [Theory]
    [InlineData("2019-06-01", "2019-08-31", false)]
    [InlineData("2019-06-01", "2019-09-01", true)]
    public void Term_NewCaseOnTheNextDay_CountsFromTheFirstDay(string from, string until, bool refused)
    {
        var away = Away(new Absence(AbsenceKind.Secondment, First, new(2019, 5, 31), "C-1", "county-office"));
        var renewed = Approved with { Case = "C-2", From = Day(from), Until = Day(until) };
        (SecondmentRules.Check(away, renewed, TestPlans.ElmPolicy)?.Code == RefusalCode.SecondmentTooLong).ShouldBe(refused);
    }

    [Theory]
    [InlineData("2019-06-03", true)]
    [InlineData("2019-06-04", false)]
    public void Unbroken_OnlyAWeekendBetween_IsOne(string from, bool unbroken)
    {
        // 31 May 2019 is a Friday.
        var away = Away(new Absence(AbsenceKind.Secondment, First, new(2019, 5, 31), "C-1", "county-office"));
        SecondmentRules.Unbroken(away, "C-2", "county-office", Day(from), Day(from)).First.ShouldBe(unbroken ? First : Day(from));
    }

    [Fact]
    public void Unbroken_OtherDepartment_StartsAnew()
    {
        var away = Away(new Absence(AbsenceKind.Secondment, First, new(2019, 5, 31), "C-1", "county-office"));
        SecondmentRules.Unbroken(away, "C-2", "other", new(2019, 6, 1), new(2019, 6, 2)).ShouldBe((new(2019, 6, 1), new(2019, 6, 2)));
    }

    [Theory]
    [InlineData("2019-08-31", false)]
    [InlineData("2019-09-01", true)]
    public void Term_NewCaseRightBeforeAnother_CountsToTheLastDayOfThat(string until, bool refused)
    {
        // The other begins on a Monday, so only the weekend is between them.
        var away = Away(new Absence(AbsenceKind.Secondment, new(2019, 6, 3), Day(until), "C-1", "county-office"));
        var before = Approved with { Case = "C-2", From = First, Until = new(2019, 5, 31) };
        (SecondmentRules.Check(away, before, TestPlans.ElmPolicy)?.Code == RefusalCode.SecondmentTooLong).ShouldBe(refused);
        SecondmentRules.Check(away, before with { Until = new(2019, 5, 30) }, TestPlans.ElmPolicy).ShouldBeNull();
    }

    [Theory]
    [InlineData("2019-02-28", true)]
    [InlineData("2019-03-01", false)]
    [InlineData("2019-03-02", false)]
    public void ServiceYears_AnniversaryOfTwoYears_Passes(string from, bool refused)
    {
        var newcomer = Clerk with { Since = new(2017, 3, 1) };
        var request = Approved with { From = Day(from), Until = Day(from) };
        (SecondmentRules.Check(newcomer, request, TestPlans.ElmPolicy)?.Code == RefusalCode.SecondmentUnderTwoYears).ShouldBe(refused);
    }

    [Theory]
    [InlineData(GovernmentLevel.County, true, true)]
    [InlineData(GovernmentLevel.City, false, true)]
    [InlineData(GovernmentLevel.Province, false, true)]
    public void ServiceYears_RequestersLevel_FollowsTownPolicy(GovernmentLevel level, bool elmRefuses, bool oakRefuses)
    {
        var newcomer = Clerk with { Since = new(2018, 3, 1) };
        var request = Approved with { Level = level };
        (SecondmentRules.Check(newcomer, request, TestPlans.ElmPolicy)?.Code == RefusalCode.SecondmentUnderTwoYears).ShouldBe(elmRefuses);
        (SecondmentRules.Check(newcomer, request, TestPlans.OakPolicy)?.Code == RefusalCode.SecondmentUnderTwoYears).ShouldBe(oakRefuses);
    }

    [Theory]
    [InlineData("2019-03-02", true)]
    [InlineData("2019-03-01", true)]
    [InlineData("2019-02-28", false)]
    public void Agreement_LastDayIncluded_IsRefused(string agreementUntil, bool refused)
    {
        var bound = Clerk with { AgreementUntil = Day(agreementUntil) };
        (SecondmentRules.Check(bound, Approved, TestPlans.ElmPolicy)?.Code == RefusalCode.SecondmentUnderAgreement).ShouldBe(refused);
    }

    [Fact]
    public void Agreement_NotACivilServant_DoesNotApply() =>
        SecondmentRules.Agreement(Clerk with { CivilServant = false, AgreementUntil = new(2020, 1, 1) }, Approved).ShouldBeNull();

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Approvals_OneMissing_IsRefused(bool town, bool organisation) =>
        Ask(Approved with { TownAgreed = town, OrganisationApproved = organisation })
            .ShouldBe(RefusalCode.SecondmentNotApproved)
            .Clause.ShouldBe("E1");

    [Theory]
    [InlineData("2019-02-28", true)]
    [InlineData("2019-03-01", false)]
    [InlineData("2019-03-02", false)]
    public void Dates_UntilAgainstFrom_OneDayIsTheLeast(string until, bool refused) =>
        (Ask(Approved with { Until = Day(until) })?.Code == RefusalCode.SecondmentDatesWrong).ShouldBe(refused);

    [Theory]
    [InlineData("2019-02-28", false)]
    [InlineData("2019-03-01", true)]
    [InlineData("2019-03-02", true)]
    public void Overlap_LeaveUpToTheFirstDay_IsRefused(string leaveUntil, bool refused)
    {
        var away = Away(new Absence(AbsenceKind.Leave, new(2019, 2, 20), Day(leaveUntil)));
        (SecondmentRules.Check(away, Approved, TestPlans.ElmPolicy)?.Code == RefusalCode.SecondmentOverlaps).ShouldBe(refused);
    }

    [Theory]
    [InlineData("2019-08-30", true)]
    [InlineData("2019-08-31", true)]
    [InlineData("2019-09-01", false)]
    public void Overlap_LeaveFromTheLastDayOn_IsRefused(string leaveFrom, bool refused)
    {
        var away = Away(new Absence(AbsenceKind.Leave, Day(leaveFrom), new(2019, 9, 10)));
        (SecondmentRules.Check(away, Approved, TestPlans.ElmPolicy)?.Code == RefusalCode.SecondmentOverlaps).ShouldBe(refused);
    }

    [Fact]
    public void Overlap_SecondmentWithoutACase_IsNobodysOwn()
    {
        var away = Away(new Absence(AbsenceKind.Secondment, First, new(2019, 3, 10)));
        SecondmentRules.Overlap(away, Approved with { Case = null }).ShouldBe(RefusalCode.SecondmentOverlaps);
        SecondmentRules
            .Overlap(Away(new Absence(AbsenceKind.Leave, First, new(2019, 3, 10), "C-1")), Approved)
            .ShouldBe(RefusalCode.SecondmentOverlaps);
        SecondmentRules.Overlap(Away(new Absence(AbsenceKind.Secondment, First, new(2019, 3, 10), "C-1")), Approved).ShouldBeNull();
    }

    [Theory]
    [InlineData("2019-02-28", true)]
    [InlineData("2019-03-01", false)]
    public void Dates_BeforeTheFirstDayOfService_AreWrong(string from, bool refused) =>
        (
            SecondmentRules.Dates(Clerk with { Since = First }, Approved with { From = Day(from) })?.Code
            == RefusalCode.SecondmentDatesWrong
        ).ShouldBe(refused);

    /// <summary>Which no comes first: dates, service, agreement, overlap, term, approvals.</summary>
    [Fact]
    public void Check_SeveralRulesAgainstIt_TheFirstAnswers()
    {
        var away = Away(new Absence(AbsenceKind.Leave, new(2019, 4, 1), new(2019, 4, 2)));
        var bound = away with { AgreementUntil = new(2020, 1, 1) };
        var young = bound with { Since = First.AddDays(-1) };
        var request = Approved with
        {
            Until = new(2020, 8, 31),
            OrganisationApproved = false,
            Level = TestPlans.ElmPolicy.SecondmentBanLevels.First(),
        };
        Code(young, request with { Until = First.AddDays(-1) }).ShouldBe(RefusalCode.SecondmentDatesWrong);
        Code(young, request).ShouldBe(RefusalCode.SecondmentUnderTwoYears);
        Code(bound, request).ShouldBe(RefusalCode.SecondmentUnderAgreement);
        Code(away, request).ShouldBe(RefusalCode.SecondmentOverlaps);
        Code(Clerk, request).ShouldBe(RefusalCode.SecondmentTooLong);
        Code(Clerk, request with { Until = Approved.Until }).ShouldBe(RefusalCode.SecondmentNotApproved);
    }

    [Fact]
    public void Unbroken_ThreeInARow_AreOneFromTheFirstToTheLast()
    {
        var away = Clerk with
        {
            Absences =
            [
                new(AbsenceKind.Secondment, new(2019, 1, 1), new(2019, 1, 31), "C-1", "county-office"),
                new(AbsenceKind.Secondment, new(2019, 2, 1), new(2019, 2, 28), "C-2", "county-office"),
                new(AbsenceKind.Secondment, new(2019, 4, 1), new(2019, 4, 30), "C-4", "county-office"),
                new(AbsenceKind.Secondment, new(2019, 5, 1), new(2019, 5, 31), "C-5", "county-office"),
            ],
        };
        SecondmentRules.Unbroken(away, "C-3", "county-office", First, new(2019, 3, 31)).ShouldBe((new(2019, 1, 1), new(2019, 5, 31)));
        SecondmentRules.Unbroken(away, null, "county-office", First, new(2019, 3, 31)).ShouldBe((new(2019, 1, 1), new(2019, 5, 31)));
        SecondmentRules
            .Unbroken(away, "C-4", "county-office", new(2019, 4, 1), new(2019, 4, 15))
            .ShouldBe((new(2019, 4, 1), new(2019, 4, 15)));
    }

    [Fact]
    public void Unbroken_OneThatSharesADay_IsNotTheSame()
    {
        var before = Away(new Absence(AbsenceKind.Secondment, new(2019, 1, 1), First, "C-1", "county-office"));
        SecondmentRules.Unbroken(before, "C-2", "county-office", First, new(2019, 3, 31)).First.ShouldBe(First);
        var after = Away(new Absence(AbsenceKind.Secondment, new(2019, 3, 31), new(2019, 5, 31), "C-1", "county-office"));
        SecondmentRules.Unbroken(after, "C-2", "county-office", First, new(2019, 3, 31)).Last.ShouldBe(new DateOnly(2019, 3, 31));
    }

    [Theory]
    [InlineData(false, false, "镇党委同意和县（市）委组织部批准", "missing", "missing")]
    [InlineData(false, true, "镇党委同意，", "missing", "yes")]
    [InlineData(true, false, "缺县（市）委组织部批准", "yes", "missing")]
    public void Approvals_Missing_AreNamed(bool town, bool organisation, string zh, string committee, string department)
    {
        var refusal = SecondmentRules.Approvals(Approved with { TownAgreed = town, OrganisationApproved = organisation }).ShouldNotBeNull();
        refusal.Because.Zh.ShouldContain(zh);
        (refusal.Of("townPartyCommittee"), refusal.Of("organisationDepartment")).ShouldBe((committee, department));
    }

    private static RefusalCode? Code(StaffFacts person, SecondmentRequest request) =>
        SecondmentRules.Check(person, request, TestPlans.ElmPolicy)?.Code;

    private static Refusal? Ask(SecondmentRequest request) => SecondmentRules.Check(Clerk, request, TestPlans.ElmPolicy);

    private static StaffFacts Away(Absence absence) => Clerk with { Absences = ImmutableArray.Create(absence) };

    private static DateOnly Day(string iso) => DateOnly.ParseExact(iso, "O");
}
