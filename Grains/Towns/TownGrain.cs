using Orleans.Placement;
using TownReform.Grains.Journal;
using TownReform.Grains.Recording;
using TownReform.Grains.Rules.Texts;
using TownReform.Grains.Rules.Towns;
using TownReform.Grains.Seeds;

namespace TownReform.Grains.Towns;

/// <summary>A town: founds its offices from the plan, once, and hands out case numbers.</summary>
[GrainType("town"), PreferLocalPlacement]
public sealed class TownGrain(IWorlds worlds, SeedLibrary seeds)
    : OfficeGrain<TownState, TownEvent>(worlds, TownRecord.Events, "town"), ITownInside
{
    protected override TownState Empty => TownState.Empty;

    protected override SnapshotCodec<TownState> Snapshots => TownRecord.Snapshots;

    public async Task<Outcome<TownView>> FoundAsync(FoundTown command)
    {
        if ((KeyFault ?? CommandTexts.Read(ref command)) is { } unfit)
        {
            return unfit;
        }

        if (!seeds.Towns.TryGetValue(Key, out var plan))
        {
            return TownRefusals.Unknown(Key);
        }

        var answer = await AnswerAsync(
            command.Stamp,
            "found",
            CommandDigest.Of(command.Stamp, "found", plan.Hash, string.Join(';', command.Without.Distinct().Order(StringComparer.Ordinal))),
            state => TownRules.Found(state, command, plan),
            happened => happened is TownFounded it && TownRules.IsSame(it, command, plan),
            state => TownRules.View(Key, state.Founding!));
        return answer.IsRefused(out _, out _) || State.Settled || await SettleAsync(plan) is not { } refusal ? answer : refusal;
    }

    /// <exception cref="ArgumentOutOfRangeException">The block has no number in it, or too many.</exception>
    public async Task<Outcome<CaseNumbers>> ReserveCaseNumbersAsync(int count, DateTimeOffset at)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, CaseNumbers.Most);
        await LoadAsync();
        if (TownRules.Reserve(State, Key, count).IsRefused(out var refusal, out var reserved))
        {
            return refusal;
        }

        var first = State.NextCase;
        await RecordAsync(Own(at), reserved);
        return new CaseNumbers(seeds.Towns[Key].Prefix, first, count);
    }

    public async Task<Outcome<TownView>> ReadAsync()
    {
        await LoadAsync();
        return State.Founding is { } founding ? TownRules.View(Key, founding)
            : seeds.Towns.ContainsKey(Key) ? TownRefusals.NotFounded(Key)
            : TownRefusals.Unknown(Key);
    }

    protected override TownState Apply(TownState state, TownEvent happened) => TownRules.Apply(state, happened);

    protected override TownEvent Refuse(Refused refused) => new TownRefused(refused);

    private async Task<Refusal?> SettleAsync(TownPlan plan)
    {
        var founding = State.Founding!;
        var refusal = await new TownOffices(GrainFactory, World, plan, founding).FoundAsync();
        if (refusal is null)
        {
            await RecordAsync(Own(founding.Founder.At), new TownSettled());
        }

        return refusal;
    }

    // No command asked for these records by id; their place on the stream names them.
    private Stamp Own(DateTimeOffset at) => new(DerivedIds.Of(Stream, Version + 1), Actor.System, at);
}
