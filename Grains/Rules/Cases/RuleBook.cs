using System.Collections.Frozen;
using System.Collections.Immutable;
using TownReform.Grains.Rules.Powers;
using TownReform.Grains.Seeds;

namespace TownReform.Grains.Rules.Cases;

/// <summary>A rule that procedures ask by name.</summary>
/// <param name="Clause">What it carries out.</param>
/// <param name="Facts">Facts that the grain must gather for it.</param>
/// <param name="Subject">What the case or its step must have for it.</param>
/// <param name="Reads">Every field that it reads.</param>
public sealed record NamedRule(string Name, string Clause, FactNeeds Facts, NamedRule.Question Asks, RuleSubject Subject, params FieldRead[] Reads)
{
    /// <summary>Null when the rule has nothing against it.</summary>
    public delegate Refusal? Question(in ActCheck check);

    /// <summary>Asks the rule. What it reads must be there: nothing passes because something is missing.</summary>
    public Refusal? Ask(in ActCheck check)
    {
        foreach (var read in Reads)
        {
            if (read.When == ReadWhen.Always && !IsThere(check, read))
            {
                return CaseRefusals.RuleReadsMissing(this, read.Name);
            }
        }

        return (Subject & RuleSubject.Item) != 0 && check.Facts.Item is null ? CaseRefusals.RuleReadsMissing(this, "item")
            : (Subject & RuleSubject.Person) != 0 && check.Facts.Person is null ? CaseRefusals.RuleReadsMissing(this, "person")
            : (Subject & RuleSubject.StepLimit) != 0 && check.Step?.Limit is null ? CaseRefusals.RuleReadsMissing(this, "limit")
            : Asks(check);
    }

    private static bool IsThere(in ActCheck check, FieldRead read)
    {
        var value = check.Value(read.Name);
        return !string.IsNullOrWhiteSpace(value) && read.Types[0] switch
        {
            FieldType.Date => DateOnly.TryParseExact(value, "O", out _),
            FieldType.Money => FieldRules.TryMoney(value, out _),
            _ => true,
        };
    }
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
    // Fields that several rules read.
    private static readonly FieldRead
        OffenceDate = Always("offence-date", FieldType.Date), Fine = Always("fine", FieldType.Money), To = Always("to", FieldType.Text, FieldType.Staff),
        From = Always("from", FieldType.Date), Until = Always("until", FieldType.Date), Extended = Offered("extended-until", FieldType.Date);

