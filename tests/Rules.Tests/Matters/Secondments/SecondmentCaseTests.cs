using TownReform.Tests.Fixtures;
using static TownReform.Tests.Fixtures.Cases;

namespace TownReform.Rules.Tests.Matters.Secondments;

/// <summary>The secondment rules as its procedure asks them, at the request and again at the approval (E1–E4).</summary>
[ShowsClause("E1", "E2", "E3", "E4")]
public sealed class SecondmentCaseTests
{
    private static readonly DateOnly Day = PureCase.Day;
    private static readonly DateOnly From = new(2019, 5, 6);
    private static readonly DateOnly HalfAYear = new(2019, 11, 5);

    private static Actor Housing => new("housing-1", "housing");

    private static Actor Organisation => new("organisation-1", "organisation");

    private static Actor Committee => new("YD-001", "party-government-office");

    [Theory]
    [InlineData(0, null, true)]
    [InlineData(1, null, false)]
    [InlineData(1, "省级专项", true)]
    public void Request_AroundSixMonths_PassesUpToThemOrWithAnException(int daysOver, string? exception, bool passes)
    {
        var refusal = Request(About("YD-062"), HalfAYear.AddDays(daysOver), exception).Refusal;
        (refusal?.Code, refusal?.Clause).ShouldBe(passes ? (null, null) : (RefusalCode.SecondmentTooLong, "E2"));
    }

    [Theory]
    [InlineData("yandian", "housing", 0, true)]
    [InlineData("yandian", "housing", 1, false)]
    [InlineData("yandian", "city-organisation", 1, true)]
    [InlineData("guyun", "housing", 0, true)]
    [InlineData("guyun", "city-organisation", 1, false)]
    [InlineData("guyun", "province-organisation", 1, false)]
    public void Request_AroundTwoYears_FollowsLevelAndPlan(string town, string to, int daysShort, bool passes)
    {
        var plan = RealSeeds.Library.Towns[town];
        var person = plan.Staff.First(p => p.Roles.IsEmpty && p.AgreementUntil is null);
        var request = PureCase.About(plan, "secondment", person.Id);
        request.Staff[person.Id] = person with { Since = From.AddYears(-2).AddDays(daysShort) };
        var refusal = request
            .Open(new Actor($"{to}-1", to), Day, Date("from", From), Date("until", HalfAYear), F("to", to), F("need", "专项"))
            .Refusal;
        (refusal?.Code, refusal?.Clause).ShouldBe(passes ? (null, null) : (RefusalCode.SecondmentUnderTwoYears, "E3"));
    }

    [Theory]
    [InlineData(0, true, false)]
    [InlineData(-1, true, true)]
    [InlineData(0, false, true)]
    public void Request_AroundTheAgreement_IsRefusedToItsLastDay(int days, bool civilServant, bool passes)
    {
        var request = About("YD-062");
        request.Staff["YD-062"] = request.Person("YD-062")! with { CivilServant = civilServant, AgreementUntil = From.AddDays(days) };
        var refusal = Request(request, HalfAYear).Refusal;
        (refusal?.Code, refusal?.Clause).ShouldBe(passes ? (null, null) : (RefusalCode.SecondmentUnderAgreement, "E4"));
    }

    [Fact]
    public void Request_DatesInTheWrongOrder_IsRefused() =>
        Request(About("YD-062"), From.AddDays(-1)).ShouldBeRefused(RefusalCode.SecondmentDatesWrong).Clause.ShouldBe("E1");

    [Fact]
    public void Request_ByTheTownOrACitizen_IsRefused()
    {
        About("YD-062")
            .Open(Committee, Day, Date("from", From), Date("until", HalfAYear), F("to", "housing"), F("need", "专项"))
            .ShouldBeRefused(RefusalCode.ActorWrongRole);
        About("YD-062").Open(PureCase.Public(), Day).ShouldBeRefused(RefusalCode.ActorWrongRole);
    }

    /// <summary>O: an office asks for itself only.</summary>
    [Theory]
    [InlineData("housing", true)]
    [InlineData("city-organisation", false)]
    [InlineData("organisation", false)]
    public void Request_IsForTheOfficeThatIsNamedAsRequester(string office, bool passes)
    {
        var refusal = About("YD-062")
            .Open(
                new Actor($"{office}-1", office),
                Day,
                Date("from", From),
                Date("until", HalfAYear),
                F("to", "housing"),
                F("need", "专项")
            )
            .Refusal;
        (refusal?.Code).ShouldBe(passes ? null : RefusalCode.ActorWrongRole);
        (refusal?.Of("wanted").Contains("housing", StringComparison.Ordinal)).ShouldBe(passes ? null : true);
    }

