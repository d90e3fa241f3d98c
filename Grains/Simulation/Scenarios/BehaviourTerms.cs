using System.Collections.Immutable;

namespace TownReform.Grains.Simulation.Scenarios;

/// <summary>The words that a scenario's behaviour may use: conditions, traits of parties, values to be worked out.</summary>
internal static class BehaviourTerms
{
    /// <summary>Conditions that scenarios may name, beside field=value.</summary>
    public static ImmutableArray<string> Conditions => [.. Traits, "fine-zero", "fine-on-the-spot"];

    /// <summary>Traits that scenarios may name.</summary>
    public static ImmutableArray<string> Traits { get; } =
    [
        "papers-missing",
        "organisation",
        "harm",
        "minor",
        "ordinary",
        "serious",
        "green",
        "old-offence",
        "summary-eligible",
        "agent",
        "complaint",
    ];

    /// <summary>Values that scenarios may ask for.</summary>
    public static ImmutableArray<string> Values { get; } =
    [
        "$day",
        "$missing",
        "$missing-more",
        "$with",
        "$offence-date",
        "$harm",
        "$found-by",
        "$circumstance",
        "$fine",
        "$fine-outside",
        "$owed",
        "$treasury",
        "$hearing-on",
        "$amount",
        "$agent",
        "$authorisation",
        "$extended-until",
        "$granted-extension",
    ];

    /// <summary>Names of traits in scenarios.</summary>
    public static PartyTrait TraitOf(string name) =>
        name switch
        {
            "papers-missing" => PartyTrait.PapersMissing,
            "organisation" => PartyTrait.Organisation,
            "harm" => PartyTrait.Harm,
            "minor" => PartyTrait.Minor,
            "ordinary" => PartyTrait.Ordinary,
            "serious" => PartyTrait.Serious,
            "green" => PartyTrait.Green,
            "old-offence" => PartyTrait.OldOffence,
            "summary-eligible" => PartyTrait.SummaryEligible,
            "agent" => PartyTrait.Agent,
            "complaint" => PartyTrait.Complaint,
            _ => throw new ArgumentException($"No trait is called '{name}'.", nameof(name)),
        };
}
