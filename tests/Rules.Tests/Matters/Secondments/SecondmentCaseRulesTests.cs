using System.Collections.Immutable;
using TownReform.Grains.Matters.Secondments;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Plans;
using TownReform.Tests.Fixtures;

namespace TownReform.Rules.Tests.Matters.Secondments;

/// <summary>What a case about a secondment asks for at its opening, at its approvals and at its extension; which rule answers
/// first.</summary>
[ShowsClause("E2")]
public sealed class SecondmentCaseRulesTests
{
    private static readonly DateOnly From = new(2019, 3, 1),
        Until = new(2019, 8, 31),
        Longer = new(2019, 10, 31);
    private static readonly Procedure Secondment = RealSeeds.Library.Procedures["secondment"];
    private static readonly TownPlan Plan = RealSeeds.Yandian;
    private static readonly CaseFile Opened = CaseFile.None with { Number = "YD00000007", Version = 1, Disposition = Disposition.Open };
    private static readonly StaffFacts Clerk = TestPlans.Person("EL-001", "service");

    [Fact]
    public void Request_AtOpening_HasNoCaseYetAndTheDaysThatAreGiven()
    {
        var request = Ask(CaseFile.None, null, null, [new("until", $"{Until:O}")]);
        (request.Case, request.From, request.Until, request.TownAgreed, request.OrganisationApproved, request.ExceptionReason).ShouldBe(
            (null, From, Until, false, false, null)
        );
    }

    [Fact]
    public void Request_AtAnApproval_IsOfItsCaseWithWhatWasDoneBefore()
    {
        var agreed = Opened with { Done = [new StepDone("committee", "EL-009")] };
        var request = Ask(agreed, "organisation", "approve", [], exception: "防汛");
        (request.Case, request.Until, request.TownAgreed, request.OrganisationApproved, request.ExceptionReason).ShouldBe(
            ("YD00000007", Until, true, true, "防汛")
        );
        Ask(Opened with { Done = [new StepDone("away", "EL-009")] }, "committee", "agree", [])
            .ShouldSatisfyAllConditions(it => it.TownAgreed.ShouldBeFalse(), it => it.OrganisationApproved.ShouldBeFalse());
        Ask(Opened with { Done = [new StepDone("committee", "EL-009"), new StepDone("away", "EL-009")] }, "committee", "agree", [])
            .TownAgreed.ShouldBeTrue();
    }

    [Fact]
    public void Request_ForMoreTime_LastsToTheDayThatIsAskedFor()
    {
        Ask(Opened, "away", "ask-extension", [new("extended-until", $"{Longer:O}")]).Until.ShouldBe(Longer);
        var asked = Opened with { Fields = [new("extended-until", $"{Longer:O}")] };
        Ask(asked, "extension", "agree", []).Until.ShouldBe(Longer);
        Ask(asked, "extension-approval", "approve", [new("until", $"{Until:O}")]).Until.ShouldBe(Until);
        Ask(Opened, "extension", "agree", []).Until.ShouldBe(Until);
        Ask(asked, null, null, []).Until.ShouldBe(Until);
    }

    [Fact]
    public void Term_ApprovalOfAnotherDayThanWasAskedFor_IsRefused()
    {
        var asked = Opened with { Fields = [new("extended-until", $"{Longer:O}")] };
        Term(asked, Until, [new("until", $"{Until:O}")]).ShouldBe(RefusalCode.SecondmentDatesWrong).Clause.ShouldBe("E2");
        Term(asked, Longer, [new("until", $"{Longer:O}")]).ShouldBe(RefusalCode.SecondmentTooLong);
        Term(asked, Until, [new("reason", "无")]).ShouldBe(RefusalCode.SecondmentTooLong);
        Term(Opened, Until, [new("until", $"{Until:O}")]).ShouldBeNull();
    }

    [Fact]
    public void Dates_InTheWrongOrderAndOverAnAbsence_AreRefusedForTheirOrder()
    {
        var away = Clerk with { Absences = [new Absence(AbsenceKind.Leave, From.AddDays(-9), Until)] };
        var request = Ask(CaseFile.None, null, null, []);
        SecondmentCaseRules.Dates(away, request with { Until = From.AddDays(-1) }).ShouldBe(RefusalCode.SecondmentDatesWrong);
        SecondmentCaseRules.Dates(away, request).ShouldBe(RefusalCode.SecondmentOverlaps);
        SecondmentCaseRules.Dates(Clerk, request).ShouldBeNull();
    }

    [Fact]
    public void LevelOf_ADepartmentThatThePlanDoesNotList_IsAboveTheCounty()
    {
        var known = Plan.CountyDepartments[^1];
        SecondmentCaseRules.LevelOf(Plan, known.Code).ShouldBe(known.Level);
        SecondmentCaseRules.LevelOf(Plan, "somewhere-else").ShouldBe(GovernmentLevel.City);
    }

    private static Refusal? Term(CaseFile file, DateOnly until, ImmutableArray<Field> given) =>
        SecondmentCaseRules.Term(Clerk, Ask(file, "extension-approval", "approve", given, until: until), until, given, file, Plan);

    private static SecondmentRequest Ask(
        CaseFile file,
        string? step,
        string? act,
        ImmutableArray<Field> given,
        string? exception = null,
        DateOnly? until = null
    )
    {
        var at = step is null ? null : Secondment.Steps[step];
        var extended = given
            .Concat(file.Fields)
            .Where(f => f.Name == "extended-until")
            .Select(f => (DateOnly?)DateOnly.ParseExact(f.Value, "O"))
            .FirstOrDefault();
        return SecondmentCaseRules.Request(
            to: Plan.CountyDepartments[0].Code,
            from: From,
            until: until ?? Until,
            extendedUntil: extended,
            exception: exception,
            given: given,
            file: file,
            step: at,
            act: act is null ? null : at!.Acts[act],
            plan: Plan
        );
    }
}