    [Fact]
    public void Approve_WithoutTheCommittee_IsNotPossible()
    {
        var request = Requested();
        request.Act("approve", Organisation, Day).ShouldBeRefused(RefusalCode.ActNotHere);
        request.Act("agree", Organisation, Day).ShouldBeRefused(RefusalCode.ActorWrongRole);
        request.Do("agree", Committee, Day).Act("approve", Housing, Day).ShouldBeRefused(RefusalCode.ActorWrongRole);
    }

    [Theory]
    [InlineData("agreement", RefusalCode.SecondmentUnderAgreement)]
    [InlineData("service", RefusalCode.SecondmentUnderTwoYears)]
    [InlineData("leave", RefusalCode.SecondmentOverlaps)]
    public void Approve_WhatChangedSinceTheRequest_IsAskedAgain(string change, RefusalCode code)
    {
        var request = Requested().Do("agree", Committee, Day);
        var person = request.Person("YD-062")!;
        request.Staff["YD-062"] = change switch
        {
            "agreement" => person with { AgreementUntil = From },
            "service" => person with { Since = From.AddYears(-2).AddDays(1) },
            _ => person with { Absences = [new Absence(AbsenceKind.Leave, From, From)] },
        };
        request.Act("approve", Organisation, Day).ShouldBeRefused(code);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void Extend_AroundSixMonths_CountsFromTheFirstDay(int daysOver, bool passes)
    {
        var away = Away(From.AddMonths(3));
        var refusal = away.Act("ask-extension", Housing, From.AddMonths(2), Date("extended-until", HalfAYear.AddDays(daysOver))).Refusal;
        (refusal?.Code, refusal?.Clause).ShouldBe(passes ? (null, null) : (RefusalCode.SecondmentTooLong, "E2"));
    }

    [Fact]
    public void Extend_ApprovedForAnotherDayThanAsked_IsRefused()
    {
        var away = Away(From.AddMonths(3))
            .Do("ask-extension", Housing, From.AddMonths(2), Date("extended-until", HalfAYear))
            .Do("agree", Committee, From.AddMonths(2));
        away.Act("approve", Organisation, From.AddMonths(2), Date("until", HalfAYear.AddDays(-1)))
            .ShouldBeRefused(RefusalCode.SecondmentDatesWrong)
            .Clause.ShouldBe("E2");
        away.Do("approve", Organisation, From.AddMonths(2), Date("until", HalfAYear)).File.Step.ShouldBe("away");
        away.Clock(HalfAYear).Expired.ShouldBeFalse();
        away.Clock(HalfAYear.AddDays(1)).Expired.ShouldBeTrue();
    }

    [Fact]
    public void Return_AfterTheLastDay_EndsByItself()
    {
        var away = Away(HalfAYear);
        away.Clock(HalfAYear).Expired.ShouldBeFalse();
        away.Clock(HalfAYear.AddDays(1)).Expired.ShouldBeTrue();
        away.DoSystem(away.Step.OnExpiry!, HalfAYear.AddDays(1)).File.Ending.ShouldBe("returned");
    }

    private static PureCase About(string staff) => PureCase.About(RealSeeds.Yandian, "secondment", staff);

    private static Outcome<TownReform.Grains.Rules.Cases.CaseOpened> Request(PureCase request, DateOnly until, string? exception = null) =>
        request.Open(
            Housing,
            Day,
            [
                Date("from", From),
                Date("until", until),
                F("to", "housing"),
                F("need", "专项"),
                .. exception is null ? Array.Empty<Field>() : [F("exception", exception)],
            ]
        );

    private static PureCase Requested(DateOnly? until = null)
    {
        var request = About("YD-062");
        Request(request, until ?? HalfAYear).ShouldSucceed();
        return request;
    }

    private static PureCase Away(DateOnly until)
    {
        var away = Requested(until).Do("agree", Committee, Day).Do("approve", Organisation, Day);
        away.Staff["YD-062"] = away.Person("YD-062")! with
        {
            Absences = [new Absence(AbsenceKind.Secondment, From, until, PureCase.Number, "housing")],
        };
        return away;
    }
}
