using System.Collections.Immutable;

namespace TownReform.Grains.Rules.Cases;

/// <summary>A rule that procedures ask by name.</summary>
/// <param name="Clause">What it carries out.</param>
/// <param name="Reads">All that it reads.</param>
public sealed record NamedRule(string Name, string Clause, CaseReads Reads, NamedRule.Question Asks)
{
    /// <summary>Null when the rule has nothing against it.</summary>
    /// <param name="missing">The answer when something that the rule must read isn't there.</param>
    public delegate Refusal? Question(in ActCheck check, Func<string, Refusal?> missing);

    /// <summary>Asks the rule. What it reads must be there: nothing passes because something is missing.</summary>
    public Refusal? Ask(in ActCheck check) => Asks(check, Missing);

    private Refusal? Missing(string what) => CaseRefusals.RuleReadsMissing(this, what);
}

/// <summary>The rules that an act or an opening asks, in their order, and what has to be gathered for all of them.</summary>
public sealed class AskedRules
{
    private readonly ImmutableArray<NamedRule> rules;

    public AskedRules(ImmutableArray<NamedRule> rules)
    {
        this.rules = rules;
        foreach (var rule in rules)
        {
            Facts |= rule.Reads.Facts;
        }

        People = [.. rules.SelectMany(r => r.Reads.People).Distinct(StringComparer.Ordinal)];
    }

    public static AskedRules None { get; } = new([]);

    public FactNeeds Facts { get; }

    /// <summary>Fields that name staff whose facts are read.</summary>
    public ImmutableArray<string> People { get; }

    /// <summary>The first rule's no; null when none has anything against it.</summary>
    public Refusal? Ask(in ActCheck check)
    {
        foreach (var rule in rules)
        {
            if (rule.Ask(check) is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }
}
