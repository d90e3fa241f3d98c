using TownReform.Grains.Establishment;
using TownReform.Grains.Journal;
using TownReform.Grains.Rules.Establishment;
using TownReform.Grains.Rules.Offices;
using TownReform.Grains.Rules.Towns;

namespace TownReform.Grains.Audit.EndState;

/// <summary>D2: posts are never held beyond the approved number, at no point of the history; nobody holds two.</summary>
internal sealed class PostsArea(SeedLibrary seeds, Findings posts, Findings readable, SpeakersCheck speakers)
    : Area<EstablishmentState, EstablishmentEvent>(EstablishmentRecord.Events, EstablishmentState.Empty, readable)
{
    protected override void Judge(string key, JournalRecord record, EstablishmentState state, EstablishmentEvent happened)
    {
        posts.Look();
        var asked = happened switch
        {
            PostFilled it => EstablishmentRules.Appoint(state, it.Staff, it.Class, Approved(key)),
            PostReleased it => EstablishmentRules.Release(state, it.Staff),
            _ => null,
        };
        if (happened is PostReleased own && own.Staff == record.ActorId)
        {
            speakers.InRoleUntil(key, record, OfficeRules.Personnel);
        }
        else if (asked is not null)
        {
            speakers.InRole(key, record, OfficeRules.Personnel);
        }

        if (asked?.Refusal is { } refusal)
        {
            posts.Breach(record.Stream, record.Version, refusal);
        }
    }

    protected override EstablishmentState Apply(EstablishmentState state, EstablishmentEvent happened) =>
        EstablishmentRules.Apply(state, happened);

    private ApprovedPosts Approved(string town) => new(seeds.Towns[town].AdministrativePosts, seeds.Towns[town].InstitutionPosts);
}
