using System.Collections.Immutable;
using System.Diagnostics;
using Orleans.Placement;
using TownReform.Grains.Journal;
using TownReform.Grains.Matters;
using TownReform.Grains.Neighbours;
using TownReform.Grains.Recording;
using TownReform.Grains.Rules.Records;
using TownReform.Grains.Rules.Staff;
using TownReform.Grains.Rules.Texts;
using TownReform.Grains.Rules.Towns;

namespace TownReform.Grains.Staff;

/// <summary>One member of a town's staff; tells their bureau of every time away (E5).</summary>
[GrainType("staff"), PreferLocalPlacement]
public sealed class StaffGrain(IWorlds worlds, INeighbourhood neighbourhood, SeedLibrary seeds)
    : OfficeGrain<StaffState, StaffEvent>(worlds, neighbourhood, StaffRecord.Events, "staff"),
        IStaffInside
{
    protected override StaffState Empty => StaffState.Empty;

    protected override SnapshotCodec<StaffState> Snapshots => StaffRecord.Snapshots;

    private Speakers Speakers => new(seeds.Towns[KeyHead], Neighbours);

    private string Id => Key[(Key.IndexOf('/') + 1)..];

    /// <exception cref="ArgumentException">The particulars are of somebody else than the key says.</exception>
    public async Task<Outcome<StaffFacts>> HireAsync(HireStaff command)
    {
        if ((KeyFault ?? CommandTexts.Read(ref command)) is { } unfit)
        {
            return unfit;
        }

        var particulars = command.Particulars;
        return $"{particulars.Town}/{particulars.Id}" == Key
            ? await AnswerAsync(
                command.Stamp,
                "hire",
                [
                    particulars.Id,
                    particulars.Town,
                    particulars.Organ,
                    $"{particulars.Class}",
                    $"{particulars.Since:O}",
                    string.Join(';', particulars.Roles),
                ],
                state => StaffRules.Hire(state, particulars),
                happened => happened is StaffHired it && StaffRules.SamePerson(it.Particulars, particulars),
                state => state.Facts!
            )
            : throw new ArgumentException($"Particulars of {particulars.Town}/{particulars.Id} were sent to {Key}.", nameof(command));
    }

    public async Task<Outcome<StaffFacts>> TakeLeaveAsync(TakeLeave command) =>
        (KeyFault ?? CommandTexts.Read(ref command)) is { } unfit
            ? unfit
            : await AnswerAsync(
                stamp: command.Stamp,
                act: "leave",
                says: [$"{command.From:O}", $"{command.Until:O}"],
                rule: state => StaffRules.TakeLeave(state, Id, command.From, command.Until),
                same: happened => happened is LeaveTaken taken && taken.From == command.From && taken.Until == command.Until,
                view: state => state.Facts!,
                who: () => State.Facts is { } person ? Speakers.OverAsync(command.Stamp, "leave", person) : new(StaffRefusals.Unknown(Id))
            );

    public async Task<Outcome<StaffFacts>> ReadAsync()
    {
        await LoadBesideAsync();
        return Facts;
    }

    public Task ReceiveAsync(ImmutableArray<Delivery> deliveries) =>
        TakeAsync(
            deliveries,
            (state, delivery) =>
                delivery.Effect switch
                {
                    PostFreed => ("post-freed", StaffRules.EndOffice(state, delivery.At)),
                    PostTaken => ("post-taken", StaffRules.ResumeOffice(state, delivery.At)),
                    _ when MatterLibrary.Staff.TryGetValue(delivery.Effect.GetType(), out var matter) => (
                        matter.Act,
                        matter.Take(state, Id, delivery.Effect, seeds.Towns[KeyHead].Policy)
                    ),
                    _ => throw new UnreachableException($"A member of staff takes no {delivery.Effect.GetType().Name}."),
                }
        );

    protected override object? LocalFacts(StaffState committed) => committed.Facts;

    protected override StaffState Apply(StaffState state, StaffEvent happened) => StaffRules.Apply(state, happened);

    protected override StaffEvent Refuse(Refused refused) => new StaffRefused(refused);

    protected override ImmutableArray<Delivery> EffectsOf(StaffState state, StaffEvent happened, DateTimeOffset at) =>
        happened switch
        {
            StaffHired it => [ToBureau(it.Particulars, at, new StaffPosted(it.Particulars.Id))],
            LeaveTaken it => [ToBureau(state.Facts!, at, new StaffAway(Id, AbsenceKind.Leave, it.From, it.Until))],
            SecondmentBegun it => [ToBureau(state.Facts!, at, new StaffAway(Id, AbsenceKind.Secondment, it.From, it.Until))],
            OfficeEnded it => [ToBureau(state.Facts!, at, new StaffAway(Id, AbsenceKind.Leave, DayOf(it.From), DateOnly.MaxValue))],
            OfficeResumed it => [ToBureau(state.Facts!, at, new StaffBack(Id, DayOf(it.From)))],
            SecondmentEnded it => [ToBureau(state.Facts!, at, new StaffBack(Id, it.LastDay.AddDays(1)))],
            _ => [],
        };

    private DateOnly DayOf(DateTimeOffset at) => seeds.Towns[KeyHead].DayOf(at);

    private Outcome<StaffFacts> Facts => State.Facts is { } facts ? facts : StaffRefusals.Unknown(Id);

    private Delivery ToBureau(StaffFacts person, DateTimeOffset at, Effect effect) =>
        Deliver(0, "bureau", $"{person.Town}/{person.Organ}", at, effect);
}
