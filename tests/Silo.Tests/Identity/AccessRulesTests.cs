using System.Collections.Immutable;
using TownReform.Grains.Seeds;
using TownReform.Silo.Identity;
using TownReform.Silo.Tests.Fixtures;

namespace TownReform.Silo.Tests.Identity;

/// <summary>The table of who may do what with a case (design of the web, §5), line by line.</summary>
public sealed class AccessRulesTests
{
    private static readonly Lazy<Grains.Rules.Plans.TownPlan> Plan = new(() => SeedLoader.Load(Repository.Seeds).Towns["yandian"]);

    private const CaseRights Read = CaseRights.Line | CaseRights.Read,
        Act = Read | CaseRights.Act,
        Own = Act | CaseRights.Papers | CaseRights.Rate | CaseRights.Readers;

    [Theory]
    [InlineData(AccountKind.Party, null, CaseRelation.Party, Own)]
    [InlineData(AccountKind.Party, null, CaseRelation.Agent, Own)]
    [InlineData(AccountKind.Party, null, CaseRelation.None, CaseRights.None)]
    [InlineData(AccountKind.Staff, "window", CaseRelation.Office, Act)]
    [InlineData(AccountKind.Staff, "window", CaseRelation.OpenedHere, Act)]
    [InlineData(AccountKind.Staff, "window", CaseRelation.HandedOver, Read)]
    [InlineData(AccountKind.Staff, "window", CaseRelation.OwnTown, CaseRights.None)]
    [InlineData(AccountKind.Staff, "window", CaseRelation.None, CaseRights.None)]
    [InlineData(AccountKind.Staff, "head", CaseRelation.Office, Act | CaseRights.HandOver | CaseRights.Readers)]
    [InlineData(AccountKind.Staff, "deputy", CaseRelation.Office, Act | CaseRights.HandOver | CaseRights.Readers)]
    [InlineData(AccountKind.Staff, "head", CaseRelation.OwnTown, CaseRights.Line)]
    [InlineData(AccountKind.Staff, "committee", CaseRelation.OwnTown, CaseRights.Line)]
    [InlineData(AccountKind.Staff, "head", CaseRelation.None, CaseRights.None)]
    [InlineData(AccountKind.County, "", CaseRelation.Office, Act)]
    [InlineData(AccountKind.County, "", CaseRelation.Guided, Read)]
    [InlineData(AccountKind.County, "", CaseRelation.None, CaseRights.None)]
    [InlineData(AccountKind.Leader, null, CaseRelation.None, CaseRights.Line)]
    [InlineData(AccountKind.Auditor, null, CaseRelation.None, Read | CaseRights.Readers)]
    [InlineData(AccountKind.Operator, null, CaseRelation.None, CaseRights.None)]
    [InlineData(AccountKind.Integration, null, CaseRelation.Party, Own)]
    internal void Rights_OfEachKindAndRelation_AreTheTables(AccountKind kind, string? role, CaseRelation relation, CaseRights rights) =>
        AccessRules
            .RightsOf(
                Requester.SignedIn(new("a", kind, "a", new("甲", "A")), null),
                role is null ? null : Staff("government-service", role),
                relation
            )
            .ShouldBe(rights);

    /// <summary>Everybody who reads a file is noted, but the party itself.</summary>
    [Theory]
    [InlineData(AccountKind.Party, CaseRelation.Party, false, false)]
    [InlineData(AccountKind.Party, CaseRelation.Party, true, true)]
    [InlineData(AccountKind.Party, CaseRelation.Agent, false, true)]
    [InlineData(AccountKind.Integration, CaseRelation.Party, true, true)]
    [InlineData(AccountKind.Staff, CaseRelation.Office, false, true)]
    [InlineData(AccountKind.Staff, CaseRelation.Party, false, true)]
    [InlineData(AccountKind.County, CaseRelation.Guided, false, true)]
    [InlineData(AccountKind.Auditor, CaseRelation.None, false, true)]
    internal void Reading_ByEverybodyButTheParty_IsNoted(AccountKind kind, CaseRelation relation, bool byKey, bool noted)
    {
        var account = new Account("a", kind, "a", new("甲", "A"));
        var who = byKey ? Requester.WithKey(account, KeyScopes.Read) : Requester.SignedIn(account, null);
        AccessRules.IsNoted(who, relation).ShouldBe(noted);
    }

    [Fact]
    public void Rights_OfNobody_AreNone() => AccessRules.RightsOf(Requester.Anonymous, null, CaseRelation.None).ShouldBe(CaseRights.None);

