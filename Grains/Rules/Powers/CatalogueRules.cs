using System.Collections.Immutable;
using System.Diagnostics;
using TownReform.Grains.Rules.Plans;

namespace TownReform.Grains.Rules.Powers;

/// <summary>How the list of powers and duties is founded and changed, and what it says on a day (A3, A4, A6, A8).</summary>
[Clause("A3", "A4", "A5", "A6", "A8")]
public static class CatalogueRules
{
    /// <summary>
    /// Grants every delegated item of the plan from a day, except the kinds and items left to the county; what law keeps there is never
    /// granted.
    /// An item whose bureau is not ready on that day is passed over (A5): it is granted by procedure once the bureau is.
    /// </summary>
    public static Outcome<CatalogueEvent>? Found(CatalogueState state, TownPlan plan, DateOnly from, ImmutableArray<string> without)
    {
        if (state.InForceFrom is { } before)
        {
            return before == from && SameKinds(state.Without, without)
                ? null
                : (Outcome<CatalogueEvent>)
                    FoundingRefusals.FoundedOtherwise(plan.Code, Founding(before, state.Without), Founding(from, without));
        }

        var delegated = plan
            .Items.Values.Where(i => !i.Retained && !without.Contains(i.Kind) && !without.Contains(i.Code))
            .OrderBy(i => i.Code, StringComparer.Ordinal)
            .ToImmutableArray();
        if (delegated.Select(i => PowerRules.WithinGuidance(plan, i)).FirstOrDefault(r => r is not null) is { } outside)
        {
            return outside;
        }

        var ready = delegated.ToLookup(i => IsReady(plan, i, from), i => i.Code);
        return new CatalogueFounded(from, [.. without.Distinct().Order(StringComparer.Ordinal)], [.. ready[true]])
        {
            NotReady = [.. ready[false]],
        };
    }

    private static bool IsReady(TownPlan plan, PowerItem item, DateOnly day) =>
        PowerRules.Readiness(item, plan.Organs.First(o => o.Code == item.Bureau), [.. plan.Staff, .. plan.StationedStaff], day) is null;

    /// <summary>Whether two foundings leave the same kinds to the county; order and repeats don't matter.</summary>
    public static bool SameKinds(ImmutableArray<string> some, ImmutableArray<string> others) => some.ToHashSet().SetEquals(others);

    /// <summary>
    /// Changes one item's standing from a day. A day may not lie before the item's last change: what the town was told it held, it held.
    /// On the same day the later change counts.
    /// </summary>
    public static Outcome<CatalogueEvent>? Adjust(CatalogueState state, TownPlan plan, AdjustPower effect, LawBook law)
    {
        if (state.InForceFrom is null)
        {
            return FoundingRefusals.NotFounded(plan.Code);
        }

        if (!plan.Items.TryGetValue(effect.Item, out var item))
        {
            return PowerRefusals.Unknown(effect.Item, plan.Code);
        }

        var history = state.HistoryOf(item.Code);
        return WhyNot(history, plan, item, effect, law) is { } refusal
            ? refusal
            : new PowerAdjusted(effect.Case, item.Code, effect.Change, Next(history, effect));
    }

    /// <summary>How the town stands to an item on a day; its first entry starts it, its latest entry up to that day holds.</summary>
    public static PowerHolding Holding(CatalogueState state, string item, DateOnly day)
    {
        var history = state.HistoryOf(item);
        for (var i = history.Length - 1; i >= 0; i--)
        {
            if (history[i].From <= day)
            {
                return new(item, history[i].Version, history[i].Standing, Since(history, i), history[i].PromisedLimit);
            }
        }

        return new(item, 0, PowerStanding.NotHeld, null, null);
    }

    /// <summary>How the town stands to an item on a day, with each change of it.</summary>
    public static PowerHistory History(CatalogueState state, string item, DateOnly day) =>
        new(
            Holding(state, item, day),
            state.NotReady.Contains(item),
            [
                .. state
                    .HistoryOf(item)
                    .Select(entry => new PowerHolding(item, entry.Version, entry.Standing, entry.From, entry.PromisedLimit)),
            ]
        );

