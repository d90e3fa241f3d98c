using CsCheck;
using TownReform.Grains.Rules.Establishment;
using TownReform.Tests.Fixtures;

namespace TownReform.Rules.Tests.Establishment;

public sealed class EstablishmentRulesTests
{
    private static readonly ApprovedPosts Approved = new(2, 1);

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(3, true)]
    public void Appoint_HeldAgainstApproved_StopsAtTheNumber(int held, bool refused)
    {
        var state = EstablishmentState.Empty with { HeldAdministrative = held };
        (EstablishmentRules.Appoint(state, "a", PostClass.Administrative, Approved).Refusal?.Code == RefusalCode.PostsExhausted).ShouldBe(
            refused
        );
    }

    [Fact]
    public void Appoint_OtherClassFull_IsNoMatter()
    {
        var full = Appoint(EstablishmentState.Empty, "a", PostClass.Institution);
        Appoint(full, "b", PostClass.Administrative).HeldAdministrative.ShouldBe(1);
    }

    [Fact]
    public void Appoint_HolderOfAPost_IsRefused() =>
        EstablishmentRules
            .Appoint(Appoint(EstablishmentState.Empty, "a", PostClass.Institution), "a", PostClass.Administrative, Approved)
            .ShouldBeRefused(RefusalCode.PostAlreadyHeld);

    [Fact]
    public void Release_FullClass_FreesOnePost()
    {
        var full = Appoint(EstablishmentState.Empty, "a", PostClass.Institution);
        EstablishmentRules.Appoint(full, "b", PostClass.Institution, Approved).ShouldBeRefused(RefusalCode.PostsExhausted);
        var freed = EstablishmentRules.Apply(full, EstablishmentRules.Release(full, "a").ShouldSucceed());
        Appoint(freed, "b", PostClass.Institution).HeldInstitution.ShouldBe(1);
    }

    [Fact]
    public void Release_NoPostHeld_IsRefused() =>
        EstablishmentRules.Release(EstablishmentState.Empty, "a").ShouldBeRefused(RefusalCode.PostNotHeld);

    [Fact]
    public void Posts_AnyOrderOfCommands_AreNeverOver() =>
        Gen.Select(Gen.Bool, Gen.Int[1, 8], Gen.Enum<PostClass>())
            .List[0, 60]
            .Sample(commands =>
            {
                var state = EstablishmentState.Empty;
                foreach (var (appoint, staff, posts) in commands)
                {
                    var decided = appoint
                        ? EstablishmentRules.Appoint(state, $"{staff}", posts, Approved)
                        : EstablishmentRules.Release(state, $"{staff}");
                    state = decided.Value is { } happened ? EstablishmentRules.Apply(state, happened) : state;
                    state.HeldAdministrative.ShouldBeInRange(0, Approved.Administrative);
                    state.HeldInstitution.ShouldBeInRange(0, Approved.Institution);
                    state.Holders.Count.ShouldBe(state.HeldAdministrative + state.HeldInstitution);
                }
            });

    private static EstablishmentState Appoint(EstablishmentState state, string staff, PostClass posts) =>
        EstablishmentRules.Apply(state, EstablishmentRules.Appoint(state, staff, posts, Approved).ShouldSucceed());
}