    [Theory]
    [InlineData(KeyScopes.Read, CaseRelation.Party, Read | CaseRights.Readers)]
    [InlineData(KeyScopes.ApplyForParty, CaseRelation.Party, CaseRights.Act | CaseRights.Papers | CaseRights.Rate)]
    [InlineData(KeyScopes.Read | KeyScopes.ApplyForParty, CaseRelation.Party, Own)]
    [InlineData(KeyScopes.Read | KeyScopes.ApplyForParty, CaseRelation.Office, Read)]
    [InlineData(KeyScopes.Read | KeyScopes.CountyFiles, CaseRelation.Office, Read)]
    [InlineData(KeyScopes.Read | KeyScopes.ActForOffice, CaseRelation.Office, Act)]
    [InlineData(KeyScopes.Read | KeyScopes.ActForOffice, CaseRelation.Party, Read | CaseRights.Readers)]
    [InlineData(KeyScopes.None, CaseRelation.Office, CaseRights.None)]
    internal void Rights_OfAKey_AreWithinItsScopes(KeyScopes scopes, CaseRelation relation, CaseRights rights) =>
        AccessRules
            .RightsOf(
                Requester.WithKey(new("a", AccountKind.Integration, "a", new("甲", "A")), scopes),
                Staff("government-service", "window"),
                relation
            )
            .ShouldBe(rights);

    [Fact]
    public void Relation_ToOnesOwnCase_IsTheParty()
    {
        Relation(Party("C-1")).ShouldBe(CaseRelation.Party);
        Relation(Party("c-1")).ShouldBe(CaseRelation.Party, "ids are compared as the town compares them");
        Relation(Party("C-2")).ShouldBe(CaseRelation.None);
        Relation(Party("A-1")).ShouldBe(CaseRelation.Agent);
        Relation(Party("A-1"), File() with { Agent = null }).ShouldBe(CaseRelation.None, "without an authorisation on the case");
        Relation(Requester.Anonymous).ShouldBe(CaseRelation.None);
    }

    [Theory]
    [InlineData("government-service", CaseRelation.Office)]
    [InlineData("enforcement", CaseRelation.OwnTown)]
    internal void Relation_OfStaff_IsTheirOfficesOrTheirTowns(string office, CaseRelation relation) =>
        Relation(Employee, speaker: Staff(office, "window")).ShouldBe(relation);

    [Fact]
    public void Relation_OfAnotherTownOrCounty_IsNone()
    {
        var elsewhere = Staff("government-service", "head") with { Town = "guyun" };
        Relation(Employee, speaker: elsewhere, past: new(true, true, true)).ShouldBe(CaseRelation.None);
        var county = new Speaker(new("L-1", "development-reform"), null, County: "shen");
        Relation(Employee, speaker: county, past: new(true, true, true)).ShouldBe(CaseRelation.None);
    }

    [Fact]
    public void Relation_ByTheRecord_IsTheStrongestThatItTells()
    {
        var speaker = Staff("enforcement", "officer");
        Relation(Employee, speaker: speaker, past: new(true, true, false)).ShouldBe(CaseRelation.OpenedHere);
        Relation(Employee, speaker: speaker, past: new(false, true, false)).ShouldBe(CaseRelation.HandedOver);
        Relation(Employee, speaker: speaker, past: new(false, false, false)).ShouldBe(CaseRelation.OwnTown);
        var county = new Speaker(new("L-1", "development-reform"), null, County: "linqing");
        Relation(Employee, speaker: county, past: new(false, false, true)).ShouldBe(CaseRelation.Guided);
        Relation(Employee, speaker: county, past: new(false, false, false)).ShouldBe(CaseRelation.None);
        Relation(Employee, File() with { Workplace = "linqing/development-reform" }, county).ShouldBe(CaseRelation.Office);
        Relation(Employee, File() with { Workplace = "linqing/enforcement" }, speaker)
            .ShouldBe(CaseRelation.OwnTown, "an office of that code above");
    }

    [Fact]
    public void Relation_OfWhoHasTheStepInPerson_IsTheirOffices() =>
        Relation(Employee, File() with { Officers = ["YD-007"] }, Staff("enforcement", "officer")).ShouldBe(CaseRelation.Office);

    [Fact]
    public void Reason_IsAskedOfTheAuditorAlone()
    {
        AccessRules
            .NeedsReason(Requester.SignedIn(new("a", AccountKind.Auditor, "a", new("甲", "A")), null), CaseRelation.None)
            .ShouldBeTrue();
        AccessRules.NeedsReason(Party("C-1"), CaseRelation.Party).ShouldBeFalse();
    }

    private static Requester Employee { get; } = Requester.SignedIn(new("a", AccountKind.Staff, "a", new("甲", "A")), null);

    private static Requester Party(string id) =>
        Requester.SignedIn(new("a", AccountKind.Party, "a", new("甲", "A")) { Parties = [id] }, null);

    private static CaseRelation Relation(Requester who, CaseView? @case = null, Speaker? speaker = null, OfficePast? past = null) =>
        AccessRules.RelationOf(who, speaker, @case ?? File(), Plan.Value, past);

    private static Speaker Staff(string office, string role) =>
        new(
            new Actor("YD-007", office),
            null,
            Town: "yandian",
            Staff: new("YD-007", "yandian", office, PostClass.Administrative, true, [role], [], default, null, null, [])
        );

    private static CaseView File() =>
        new(
            "YD00000001",
            "yandian",
            "permit",
            "permit",
            "YD-XK-001",
            1,
            3,
            "review",
            "yandian/government-service",
            ["YD-024"],
            Disposition.Open,
            null,
            false,
            ClockColour.Green,
            null,
            new(0, 0, false, false, false),
            1,
            null,
            default,
            default,
            new("C-1", "某", false),
            ImmutableArray<Field>.Empty,
            Agent: "A-1"
        );
}
