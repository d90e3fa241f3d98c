using TownReform.Silo.Identity;

namespace TownReform.Silo.Tests.Identity;

/// <summary>Who asks, and as whom they may speak in a party's matter. Nothing here asks the town.</summary>
public sealed class RequesterTests
{
    private static readonly Account Citizen = new("a1", AccountKind.Party, "wang", new("王某", "Wang"))
    {
        Parties = ["371581199001011234", "91371581MA3C000001"],
    };

    [Theory]
    [InlineData(null, "371581199001011234", null)]
    [InlineData("371581199001011234", "371581199001011234", null)]
    [InlineData("91371581ma3c000001", "91371581MA3C000001", null)]
    [InlineData("91371581MA3C000002", "371581199001011234", "91371581MA3C000002")]
    public void ForParty_OwnOrAnother_SpeaksAsItselfOrForIt(string? party, string id, string? behalf) =>
        SpeakingAs
            .ForParty(Requester.SignedIn(Citizen, provedAt: null), party)
            .Value.ShouldNotBeNull()
            .Actor.ShouldBe(new Actor(id, Actor.Public, behalf));

    [Fact]
    public void ForParty_WithoutParties_IsRefused()
    {
        SpeakingAs.ForParty(Requester.Anonymous).Refusal.ShouldNotBeNull().Code.ShouldBe(RefusalCode.ActorWrongRole);
        var leader = Requester.SignedIn(Citizen with { Kind = AccountKind.Leader, Parties = [] }, provedAt: null);
        SpeakingAs.ForParty(leader, "371581199001011234").Refusal.ShouldNotBeNull().Code.ShouldBe(RefusalCode.ActorWrongRole);
    }

    [Theory]
    [InlineData("system", null)]
    [InlineData("SYSTEM", "system")]
    [InlineData("371581199001011234", "system")]
    [InlineData("371581199001011234", " System ")]
    public void ForParty_AsTheSystem_IsRefused(string own, string? party) =>
        SpeakingAs
            .ForParty(Requester.SignedIn(Citizen with { Parties = [own] }, provedAt: null), party)
            .Refusal.ShouldNotBeNull()
            .Code.ShouldBe(RefusalCode.SystemFromOutside);

    [Theory]
    [InlineData(KeyScopes.None, RefusalCode.NotForClients)]
    [InlineData(KeyScopes.Read, RefusalCode.NotForClients)]
    [InlineData(KeyScopes.Read | KeyScopes.CountyFiles, RefusalCode.NotForClients)]
    [InlineData(KeyScopes.ApplyForParty, null)]
    public void ForParty_WithAKey_NeedsItsScope(KeyScopes scopes, RefusalCode? refused) =>
        (SpeakingAs.ForParty(Requester.WithKey(Citizen, scopes)).Refusal?.Code).ShouldBe(refused);
}
