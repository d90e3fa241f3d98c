using System.Collections.Immutable;

namespace TownReform.Grains.Rules.Cases;

/// <summary>A function of a case: what its parameters read is bound already.</summary>
/// <param name="missing">The answer when something that it must read isn't there, by the name of it.</param>
public delegate T CaseFunction<T>(in ActCheck check, Func<string, T> missing);

/// <summary>A rule that procedures ask by name.</summary>
public sealed class NamedRule
{
    private readonly CaseFunction<Refusal?> function;
    private readonly Func<string, Refusal?> missing;

    /// <param name="clause">What it carries out.</param>
    /// <param name="reads">All that it reads.</param>
    /// <param name="function">Answers null when the rule has nothing against it.</param>
    public NamedRule(string name, string clause, CaseReads reads, CaseFunction<Refusal?> function)
    {
        (Name, Clause, Reads, this.function) = (name, clause, reads, function);
        missing = what => CaseRefusals.RuleReadsMissing(this, what);
    }

    /// <summary>A rule that has nothing against an act unless the receiver of an effect would refuse that effect.</summary>
    /// <param name="effect">What the receiver is asked beforehand.</param>
    public NamedRule(string name, string clause, NamedEffect effect)
        : this(name, clause, effect.Reads, (in check, _) => check.Facts.Foreseen.GetValueOrDefault(effect.Name)) => Foresees = effect;

    /// <summary>The effect whose receiver is asked beforehand; null for a rule that judges by itself.</summary>
    public NamedEffect? Foresees { get; }

    public string Name { get; }

    public string Clause { get; }

    public CaseReads Reads { get; }

    /// <summary>Asks the rule. What it reads must be there: nothing passes because something is missing.</summary>
    public Refusal? Ask(in ActCheck check) => function(check, missing);
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
        Foresees = [.. rules.Select(r => r.Foresees).OfType<NamedEffect>()];
    }

    public static AskedRules None { get; } = new([]);

    public FactNeeds Facts { get; }

    /// <summary>Fields that name staff whose facts are read.</summary>
    public ImmutableArray<string> People { get; }

    /// <summary>Effects whose receivers are asked beforehand whether they would refuse them.</summary>
    public ImmutableArray<NamedEffect> Foresees { get; }

    /// <summary>The first rule's no; null when none has anything against it. A rule that reads what may still be filled in is left
    /// out.</summary>
    public Refusal? Ask(in ActCheck check)
    {
        foreach (var rule in rules)
        {
            if (!check.IsOpen(rule.Reads) && rule.Ask(check) is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }
}
