using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Reflection;
using TownReform.Grains.Rules;

namespace TownReform.Grains.Matters;

/// <summary>Which rules of the code carry which clauses of the plans: those that matters declare for procedures, and classes that say so by
/// <see cref="ClauseAttribute"/>.</summary>
public static class ClauseRules
{
    private static readonly FrozenDictionary<string, ImmutableArray<string>> All = Find();

    /// <summary>Names of the rules that carry a clause, in order: of classes, and of rules as procedures name them.</summary>
    public static ImmutableArray<string> Of(string clause) => All.GetValueOrDefault(clause, []);

    private static FrozenDictionary<string, ImmutableArray<string>> Find() =>
        typeof(ClauseRules)
            .Assembly.GetTypes()
            .SelectMany(type => type.GetCustomAttribute<ClauseAttribute>()?.Clauses.Select(clause => (clause, type.Name)) ?? [])
            .Concat(MatterLibrary.Rules.Select(rule => (clause: rule.Value.Clause, Name: rule.Key)))
            .GroupBy(found => found.clause, found => found.Name, StringComparer.Ordinal)
            .ToFrozenDictionary(
                found => found.Key,
                found => found.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToImmutableArray(),
                StringComparer.Ordinal
            );
}
