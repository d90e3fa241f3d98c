using TownReform.Grains.Rules.Cases;
using TownReform.Tests.Fixtures;
using static TownReform.Tests.Fixtures.Cases;

namespace TownReform.Rules.Tests.Cases;

/// <summary>Who may be named beside the actor, or as who takes over: exactly those whom the act itself takes (C2, B3, E5).</summary>
[ShowsClause("C2")]
public sealed class NamingRulesTests
{
    private static readonly DateOnly Day = PureCase.Day;

    [Fact]
    public void SecondOfficer_OfEverybody_IsWhomTheActTakes()
    {
        var penalty = PenaltyAtInvestigation();
        Bend(penalty);
        var lead = Officer(0);
        var able = Able(penalty, "conclude", "with", lead).Where(id => id != lead.Id).ToArray();
        able.ShouldBe(
            People(penalty)
                .Where(id =>
                    id != lead.Id
                    && CaseRules.Act(penalty.File, Conclude(lead, id), penalty.Facts(Day, lead, Conclude(lead, id).Fields)).Refusal is null
                )
        );
        able.Length.ShouldBeGreaterThan(3, "somebody is left");
        able.ShouldNotContain("YD-044", "away");
        able.ShouldNotContain("YD-045", "the certificate ran out the day before");
        able.ShouldContain("YD-046", "the certificate's last day counts");
        able.ShouldAllBe(id => penalty.Person(id)!.Roles.Contains("officer"));
    }

    [Fact]
    public void SecondReviewer_WhoInvestigated_IsNotOffered()
    {
        var penalty = PenaltyAtResponse().Do("waive", PureCase.Public(), Day, F("waiver", "书面放弃"));
        penalty.Staff["YD-044"] = penalty.Person("YD-044")! with { Roles = ["officer", "legal"] };
        var legal = penalty.Who("legal");
        var able = Able(penalty, "pass", "with", legal);
        able.ShouldNotContain("YD-044");
        able.ShouldNotBeEmpty();
    }

    [Fact]
    public void Anybody_ForAnActThatIsNotTheirs_IsNotOffered() =>
        Able(PenaltyAtInvestigation(), "conclude", "with", PureCase.Public()).ShouldBeEmpty();

    [Fact]
    public void TakerOver_OfAnEnquiry_IsWhomTheRuleLetsTakeOver()
    {
        var enquiry = PureCase.About(RealSeeds.Yandian, "enquiry", "");
        var owner = Officer(0);
        enquiry.Open(owner, Day, F("question", "如何办理")).ShouldSucceed();
        enquiry.Staff["YD-044"] = enquiry.Person("YD-044")! with { Absences = [new Absence(AbsenceKind.Leave, Day, Day)] };
        var later = new Absence(AbsenceKind.Leave, Day.AddDays(1), Day.AddDays(2));
        enquiry.Staff["YD-046"] = enquiry.Person("YD-046")! with { Absences = [later] };
        var able = Able(enquiry, "hand-over", "to", owner);
        able.ShouldNotContain(owner.Id);
        able.ShouldNotContain("YD-044");
        able.ShouldContain("YD-046");
    }

    private static void Bend(PureCase penalty)
    {
        penalty.Staff["YD-044"] = penalty.Person("YD-044")! with { Absences = [new Absence(AbsenceKind.Leave, Day, Day)] };
        penalty.Staff["YD-045"] = penalty.Person("YD-045")! with { Certificates = [new Certificate("enforcement", Day.AddDays(-1))] };
        penalty.Staff["YD-046"] = penalty.Person("YD-046")! with { Certificates = [new Certificate("enforcement", Day)] };
    }

    private static string[] Able(PureCase file, string act, string field, Actor actor)
    {
        var rule = file.Procedure.ActAt(file.File.Step, act).ShouldNotBeNull();
        return
        [
            .. People(file)
                .Where(id =>
                    NamingRules.Check(
                        file.File,
                        rule,
                        field,
                        file.Person(id)!,
                        Stamps.Next(PureCase.At(Day), actor),
                        file.Facts(Day, actor, [])
                    )
                        is null
                ),
        ];
    }

    private static IEnumerable<string> People(PureCase file) =>
        file.Plan.Staff.Concat(file.Plan.StationedStaff).Select(person => person.Id);

    private static ActOnCase Conclude(Actor lead, string with) =>
        new(Stamps.Next(PureCase.At(Day), lead), "conclude", [F("with", with), F("circumstance", "minor"), F("facts", "占道")]);
}
