using System.Collections.Immutable;
using Orleans.Placement;
using TownReform.Grains.Journal;
using TownReform.Grains.Neighbours;
using TownReform.Grains.Recording;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Ratings;
using TownReform.Grains.Rules.Records;
using TownReform.Grains.Rules.Texts;
using TownReform.Grains.Rules.Towns;

namespace TownReform.Grains.Ratings;

/// <inheritdoc cref="IRatingGrain"/>
[GrainType("rating"), PreferLocalPlacement]
public sealed class RatingGrain(IWorlds worlds, INeighbourhood neighbourhood, SeedLibrary seeds)
    : OfficeGrain<RatingState, RatingEvent>(worlds, neighbourhood, RatingRecord.Events, "rating"),
        IRatingInside
{
    protected override RatingState Empty => RatingState.Empty;

    public async Task<Outcome<RatingView>> RateAsync(RateCase command)
    {
        if ((KeyFault ?? CommandTexts.Read(ref command) ?? SaidBySystem(command.Stamp, RatingRules.Act)) is { } unfit)
        {
            return unfit;
        }

        if ((await CaseAsync()).IsRefused(out var refusal, out var rated))
        {
            return refusal;
        }

        var facts = Facts(rated);
        return await AnswerAsync(
            stamp: command.Stamp,
            act: RatingRules.Act,
            says: [FormattableString.Invariant($"{command.Level}"), command.Words],
            rule: state => RatingRules.Rate(state, rated, command, facts),
            same: happened => happened is CaseRated it && it.Level == command.Level && it.Words == command.Words,
            view: state => View(state, rated, facts),
            who: () => ValueTask.FromResult<Refusal?>(null)
        );
    }

    public async Task<Outcome<RatingView>> ReadAsync()
    {
        if (KeyFault is { } unfit)
        {
            return unfit;
        }

        if ((await CaseAsync()).IsRefused(out var refusal, out var rated))
        {
            return refusal;
        }

        await LoadAsync();
        return View(State, rated, Facts(rated));
    }

    public async Task ReceiveAsync(ImmutableArray<Delivery> deliveries)
    {
        await LoadAsync();
        foreach (var (stamp, _) in await NewAsync(deliveries))
        {
            if (State.Given is not { Opens: true } given || (await CaseAsync()).Value is not { } rated)
            {
                throw new InvalidOperationException($"Rating {Key} has no return visit to open.");
            }

            await RecordAsync(stamp with { At = NotBefore(stamp.At) }, await OpenAsync(rated, given, stamp), []);
        }
    }

    protected override ImmutableArray<Delivery> EffectsOf(RatingState state, RatingEvent happened, DateTimeOffset at) =>
        happened is CaseRated { Opens: true } ? [Deliver(0, "rating", Key, at, new OpenReturnVisit())] : [];

    protected override RatingState Apply(RatingState state, RatingEvent happened) => RatingRules.Apply(state, happened);

    protected override RatingEvent Refuse(Refused refused) => new RatingRefused(refused);

    // Delivered again after a crash, the command has opened its case already.
    private async Task<RatingEvent> OpenAsync(CaseView rated, CaseRated given, Stamp stamp)
    {
        var id = DerivedIds.Of(Stream, 0);
        if (await Storage.ReadModel.FindOpenedByAsync(id) is { } known)
        {
            return new VisitOpened(known);
        }

        var at = Reception.Clock?.Now ?? stamp.At;
        var command = RatingRules.VisitOf(Key, rated.Town, given, new Stamp(id, Actor.System, at));
        var intake = GrainFactory.Grain<IIntakeInside>(Address.Intake(World, rated.Town, id));
        return (await intake.OpenByTownAsync(command)).IsRefused(out var refusal, out var visit)
            ? new RatingRefused(new Refused(CaseRules.OpenAct, refusal))
            : new VisitOpened(visit.Number);
    }

    private Task<Outcome<CaseView>> CaseAsync() => GrainFactory.Grain<ICaseGrain>(Address.Case(World, Key)).ReadAsync();

    private RatingFacts Facts(CaseView rated) => new(seeds.Towns[rated.Town], seeds.Law, seeds.Calendar);

    private static RatingView View(RatingState state, CaseView rated, RatingFacts facts) =>
        new(rated.Number, state.Given?.Level, state.Given?.Words, state.Given?.At, RatingRules.LastDay(rated, facts), state.Visit);
}
