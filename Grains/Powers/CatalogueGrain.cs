using System.Collections.Immutable;
using System.Diagnostics;
using Orleans.Placement;
using TownReform.Grains.Journal;
using TownReform.Grains.Neighbours;
using TownReform.Grains.Recording;
using TownReform.Grains.Rules.Powers;
using TownReform.Grains.Rules.Records;
using TownReform.Grains.Rules.Texts;
using TownReform.Grains.Rules.Towns;

namespace TownReform.Grains.Powers;

/// <summary>A town's list of powers and duties; tells the bureau that handles an item of each change (A4).</summary>
[GrainType("catalogue"), PreferLocalPlacement]
public sealed class CatalogueGrain(IWorlds worlds, INeighbourhood neighbourhood, SeedLibrary seeds)
    : OfficeGrain<CatalogueState, CatalogueEvent>(worlds, neighbourhood, CatalogueRecord.Events, "catalogue"),
        ICatalogueInside
{
    protected override CatalogueState Empty => CatalogueState.Empty;

    protected override SnapshotCodec<CatalogueState> Snapshots => CatalogueRecord.Snapshots;

    public override bool HasNothing => !seeds.Towns.ContainsKey(Key);

    public async Task<Outcome<CatalogueView>> FoundAsync(FoundCatalogue command) =>
        (KeyFault ?? CommandTexts.Read(ref command)) is { } unfit ? unfit
        : !seeds.Towns.TryGetValue(Key, out var plan) ? TownRefusals.Unknown(Key)
        : await AnswerAsync(
            command.Stamp,
            "found",
            [$"{command.InForceFrom:O}", string.Join(';', command.Without.Distinct().Order(StringComparer.Ordinal))],
            state => CatalogueRules.Found(state, plan, command.InForceFrom, command.Without),
            happened =>
                happened is CatalogueFounded it
                && it.InForceFrom == command.InForceFrom
                && CatalogueRules.SameKinds(it.Without, command.Without),
            state => CatalogueRules.View(state, plan, command.InForceFrom)
        );

    public async Task<Outcome<PowerHolding>> HoldingAsync(string item, DateOnly day)
    {
        await LoadAsync();
        return !seeds.Towns.TryGetValue(Key, out var plan) ? TownRefusals.Unknown(Key)
            : !plan.Items.ContainsKey(item) ? PowerRefusals.Unknown(item, Key)
            : CatalogueRules.Holding(State, item, day);
    }

    public async Task<Outcome<PowerHistory>> PowerAsync(string item, DateOnly day)
    {
        await LoadAsync();
        return !seeds.Towns.TryGetValue(Key, out var plan) ? TownRefusals.Unknown(Key)
            : !plan.Items.ContainsKey(item ?? "") ? PowerRefusals.Unknown(item ?? "", Key)
            : CatalogueRules.History(State, item!, day);
    }

    public async Task<Refusal?> WouldRefuseAsync(Effect effect)
    {
        await LoadAsync();
        return effect is not AdjustPower change
                ? throw new ArgumentException($"A catalogue takes no {effect.GetType().Name}.", nameof(effect))
            : !seeds.Towns.TryGetValue(Key, out var plan) ? TownRefusals.Unknown(Key)
            : CatalogueRules.Adjust(State, plan, change, seeds.Law)!.Refusal;
    }

    public async Task<Outcome<CatalogueView>> ListAsync(DateOnly day)
    {
        await LoadAsync();
        return seeds.Towns.TryGetValue(Key, out var plan) ? CatalogueRules.View(State, plan, day) : TownRefusals.Unknown(Key);
    }

    public Task ReceiveAsync(ImmutableArray<Delivery> deliveries) =>
        TakeAsync(
            deliveries,
            (state, delivery) =>
                delivery.Effect is AdjustPower adjust
                    ? ("adjust-power", CatalogueRules.Adjust(state, seeds.Towns[Key], adjust, seeds.Law))
                    : throw new UnreachableException($"A catalogue takes no {delivery.Effect.GetType().Name}.")
        );

    protected override object? LocalFacts(CatalogueState committed) => committed;

    protected override CatalogueState Apply(CatalogueState state, CatalogueEvent happened) => CatalogueRules.Apply(state, happened);

    protected override CatalogueEvent Refuse(Refused refused) => new CatalogueRefused(refused);

    protected override ImmutableArray<Delivery> EffectsOf(CatalogueState state, CatalogueEvent happened, DateTimeOffset at) =>
        happened is PowerAdjusted it
            ?
            [
                Deliver(
                    0,
                    "bureau",
                    $"{Key}/{seeds.Towns[Key].Items[it.Item].Bureau}",
                    at,
                    new PowerChanged(it.Item, it.Change, it.Entry.From)
                ),
            ]
            : [];
}