    /// <summary>Every item of the plan with its standing on a day, by code.</summary>
    public static CatalogueView View(CatalogueState state, TownPlan plan, DateOnly day) =>
        new(plan.Code, day, [.. plan.Items.Keys.Order(StringComparer.Ordinal).Select(item => Holding(state, item, day))], state.NotReady);

    public static CatalogueState Apply(CatalogueState state, CatalogueEvent happened) =>
        happened switch
        {
            CatalogueFounded it => new(
                it.InForceFrom,
                it.Without,
                it.Items.ToImmutableDictionary(
                    i => i,
                    _ => ImmutableArray.Create(new PowerEntry(1, PowerStanding.InForce, it.InForceFrom, null))
                ),
                it.NotReady
            ),
            PowerAdjusted it => state with
            {
                Items = state.Items.SetItem(it.Item, state.HistoryOf(it.Item).Add(it.Entry)),
                NotReady = state.NotReady.Remove(it.Item),
            },
            CatalogueRefused => state,
            _ => throw new UnreachableException($"{happened.GetType().Name} has no effect on a catalogue."),
        };

    private static Refusal? WhyNot(ImmutableArray<PowerEntry> history, TownPlan plan, PowerItem item, AdjustPower effect, LawBook law)
    {
        if (item.Retained)
        {
            return PowerRefusals.KeptByLaw(item);
        }

        var last = history.IsEmpty ? null : history[^1];
        if (!IsPossible(last?.Standing ?? PowerStanding.NotHeld, effect.Change) || effect.From < last?.From)
        {
            return PowerRefusals.WrongState(item, effect, last);
        }

        return (effect.Change == PowerChange.Grant ? PowerRules.WithinGuidance(plan, item) : null)
            ?? PowerRules.Promise(item, effect.PromisedLimit, effect.From, law);
    }

    // Granting lifts a suspension, and gives back what was recalled. Recall ends a suspension for good.
    private static bool IsPossible(PowerStanding now, PowerChange change) =>
        change switch
        {
            PowerChange.Grant => now is PowerStanding.NotHeld or PowerStanding.Suspended or PowerStanding.Recalled,
            PowerChange.Suspend or PowerChange.Adjust => now == PowerStanding.InForce,
            PowerChange.Recall => now is PowerStanding.InForce or PowerStanding.Suspended,
            _ => throw new ArgumentOutOfRangeException(nameof(change), change, "Unknown change of a power."),
        };

    // A version is what a case begins under: a new grant and an adjustment make one, a suspension and its lifting don't.
    private static PowerEntry Next(ImmutableArray<PowerEntry> history, AdjustPower effect)
    {
        var last = history.IsEmpty ? new PowerEntry(0, PowerStanding.NotHeld, effect.From, null) : history[^1];
        return effect.Change switch
        {
            PowerChange.Grant when last.Standing == PowerStanding.Suspended => new(
                last.Version,
                PowerStanding.InForce,
                effect.From,
                effect.PromisedLimit ?? last.PromisedLimit
            ),
            PowerChange.Grant => new(last.Version + 1, PowerStanding.InForce, effect.From, effect.PromisedLimit),
            PowerChange.Adjust => new(last.Version + 1, PowerStanding.InForce, effect.From, effect.PromisedLimit ?? last.PromisedLimit),
            PowerChange.Suspend => last with { Standing = PowerStanding.Suspended, From = effect.From },
            _ => last with { Standing = PowerStanding.Recalled, From = effect.From },
        };
    }

    // An adjustment is a new version of a power that went on being in force.
    private static DateOnly Since(ImmutableArray<PowerEntry> history, int index)
    {
        while (index > 0 && history[index - 1].Standing == history[index].Standing)
        {
            index--;
        }

        return history[index].From;
    }

    private static string Founding(DateOnly from, ImmutableArray<string> without) =>
        $"{from:O} without [{string.Join(";", without.Distinct().Order(StringComparer.Ordinal))}]";
}
