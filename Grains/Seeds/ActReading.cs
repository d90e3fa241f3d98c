using System.Collections.Frozen;
using System.Collections.Immutable;
using TownReform.Grains.Matters;
using TownReform.Grains.Rules;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Seeds.Reading;

namespace TownReform.Grains.Seeds;

/// <summary>Reads the acts of a procedure; what they name was checked before.</summary>
internal static class ActReading
{
    public static ActRule Act(string code, Entry act)
    {
        var asks = Asked(act);
        ImmutableArray<NamedEffect> causes =
        [
            .. act.Texts("effects").Select(MatterLibrary.Effects.GetValueOrDefault).OfType<NamedEffect>(),
        ];
        return new()
        {
            Code = code,
            Name = act["name"].Words,
            To = act["to"].Text,
            By = act.Texts("by"),
            Clock = act.Find("clock") is { } clock ? EnumCodes.Parse<ClockAct>(clock.Text) : null,
            When = act.Find("when") is { } when
                ? when.Pairs.ToFrozenDictionary(
                    p => p.Name,
                    p => p.Value.Items.Select(v => v.Text).ToImmutableArray(),
                    StringComparer.Ordinal
                )
                : FrozenDictionary<string, ImmutableArray<string>>.Empty,
            Needs = act.Texts("needs"),
            Takes = act.Texts("takes"),
            Rules = act.Texts("rules"),
            Effects = act.Texts("effects"),
            Decides = act.Find("decides")?.Flag ?? false,
            Visit = act.Find("visit")?.Flag ?? false,
            Batch = act.Find("batch")?.Flag ?? false,
            Extends = Limit(act.Find("extends")),
            Owner = act.Find("owner")?.Text,
            Stays = act.Find("stays")?.Flag ?? false,
            Claims = act.Find("claims")?.Text,
            Warns = act.Find("warns")?.Flag ?? false,
            Asks = asks,
            Causes = causes,
            Facts = causes.Aggregate(asks.Facts, static (needs, effect) => needs | effect.Reads.Facts),
            People = [.. asks.People.Concat(causes.SelectMany(c => c.Reads.People)).Distinct(StringComparer.Ordinal)],
        };
    }

    /// <summary>A limit by the names of its figures; null where there is none.</summary>
    public static LimitRule? Limit(Entry? named) => named is { } figures ? new(default, FigureName.Read(figures.Text)) : null;

    /// <summary>The rules that it asks, bound. Tests load procedures with names that nothing is behind.</summary>
    public static AskedRules Asked(Entry? asker) =>
        new([.. (asker?.Texts("rules") ?? []).Select(MatterLibrary.Rules.GetValueOrDefault).OfType<NamedRule>()]);
}
