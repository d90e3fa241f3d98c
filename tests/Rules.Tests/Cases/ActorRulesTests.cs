using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Plans;
using TownReform.Tests.Fixtures;
using static TownReform.Tests.Fixtures.Cases;

namespace TownReform.Rules.Tests.Cases;

/// <summary>As whom somebody speaks, and which certificates a step asks for.</summary>
public sealed class ActorRulesTests
{
    private static readonly DateOnly Day = PureCase.Day;

    // Elm has the organs "service" and "enforcement"; here the county has a department "service", too.
    private static readonly TownPlan Elm = TestPlans.Elm with
    {
        CountyDepartments =
        [
            .. TestPlans.Grove.Departments,
            new("service", new("政务服务局", "Service"), GovernmentLevel.County, [TestPlans.Official("service-1", "service")], []),
        ],
    };

    [Theory]
    [InlineData("citizen", Actor.Public, ActorStanding.Outside)]
    [InlineData("EL-001", Actor.Public, ActorStanding.Claimed)]
    [InlineData("el-001", Actor.Public, ActorStanding.Claimed)]
    [InlineData("EL-", Actor.Public, ActorStanding.Claimed)]
    [InlineData("EL", Actor.Public, ActorStanding.Outside)]
    [InlineData("ELX001", Actor.Public, ActorStanding.Outside)]
    [InlineData("OK-001", Actor.Public, ActorStanding.Outside)]
    [InlineData("EL-001", "enforcement", ActorStanding.Staff)]
    [InlineData("EL-001", "service", ActorStanding.Either)]
    [InlineData("construction-1", "construction", ActorStanding.Outside)]
    [InlineData("EL-001", "nowhere", ActorStanding.Staff)]
    public void StandingOf_OfficeAndId_TellAsWhomSomebodySpeaks(string id, string office, ActorStanding standing) =>
        ActorStandings.Of(Elm, new Actor(id, office)).ShouldBe(standing);

    [Fact]
    public void StandingOf_TheSystem_IsOutsideWhateverItsId() =>
        ActorStandings.Of(Elm, Actor.System with { Id = "EL-001" }).ShouldBe(ActorStanding.Outside);

    [Theory]
    [InlineData(ActorStanding.Outside, false)]
    [InlineData(ActorStanding.Staff, true)]
    [InlineData(ActorStanding.Claimed, false)]
    [InlineData(ActorStanding.Either, true)]
    public void IsStaff_OnlyWhoSpeaksForAnOffice_Is(ActorStanding standing, bool staff) => ActorStandings.IsStaff(standing).ShouldBe(staff);

    [Fact]
    public void IsOfSystem_ActForTheSystemAlone_Is()
    {
        var act = RealSeeds.Library.Procedures["permit"].Steps.Values.SelectMany(step => step.Acts.Values).First();
        ActorRules.IsOfSystem(act with { By = [ActorRules.BySystem] }).ShouldBeTrue();
        ActorRules.IsOfSystem(act with { By = [ActorRules.BySystem, ActorRules.ByPublic] }).ShouldBeFalse();
        ActorRules.IsOfSystem(act with { By = [ActorRules.ByPublic] }).ShouldBeFalse();
        ActorRules.IsOfSystem(act with { By = [] }).ShouldBeFalse();
    }

    [Fact]
    public void CertificatesOf_AStepThatAsksForTheItems_NamesEachOnce()
    {
        var step = RealSeeds.Library.Procedures["permit"].Steps.Values.First();
        var item = TestPlans.Elm.Items[TestPlans.Permit] with { Certificates = [new("fire", 1), new("approval", 2)] };
        OfficerRules.CertificatesOf(step with { Certificates = ["approval", "item"] }, item).ShouldBe(["approval", "fire"]);
        OfficerRules.CertificatesOf(step with { Certificates = ["item"] }, null).ShouldBeEmpty();
        OfficerRules.CertificatesOf(step with { Certificates = ["approval"] }, item).ShouldBe(["approval"]);
    }

    [Fact]
    public void Act_AsAnotherCitizen_IsRefusedAsNotTheParty()
    {
        var permit = Permit();
        permit.Act("withdraw", PureCase.Public(new Party("other", "王五", false)), Day).ShouldBeRefused(RefusalCode.ActorWrongRole);
        permit.Act("withdraw", PureCase.Public(), Day).ShouldSucceed();
    }

    [Fact]
    public void Act_ByTheRoleFromAnotherWorkplace_IsRefused()
    {
        var permit = Permit();
        var window = permit.Who("window");
        var elsewhere = permit.Person(window.Id)! with { Organ = "enforcement" };
        permit.Staff[window.Id] = elsewhere;
        permit.Act("accept", window with { Office = "enforcement" }, Day).ShouldBeRefused(RefusalCode.ActorWrongRole);
    }

    [Fact]
    public void Act_WithTheSamePersonTwice_IsOneOfficer()
    {
        var penalty = PenaltyAtInvestigation();
        Outcome<ActTaken> Conclude(int with) =>
            penalty.Act("conclude", Officer(0), Day, With(with), F("circumstance", "ordinary"), F("facts", "占道经营"));
        Conclude(0).ShouldBeRefused(RefusalCode.OfficersNotTwo).Of("officer").ShouldBe(Officer(0).Id);
        Conclude(1).ShouldSucceed();
    }
}
