using System.Collections.Concurrent;
using Orleans.Placement;
using TownReform.Grains.Cases;
using TownReform.Grains.Journal;
using TownReform.Grains.Neighbours;
using TownReform.Grains.Recording;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Offices;
using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Rules.Records;
using TownReform.Grains.Rules.Texts;
using TownReform.Grains.Rules.Towns;

namespace TownReform.Grains.Towns;

/// <summary>A town: founds its offices from the plan, once, and hands out case numbers.</summary>
[GrainType("town"), PreferLocalPlacement]
public sealed class TownGrain(IWorlds worlds, INeighbourhood neighbourhood, SeedLibrary seeds)
    : OfficeGrain<TownState, TownEvent>(worlds, neighbourhood, TownRecord.Events, "town"),
        ITownInside
{
    protected override TownState Empty => TownState.Empty;

    protected override SnapshotCodec<TownState> Snapshots => TownRecord.Snapshots;

    public override bool HasNothing => !seeds.Towns.ContainsKey(Key);

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
            [plan.Hash, string.Join(';', command.Without.Distinct().Order(StringComparer.Ordinal))],
            state => TownRules.Found(state, command, plan),
            happened => happened is TownFounded it && TownRules.IsSame(it, command, plan),
            state => TownRules.View(Key, state.Founding!)
        );
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

    public async Task<Refusal?> CheckSeedsAsync()
    {
        await LoadAsync();
        if (State.Founding is null)
        {
            return null;
        }

        var missing = State.Seeds is { } before ? SeedsRules.Missing(before, seeds) : [];
        var procedures = State.Seeds is null ? (IEnumerable<string?>)[null] : missing.Select(p => p.Code).Distinct();
        var open = new List<OpenCaseOf>();
        foreach (var procedure in procedures)
        {
            open.AddRange(await OpenAsync(await Storage.ReadModel.ListOpenAsync(Key, procedure)));
        }

        return SeedsRules.Check(Key, State.Seeds, seeds, open);
    }

    public async Task<DueDaysAhead> TakeSeedsAsync(DateTimeOffset at)
    {
        await LoadAsync();
        if (SeedsRules.Take(State, seeds) is { } taken)
        {
            await RecordAsync(Own(at), taken);
        }

        return SeedsRules.Ahead(State);
    }

    public async Task DueDaysFollowedAsync(DateTimeOffset at, long moved)
    {
        await LoadAsync();
        if (State.Follows)
        {
            await RecordAsync(Own(at), new DueDaysFollowed(moved));
        }
    }

    public async Task<Outcome<SentAgain>> SendAgainAsync(RetryEffect command, SentAgain? effect)
    {
        if ((KeyFault ?? CommandTexts.Read(ref command)) is { } unfit)
        {
            return unfit;
        }

        await LoadAsync();
        if (!seeds.Towns.TryGetValue(Key, out var plan) || State.Founding is null)
        {
            return plan is null ? TownRefusals.Unknown(Key) : FoundingRefusals.NotFounded(Key);
        }

        string[] towns = effect is null ? [] : [.. TownRules.TownsOf(seeds.Towns.Values, effect.Stream, effect.TargetKey)];
        var before = effect;
        var answer = await AnswerAsync(
            stamp: command.Stamp,
            act: TownRules.SendAgainAct,
            says: [$"{command.Id}"],
            rule: state => TownRules.SendAgain(state, command, effect, towns),
            same: happened => Recorded(happened, command.Id, ref before),
            view: state => TownRules.View(Key, state.Founding!),
            who: () =>
                new Speakers(plan, Neighbours).InRoleAsync(command.Stamp, TownRules.SendAgainAct, OfficeRules.Leader, OfficeRules.Head)
        );
        return answer.IsRefused(out var refusal, out _) ? refusal : before!;
    }

    public async Task<Outcome<TownView>> ReadAsync()
    {
        await LoadAsync();
        return State.Founding is { } founding ? TownRules.View(Key, founding)
            : seeds.Towns.ContainsKey(Key) ? FoundingRefusals.NotFounded(Key)
            : TownRefusals.Unknown(Key);
    }

    protected override TownState Apply(TownState state, TownEvent happened) => TownRules.Apply(state, happened);

    protected override TownEvent Refuse(Refused refused) => new TownRefused(refused);

    // A repeat tells what its record says: the effect may be aside no more.
    private static bool Recorded(TownEvent happened, long effect, ref SentAgain? before)
    {
        if (happened is not EffectSentAgain it || it.Effect != effect)
        {
            return false;
        }

        before = new(it.Effect, it.From, it.FromVersion, it.Ordinal, it.TargetType, it.TargetKey);
        return true;
    }

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

    // By which version each of those cases was opened: only their own records say it, the first of each. All records of every open case
    // would be read for it else.
    private async Task<IEnumerable<OpenCaseOf>> OpenAsync(IReadOnlyList<string> numbers)
    {
        var open = new ConcurrentBag<OpenCaseOf>();
        await Parallel.ForEachAsync(
            numbers,
            new ParallelOptions { MaxDegreeOfParallelism = ReadersAbreast },
            async (number, cancellation) =>
            {
                if (
                    await Storage.Journal.ReadAsync($"case/{number}", 0, 1, cancellation) is [var first]
                    && CaseCodec.Instance.Read(first) is CaseOpened opened
                )
                {
                    open.Add(new(number, opened.Procedure, opened.ProcedureVersion));
                }
            }
        );
        return open;
    }

    private const int ReadersAbreast = 16;

    // No command asked for these records by id; their place on the stream names them.
    private Stamp Own(DateTimeOffset at) => new(DerivedIds.Of(Stream, Version + 1), Actor.System, at);
}