    public static FrozenDictionary<string, NamedRule> Rules { get; } = new NamedRule[]
    {
        new("power-in-force", "A3", FactNeeds.Holding, static (in c) => PowerRules.InForce(c.Facts.Holding!, c.Facts.Item!, c.Facts.Day) ?? PenaltyRules.TownPower(c), RuleSubject.Item),
        new("punishable", "C4", FactNeeds.None, PenaltyRules.Punishable, RuleSubject.Item, OffenceDate),
        new("route-open", "A7", FactNeeds.Holding, static (in c) => PowerRules.RouteOpen(c.Facts.Holding!, c.Facts.Item!, c.Facts.Procedure.Route, c.Facts.Plan, c.Facts.Day), RuleSubject.Item),
        new("within-guidance", "A8", FactNeeds.None, static (in c) => PowerRules.WithinGuidance(c.Facts.Plan, c.Facts.Item!), RuleSubject.Item),
        new("adjustable", "A4", FactNeeds.Adjustment, static (in c) => c.Facts.AgainstAdjusting, RuleSubject.Item, Always("change", FieldType.Choice), Always("from", FieldType.Date), Offered("promised", FieldType.Limit)),
        new("readiness", "A5", FactNeeds.BureauPeople, static (in c) => Readiness(c), RuleSubject.Item),
        new("one-time-notice", "B6", FactNeeds.None, ApprovalRules.OneTimeNotice, RuleSubject.Any, Always(ApprovalRules.Missing, FieldType.List)),
        new("extension-once", "B5", FactNeeds.None, ApprovalRules.ExtensionOnce, RuleSubject.Any),
        new("certificate-set", "B1", FactNeeds.None, ApprovalRules.CertificateSet, RuleSubject.Any),
        new("undecided", "B1", FactNeeds.None, ApprovalRules.Undecided, RuleSubject.Any),
        new("authorised", "B4", FactNeeds.None, ApprovalRules.Authorised, RuleSubject.Any, Offered("agent", FieldType.Text), Offered("authorisation", FieldType.Text)),
        new("limitation", "C3", FactNeeds.None, PenaltyRules.Limitation, RuleSubject.Any, OffenceDate, IfKnown("harm", FieldType.Flag)),
        new("within-band", "C4", FactNeeds.None, PenaltyRules.WithinBand, RuleSubject.Item, OffenceDate, Fine, Always("circumstance", FieldType.Choice), Offered("group-discussion", FieldType.Text)),
        new("summary-limit", "C3", FactNeeds.None, PenaltyRules.SummaryLimit, RuleSubject.Any, Fine),
        new("hearing-in-time", "C3", FactNeeds.None, PenaltyRules.HearingInTime, RuleSubject.StepLimit),
        new("treasury-account", "C5", FactNeeds.None, MoneyRules.TreasuryAccount, RuleSubject.Any, Always("account", FieldType.Text)),
        new("amount-paid", "C5", FactNeeds.None, MoneyRules.AmountPaid, RuleSubject.Any, Fine, Always("paid", FieldType.Money), Always("paid-on", FieldType.Date), Always("served-on", FieldType.Date)),
        new("on-the-spot", "C5", FactNeeds.None, MoneyRules.OnTheSpot, RuleSubject.Any, Always("paid", FieldType.Money), Offered("hard-to-collect", FieldType.Text)),
        new("hearing-notice", "C3", FactNeeds.None, PenaltyRules.HearingNotice, RuleSubject.Any, Always("hearing-on", FieldType.Date)),
        new("hand-in-on-time", "C5", FactNeeds.None, MoneyRules.HandInOnTime, RuleSubject.StepLimit, Offered("late-reason", FieldType.Text)),
        new("secondment-dates", "E1", FactNeeds.Person, SecondmentChecks.Dates, RuleSubject.Person, To, From, Until, Extended),
        new("secondment-term", "E2", FactNeeds.Person, SecondmentChecks.Term, RuleSubject.Person, To, From, Until, Extended, Offered("exception", FieldType.Text)),
        new("secondment-service", "E3", FactNeeds.Person, SecondmentChecks.ServiceYears, RuleSubject.Person, To, From, Until, Extended),
        new("secondment-agreement", "E4", FactNeeds.Person, SecondmentChecks.Agreement, RuleSubject.Person, To, From, Until, Extended),
    }.ToFrozenDictionary(r => r.Name, StringComparer.Ordinal);

    /// <summary>What has to be gathered before these rules can be asked.</summary>
    public static FactNeeds NeedsOf(ImmutableArray<string> rules)
    {
        var needs = FactNeeds.None;
        foreach (var rule in rules)
        {
            needs |= Rules[rule].Facts;
        }

        return needs;
    }

    private static FieldRead Always(string name, params FieldType[] types) => new(name, ReadWhen.Always, types);

    private static FieldRead Offered(string name, params FieldType[] types) => new(name, ReadWhen.Offered, types);

    private static FieldRead IfKnown(string name, params FieldType[] types) => new(name, ReadWhen.IfKnown, types);

    private static Refusal? Readiness(in ActCheck c)
    {
        var (facts, item) = (c.Facts, c.Facts.Item!);
        var organ = facts.Plan.Organs.First(o => o.Code == item.Bureau);
        return PowerRules.Readiness(item, organ, facts.BureauPeople, facts.Day);
    }
}
