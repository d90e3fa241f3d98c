using TownReform.Tests.Fixtures;
using static TownReform.Tests.Fixtures.Cases;

namespace TownReform.Rules.Tests.Cases;

/// <summary>Two certified officers, present, of the right office, and not who must be kept apart (C2, C5, E5).</summary>
[ShowsClause("C2", "C5", "E5")]
public sealed class OfficersTests
{
    private static readonly DateOnly Day = PureCase.Day;

    [Fact]
    public void Investigate_Alone_IsRefused()
    {
        var penalty = PenaltyAtInvestigation();
        Conclude(penalty, With(0)).ShouldBe(RefusalCode.OfficersNotTwo).Clause.ShouldBe("C2");
        penalty
            .Act("conclude", Officer(0), Day, F("circumstance", "minor"), F("facts", "占道"))
            .ShouldBeRefused(RefusalCode.OfficersNotTwo);
        Conclude(penalty, With(1)).ShouldBeNull();
        penalty.File.HasDone("investigation", "YD-044").ShouldBeTrue();
    }

    [Theory]
    [InlineData(0, "YD-043", true)]
    [InlineData(1, "YD-043", false)]
    [InlineData(0, "YD-044", true)]
    [InlineData(1, "YD-044", false)]
    public void Investigate_AroundTheCertificatesLastDay_PassesUpToIt(int daysAfter, string whose, bool passes)
    {
        var penalty = PenaltyAtInvestigation();
        penalty.Staff[whose] = penalty.Person(whose)! with { Certificates = [new Certificate("enforcement", Day.AddDays(-daysAfter))] };
        var refusal = Conclude(penalty, With(1));
        (refusal?.Code, refusal?.Clause, refusal?.Of("staff")).ShouldBe(
            passes ? (null, null, null) : (RefusalCode.OfficerNotCertified, "C2", whose)
        );
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(0, false)]
    [InlineData(-5, false)]
    [InlineData(-6, true)]
    public void Act_AroundAnAbsence_IsRefusedFromItsFirstToItsLastDay(int from, bool passes)
    {
        var penalty = PenaltyAtInvestigation();
        penalty.Staff["YD-044"] = penalty.Person("YD-044")! with
        {
            Absences = [new Absence(AbsenceKind.Secondment, Day.AddDays(from), Day.AddDays(from + 5))],
        };
        var refusal = Conclude(penalty, With(1));
        (refusal?.Code, refusal?.Clause).ShouldBe(passes ? (null, null) : (RefusalCode.ActorAbsent, "E5"));
    }

    [Fact]
    public void Open_BySomebodyAway_IsRefused()
    {
        var penalty = PureCase.Of(RealSeeds.Yandian, "penalty-general", RealSeeds.Yandian.Item("penalty"));
        penalty.Staff["YD-043"] = penalty.Person("YD-043")! with { Absences = [new Absence(AbsenceKind.Leave, Day, Day)] };
        penalty.Open(Officer(0), Day, Date("offence-date", Day), F("found-by", "patrol")).ShouldBeRefused(RefusalCode.ActorAbsent);
    }

    [Fact]
    public void Act_OfficerOfAnotherOrgan_IsRefused()
    {
        var penalty = PenaltyAtInvestigation();
        penalty.Staff["YD-024"] = penalty.Person("YD-024")! with
        {
            Roles = ["officer"],
            Certificates = [new Certificate("enforcement", Day)],
        };
        penalty
            .Act("conclude", new Actor("YD-024", "government-service"), Day, With(1), F("circumstance", "minor"), F("facts", "占道"))
            .ShouldBeRefused(RefusalCode.ActorWrongRole);
    }

    [Fact]
    public void Act_StationedOfficer_ActsLikeTheTowns()
    {
        var penalty = PenaltyAtInvestigation();
        penalty.Do(
            "conclude",
            new Actor("YD-S01", "enforcement"),
            Day,
            F("with", "YD-S08"),
            F("circumstance", "minor"),
            F("facts", "占道")
        );
    }

    /// <summary>C2: who acts together belongs to the office that does the step.</summary>
    [Fact]
    public void Investigate_WithACertifiedOfficerOfAnotherOrgan_IsRefused()
    {
        var penalty = PenaltyAtInvestigation();
        penalty.Staff["YD-024"] = penalty.Person("YD-024")! with
        {
            Roles = ["officer"],
            Certificates = [new Certificate("enforcement", Day)],
        };
        var refusal = Conclude(penalty, F("with", "YD-024"));
        (refusal?.Code, refusal?.Clause, refusal?.Of("office")).ShouldBe((RefusalCode.SecondOfficerElsewhere, "C2", "government-service"));
    }

    [Fact]
    public void OnTheSpot_TheSamePersonTwice_IsRefusedAlsoWhereOneSuffices()
    {
        Summary().Act("warn", Officer(0), Day, With(0), F("circumstance", "minor")).ShouldBeRefused(RefusalCode.OfficersNotTwo);
        Summary().Act("warn", Officer(0), Day, F("circumstance", "minor")).ShouldSucceed();
    }

    [Fact]
    public void Decide_ByAnInvestigator_IsRefused()
    {
        var penalty = PenaltyAtDecision();
        penalty.Staff["YD-044"] = penalty.Person("YD-044")! with { Roles = ["officer", "head"] };
        penalty
            .Act("impose", Officer(1), Day, F("fine", "10.00"))
            .ShouldBeRefused(RefusalCode.ReviewerHandledCase)
            .Of("step")
            .ShouldBe("investigation");
    }

    [Fact]
    public void Open_OfficeCodeThatTheCountyHasToo_TellsThemApartByThePerson()
    {
        // A third town may call its finance bureau as the county calls its own.
        var person = RealSeeds.Yandian.Staff.First(p => p.Roles.Contains("collector")) with
        {
            Organ = "finance",
        };
        RealSeeds.Yandian.CountyDepartments.ShouldContain(d => d.Code == "finance");
        Opened(new Actor("finance-1", "finance")).ShouldSucceed();
        Opened(new Actor(person.Id, "finance")).ShouldBeRefused(RefusalCode.ActorWrongRole);

        Outcome<TownReform.Grains.Rules.Cases.CaseOpened> Opened(Actor actor)
        {
            var penalty = PureCase.Of(RealSeeds.Yandian, "penalty-general", RealSeeds.Yandian.Item("penalty"));
            penalty.Staff[person.Id] = person;
            return penalty.Open(actor, Day, Date("offence-date", Day), F("found-by", "transfer"));
        }
    }

    private static Refusal? Conclude(PureCase penalty, Field with) =>
        penalty.Act("conclude", Officer(0), Day, with, F("circumstance", "minor"), F("facts", "占道")).Refusal;
}
