using System.Collections.Immutable;
using Orleans.Placement;
using TownReform.Grains.Journal;
using TownReform.Grains.Neighbours;
using TownReform.Grains.Recording;
using TownReform.Grains.Rules.Establishment;
using TownReform.Grains.Rules.Offices;
using TownReform.Grains.Rules.Records;
using TownReform.Grains.Rules.Texts;
using TownReform.Grains.Rules.Towns;

namespace TownReform.Grains.Establishment;

/// <summary>The one owner of a town's posts: commands come one at a time, so the approved number holds under any concurrency
/// (D2).</summary>
[GrainType("establishment"), PreferLocalPlacement]
public sealed class EstablishmentGrain(IWorlds worlds, INeighbourhood neighbourhood, SeedLibrary seeds)
    : OfficeGrain<EstablishmentState, EstablishmentEvent>(worlds, neighbourhood, EstablishmentRecord.Events, "establishment"),
        IEstablishmentInside
{
    private Delivery? told;

    protected override EstablishmentState Empty => EstablishmentState.Empty;

    protected override SnapshotCodec<EstablishmentState> Snapshots => EstablishmentRecord.Snapshots;

    public override bool HasNothing => !seeds.Towns.ContainsKey(Key);

    public Task<Outcome<EstablishmentView>> AppointAsync(AppointToPost command) => AppointAsync(command, byPersonnel: false);

    public Task<Outcome<EstablishmentView>> ReleaseAsync(ReleasePost command) => ReleaseAsync(command, byPersonnel: false);

    public Task<Outcome<EstablishmentView>> FillPostAsync(AppointToPost command) => AppointAsync(command, byPersonnel: true);

    public Task<Outcome<EstablishmentView>> FreePostAsync(ReleasePost command) => ReleaseAsync(command, byPersonnel: true);

    public async Task<Outcome<EstablishmentView>> ReadAsync()
    {
        await LoadAsync();
        return Approved is { } approved ? EstablishmentRules.View(Key, State, approved) : TownRefusals.Unknown(Key);
    }

    protected override EstablishmentState Apply(EstablishmentState state, EstablishmentEvent happened) =>
        EstablishmentRules.Apply(state, happened);

    // An office goes with the post: its holder is told, and acts no more from the moment of the release. A founding fills posts before it
    // hires anybody.
    protected override ImmutableArray<Delivery> EffectsOf(EstablishmentState state, EstablishmentEvent happened, DateTimeOffset at)
    {
        told = happened switch
        {
            PostReleased it => Deliver(0, "staff", $"{Key}/{it.Staff}", at, new PostFreed()),
            PostFilled it when state.Freed.Contains(it.Staff) => Deliver(0, "staff", $"{Key}/{it.Staff}", at, new PostTaken()),
            _ => null,
        };
        return told is null ? [] : [told];
    }

    protected override EstablishmentEvent Refuse(Refused refused) => new EstablishmentRefused(refused);

    private async Task<Outcome<EstablishmentView>> AppointAsync(AppointToPost command, bool byPersonnel) =>
        (KeyFault ?? CommandTexts.Read(ref command)) is { } unfit ? unfit
        : Approved is not { } approved ? TownRefusals.Unknown(Key)
        : await ToldAsync(
            await AnswerAsync(
                stamp: command.Stamp,
                act: "appoint",
                says: [command.Staff, $"{command.Class}"],
                rule: state => EstablishmentRules.Appoint(state, command.Staff, command.Class, approved),
                same: happened => happened is PostFilled it && it.Staff == command.Staff && it.Class == command.Class,
                view: state => EstablishmentRules.View(Key, state, approved),
                who: byPersonnel ? () => PersonnelAsync(command.Stamp, "appoint") : null
            )
        );

    private async Task<Outcome<EstablishmentView>> ReleaseAsync(ReleasePost command, bool byPersonnel) =>
        (KeyFault ?? CommandTexts.Read(ref command)) is { } unfit ? unfit
        : Approved is not { } approved ? TownRefusals.Unknown(Key)
        : await ToldAsync(
            await AnswerAsync(
                stamp: command.Stamp,
                act: "release",
                says: [command.Staff],
                rule: state => EstablishmentRules.Release(state, command.Staff),
                same: happened => happened is PostReleased it && it.Staff == command.Staff,
                view: state => EstablishmentRules.View(Key, state, approved),
                who: byPersonnel ? () => PersonnelAsync(command.Stamp, "release") : null
            )
        );

    // Whoever is answered that a post is freed can rely on it: its holder knows by then. The effect that left with the record does it where
    // this fails, and is a repeat where it doesn't.
    private async Task<Outcome<EstablishmentView>> ToldAsync(Outcome<EstablishmentView> answer)
    {
        if (told is { } delivery)
        {
            told = null;
            try
            {
                await GrainFactory.Grain<IStaffInside>(delivery.TargetKey).ReceiveAsync([delivery]);
            }
            catch
            {
                // It is on its way besides.
            }
        }

        return answer;
    }

    // Asked only of what was read and is for a town that is known.
    private ValueTask<Refusal?> PersonnelAsync(Stamp stamp, string act) =>
        new Speakers(seeds.Towns[Key], Neighbours).InRoleAsync(stamp, act, OfficeRules.Personnel);

    private ApprovedPosts? Approved =>
        seeds.Towns.TryGetValue(Key, out var plan) ? new ApprovedPosts(plan.AdministrativePosts, plan.InstitutionPosts) : null;
}
