using TownReform.Grains.Tests.Fixtures;
using TownReform.Tests.Fixtures;

namespace TownReform.Grains.Tests.Recording;

/// <summary>An office is spoken to under the office that is held: an id of staff that calls itself public is of the public (mechanisms.md,
/// O).</summary>
public sealed class SpeakersTests(CaseCluster cluster)
{
    private static readonly Actor PublicPersonnel = new(Stamps.Personnel.Id, Actor.Public),
        PublicLeader = new(Stamps.Leader.Id, Actor.Public);

    [Fact]
    public async Task Offices_StaffUnderTheOfficeOfThePublic_AreRefused()
    {
        var town = await cluster.FoundAsync();
        var posts = town.Grains.GetGrain<IEstablishmentInside>(Address.Town(town.World, town.Plan.Code));
        (await posts.FreePostAsync(new(Stamps.Next(actor: PublicPersonnel), "YD-024"))).ShouldBeRefused(RefusalCode.ActorWrongRole);
        (await posts.FillPostAsync(new(Stamps.Next(actor: PublicPersonnel), "YD-901", PostClass.Administrative))).ShouldBeRefused(
            RefusalCode.ActorWrongRole
        );
        (
            await town.Staff("YD-025").TakeLeaveAsync(new(Stamps.Next(actor: PublicLeader), new(2019, 5, 6), new(2019, 5, 7)))
        ).ShouldBeRefused(RefusalCode.ActorWrongRole);
        var round = town.Grains.GetGrain<IAssessmentRoundGrain>(Address.AssessmentRound(town.World, town.Plan.Code, "2019"));
        (
            await round.OpenAsync(new(Stamps.Next(actor: PublicPersonnel), 2019, [new("YD-025", PostClass.Institution, false, 0)]))
        ).ShouldBeRefused(RefusalCode.ActorWrongRole);
        (await round.MarkAsync(new(Stamps.Next(actor: PublicLeader), "YD-025", Grade.Excellent))).ShouldBeRefused(
            RefusalCode.ActorWrongRole
        );
    }

    /// <summary>The same id in another width: what is judged is what is recorded.</summary>
    [Fact]
    public async Task Posts_IdInFullWidth_IsJudgedAndRecordedInItsNormalForm()
    {
        var town = await cluster.FoundAsync();
        var posts = town.Grains.GetGrain<IEstablishmentInside>(Address.Town(town.World, town.Plan.Code));
        var typed = new Actor("ＹＤ－０１４", Stamps.Personnel.Office);
        (await posts.FreePostAsync(new(Stamps.Next(actor: typed), "YD-024"))).ShouldSucceed();
        (await posts.FillPostAsync(new(Stamps.Next(actor: typed), "YD-024", PostClass.Administrative))).ShouldSucceed();
        var records = await town.Storage.Journal.ReadAsync("establishment/yandian", 0, TestContext.Current.CancellationToken);
        records[^1].ActorId.ShouldBe(Stamps.Personnel.Id);
    }
}
