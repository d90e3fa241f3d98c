using System.Collections.Frozen;
using TownReform.Grains.Rules.Powers;

namespace TownReform.Grains.Rules.Cases;

/// <summary>A rule that procedures ask by name.</summary>
/// <param name="Clause">What it carries out.</param>
/// <param name="Facts">Facts that the grain must gather for it.</param>
public sealed record NamedRule(string Name, string Clause, FactNeeds Facts, NamedRule.Question Ask)
{
    /// <summary>Null when the rule has nothing against it.</summary>
    public delegate Refusal? Question(in ActCheck check);
}

/// <summary>Facts beyond the case and the actor that cost a question to another grain.</summary>
[Flags]
public enum FactNeeds
{
    None = 0,
    Holding = 1,
    Person = 2,
    BureauPeople = 4,
    Adjustment = 8,
}

/// <summary>Every rule that a procedure file may name.</summary>
public static class RuleBook
{
    public static FrozenDictionary<string, NamedRule> Rules { get; } = new NamedRule[]
    {
        new("power-in-force", "A3", FactNeeds.Holding, static (in c) => PowerRules.InForce(c.Facts.Holding!, c.Facts.Item!, c.Facts.Day) ?? PenaltyRules.TownPower(c)),
        new("punishable", "C4", FactNeeds.None, PenaltyRules.Punishable),
        new("route-open", "A7", FactNeeds.Holding, static (in c) => PowerRules.RouteOpen(c.Facts.Holding!, c.Facts.Item!, c.Facts.Procedure.Route, c.Facts.Plan, c.Facts.Day)),
        new("within-guidance", "A8", FactNeeds.None, static (in c) => PowerRules.WithinGuidance(c.Facts.Plan, c.Facts.Item!)),
        new("adjustable", "A4", FactNeeds.Adjustment, static (in c) => c.Facts.AgainstAdjusting),
        new("readiness", "A5", FactNeeds.BureauPeople, static (in c) => Readiness(c)),
        new("one-time-notice", "B6", FactNeeds.None, ApprovalRules.OneTimeNotice),
        new("extension-once", "B5", FactNeeds.None, ApprovalRules.ExtensionOnce),
        new("certificate-set", "B1", FactNeeds.None, ApprovalRules.CertificateSet),
        new("undecided", "B1", FactNeeds.None, ApprovalRules.Undecided),
        new("authorised", "B4", FactNeeds.None, ApprovalRules.Authorised),
        new("limitation", "C3", FactNeeds.None, PenaltyRules.Limitation),
        new("within-band", "C4", FactNeeds.None, PenaltyRules.WithinBand),
        new("summary-limit", "C3", FactNeeds.None, PenaltyRules.SummaryLimit),
        new("hearing-in-time", "C3", FactNeeds.None, PenaltyRules.HearingInTime),
        new("treasury-account", "C5", FactNeeds.None, MoneyRules.TreasuryAccount),
        new("amount-paid", "C5", FactNeeds.None, MoneyRules.AmountPaid),
        new("on-the-spot", "C5", FactNeeds.None, MoneyRules.OnTheSpot),
        new("hearing-notice", "C3", FactNeeds.None, PenaltyRules.HearingNotice),
        new("hand-in-on-time", "C5", FactNeeds.None, MoneyRules.HandInOnTime),
        new("secondment-dates", "E1", FactNeeds.Person, SecondmentChecks.Dates),
        new("secondment-term", "E2", FactNeeds.Person, SecondmentChecks.Term),
        new("secondment-service", "E3", FactNeeds.Person, SecondmentChecks.ServiceYears),
        new("secondment-agreement", "E4", FactNeeds.Person, SecondmentChecks.Agreement),
    }.ToFrozenDictionary(r => r.Name, StringComparer.Ordinal);

    /// <summary>What has to be gathered before these rules can be asked.</summary>
    public static FactNeeds NeedsOf(IEnumerable<string> rules)
    {
        var needs = FactNeeds.None;
        foreach (var rule in rules)
        {
            needs |= Rules[rule].Facts;
        }

        return needs;
    }

    private static Refusal? Readiness(in ActCheck c)
    {
        var (facts, item) = (c.Facts, c.Facts.Item!);
        var organ = facts.Plan.Organs.First(o => o.Code == item.Bureau);
        return PowerRules.Readiness(item, organ, facts.BureauPeople, facts.Day);
    }
}
