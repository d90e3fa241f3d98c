using System.Collections.Frozen;
using TownReform.Grains.Rules.Cases;
using TownReform.Tests.Fixtures;
using static TownReform.Tests.Fixtures.Cases;

namespace TownReform.Rules.Tests.Matters.Approvals;

/// <summary>An agent counts only with the party's authorisation on the case, also where a later act records it (B4).</summary>
[ShowsClause("B4")]
public sealed class AgentTests
{
    private const string Paper = "授权委托书";
    private static readonly DateOnly Day = PureCase.Day;
    private static readonly Actor First = new("agent-1", Actor.Public, "citizen"),
        Second = new("agent-2", Actor.Public, "citizen");

    [Fact]
    public void Act_PartyNamesAnAgentLater_OpensTheCaseToThatAgentOnly()
    {
        var permit = AtCorrection();
        permit.Act("supply", First, Day).ShouldBeRefused(RefusalCode.AuthorisationMissing).Clause.ShouldBe("B4");
        permit.Do("supply", PureCase.Public(), Day, F("agent", "agent-1"), F("authorisation", Paper));
        (permit.File.Agent, AgentRules.Authorised(permit.File)).ShouldBe(("agent-1", "agent-1"));
        Missing(permit).Act("supply", Second, Day).ShouldBeRefused(RefusalCode.AuthorisationMissing);
        permit.Do("supply", First, Day);
    }

    /// <summary>The next agent needs a paper of their own, and the one before has none any more.</summary>
    [Fact]
    public void Act_PartyNamesAnotherAgent_TheFirstCountsNoLonger()
    {
        var permit = AtCorrection();
        permit.Do("supply", PureCase.Public(), Day, F("agent", "agent-1"), F("authorisation", Paper));
        Missing(permit)
            .Act("supply", PureCase.Public(), Day, F("agent", "agent-2"))
            .ShouldBeRefused(RefusalCode.AuthorisationMissing)
            .Facts.ShouldContain(new Fact("agent", "agent-2"));
        permit.Do("supply", PureCase.Public(), Day, F("agent", "agent-2"), F("authorisation", Paper));
        Missing(permit).Act("supply", First, Day).ShouldBeRefused(RefusalCode.AuthorisationMissing);
        permit.Do("supply", Second, Day);
    }

    /// <summary>Nobody makes themselves an agent, and no agent makes another.</summary>
    [Theory]
    [InlineData("stranger", "citizen", "agent", "stranger")]
    [InlineData("stranger", "citizen", "authorisation", Paper)]
    [InlineData("stranger", null, "authorisation", Paper)]
    [InlineData("agent-1", "citizen", "agent", "agent-2")]
    [InlineData("agent-1", "citizen", "authorisation", Paper)]
    public void Act_SomebodyElseNamesAnAgent_IsRefusedUnderB4(string id, string? onBehalfOf, string field, string value)
    {
        var permit = AtCorrection();
        permit.Do("supply", PureCase.Public(), Day, F("agent", "agent-1"), F("authorisation", Paper));
        var refusal = Missing(permit)
            .Act("supply", new Actor(id, Actor.Public, onBehalfOf), Day, F(field, value))
            .ShouldBeRefused(RefusalCode.AuthorisationMissing);
        (refusal.Clause, permit.File.Agent).ShouldBe(("B4", "agent-1"));
    }

    /// <summary>Another writing of an id is the same person; another person's id is not, whatever it begins with.</summary>
    [Theory]
    [InlineData("11010119900307803x", true)]
    [InlineData("11010119900307803", false)]
    [InlineData("11010119900307803XX", false)]
    [InlineData("", false)]
    public void Act_AgentsIdInOtherWriting_IsTheSamePersonOnly(string id, bool passes)
    {
        var permit = AtCorrection();
        permit.Do("supply", PureCase.Public(), Day, F("agent", "11010119900307803X"), F("authorisation", Paper));
        var refusal = Missing(permit).Act("supply", new Actor(id, Actor.Public, "citizen"), Day).Refusal;
        (refusal?.Code).ShouldBe(passes ? null : RefusalCode.AuthorisationMissing);
    }

    /// <summary>The party takes the authorisation back.</summary>
    [Fact]
    public void Act_PartyNamesNobody_EndsTheAuthorisation()
    {
        var permit = AtCorrection();
        permit.Do("supply", PureCase.Public(), Day, F("agent", "agent-1"), F("authorisation", Paper));
        permit.Keep(Withdrawn(permit));
        (permit.File.Agent, AgentRules.Authorised(permit.File)).ShouldBe(("", null));
        Missing(permit).Act("supply", First, Day).ShouldBeRefused(RefusalCode.AuthorisationMissing);
    }

    /// <summary>A case of before agents were recorded has its agent in the field.</summary>
    [Fact]
    public void Act_OfAnOlderCase_OpenToTheAgentInItsField()
    {
        var permit = AtCorrection();
        permit.Keep(Withdrawn(permit) with { Agent = null, Fields = [F("agent", "agent-1"), F("authorisation", Paper)] });
        var older = permit.File with { Agent = null };
        AgentRules.Check(Check(permit, older, Second)).ShouldNotBeNull().Code.ShouldBe(RefusalCode.AuthorisationMissing);
        AgentRules.Check(Check(permit, older, First)).ShouldBeNull();
    }

    private static ActCheck Check(PureCase permit, CaseFile file, Actor actor) =>
        new(file, permit.Step, permit.Step.Acts["supply"], Stamps.Next(PureCase.At(Day), actor), [], permit.Facts(Day, actor, []));

    private static PureCase Missing(PureCase permit) => permit.Do("notify", permit.Who("window"), Day, F("missing", "图纸"));

    // A procedure in which the party may name an agent when it supplies papers.
    private static PureCase AtCorrection()
    {
        var permit = PureCase.Of(RealSeeds.Yandian, "permit", RealSeeds.Yandian.Item("permit"));
        var correction = permit.Procedure.Steps["correction"];
        var supply = correction.Acts["supply"] with { Takes = ["agent", "authorisation"] };
        permit.Procedure = permit.Procedure with
        {
            Steps = permit
                .Procedure.Steps.Values.Select(step =>
                    step.Code != "correction"
                        ? step
                        : correction with
                        {
                            Acts = correction
                                .Acts.Values.Select(act => act.Code == "supply" ? supply : act)
                                .ToFrozenDictionary(act => act.Code, StringComparer.Ordinal),
                        }
                )
                .ToFrozenDictionary(step => step.Code, StringComparer.Ordinal),
        };
        permit.Open(PureCase.Public(), Day).ShouldSucceed();
        return Missing(permit);
    }

    /// <summary>What an act that leaves the case where it is would record.</summary>
    private static ActTaken Withdrawn(PureCase permit) =>
        new(
            Act: "supply",
            From: permit.File.Step,
            To: permit.File.Step,
            By: ["citizen"],
            Workplace: permit.File.Workplace,
            Officers: permit.File.Officers,
            Clock: null,
            ExtendedDays: 0,
            Visit: false,
            Disposition: Disposition.Open,
            Granted: false,
            Colour: ClockColour.Green,
            At: PureCase.At(Day),
            Day: Day,
            StoppedDays: 0,
            StatutoryStoppedDays: 0,
            Fields: []
        )
        {
            Agent = "",
        };
}
