using System.Collections.Immutable;
using System.Globalization;
using TownReform.Grains.Matters.Penalties;
using TownReform.Grains.Rules;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Simulation.Scenarios;

namespace TownReform.Grains.Simulation;

/// <summary>What somebody does at a step, and with which fields, by the scenario's choices and the case's own draws.</summary>
internal sealed class ChoiceMaking(Scenario scenario, LawBook law, WorkCalendar calendar, VirtualClock clock, PartyHours hours)
{
    /// <summary>A hundred years: after the end of every run.</summary>
    public const double MostDays = 36_500;

    // Draw numbers within a step: choices count up from 0; these lie far above any number of choices.
    private const int DurationDraw = 900;
    private const int DelayDraw = 901;
    private const int HourDraw = 902;
    private const int FieldDraw = 910;

    /// <summary>The choice at the case's present step; null when nothing is left to do.</summary>
    public Choice? Pick(SimulatedCase @case)
    {
        if (!scenario.Behaviour.TryGetValue(@case.Procedure.Code, out var steps) || !steps.TryGetValue(@case.View.Step, out var choices))
        {
            return null;
        }

        var random = @case.StepRandom;
        for (var i = 0; i < choices.Length; i++)
        {
            var choice = choices[i];
            if (
                !@case.Barred.Contains(choice)
                && !@case.Has(choice)
                && Applies(@case, choice.If)
                && (choice.Share >= 1 || random.Chance(i, choice.Share))
            )
            {
                return choice;
            }
        }

        return null;
    }

    /// <summary>Minutes that the present step's work takes.</summary>
    public double Minutes(SimulatedCase @case) =>
        @case.Step.Work is { } work && scenario.Work.TryGetValue(work, out var spread)
            ? Math.Clamp(@case.StepRandom.LogNormal(DurationDraw, spread) * @case.Effort / scenario.Pace, 0.5, MostDays * 24 * 60)
            : 0.5;

    /// <summary>When somebody outside does what they have chosen: at a counter while it is open, else by the hours of what is done from
    /// elsewhere.</summary>
    public DateTime When(SimulatedCase @case, Choice choice, DateTime now)
    {
        var random = @case.StepRandom;
        var wanted = now.AddTicks((long)(random.LogNormal(DelayDraw, choice.AfterDays, MostDays) * TimeSpan.TicksPerDay));
        return IsAtCounter(@case, choice)
            ? hours.AtCounter(wanted, now, random.Uniform(HourDraw))
            : hours.Remote(wanted, now, random.Uniform(HourDraw));
    }

    /// <summary>Whether an act needs an office to be open: the party comes to a counter for it, or an official does it.</summary>
    private static bool IsAtCounter(SimulatedCase @case, Choice choice)
    {
        var act = @case.Procedure.ActAt(@case.View.Step, choice.Act);
        return choice.AtCounter ?? act is { Visit: true } || act?.By.Contains(ActorRules.ByCounty) == true;
    }

    public Choice? Opening(Procedure procedure) =>
        scenario.Behaviour.TryGetValue(procedure.Code, out var steps) && steps.TryGetValue(CaseRules.OpenAct, out var choices)
            ? choices[0]
            : null;

    public bool Applies(SimulatedCase @case, ImmutableArray<string> conditions)
    {
        foreach (var condition in conditions)
        {
            var not = condition.StartsWith("not-", StringComparison.Ordinal);
            if (Holds(@case, not ? condition[4..] : condition) == not)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Fields of an act; a value that begins with $ is worked out, and left out where there is nothing to say.</summary>
    public ImmutableArray<Field> Fields(SimulatedCase @case, Choice choice, DateOnly day)
    {
        if (choice.Fields.IsEmpty)
        {
            return [];
        }

        var fields = ImmutableArray.CreateBuilder<Field>(choice.Fields.Length);
        foreach (var (name, value) in choice.Fields)
        {
            if ((value[0] == '$' ? WorkOut(@case, value, day) : value) is { } known)
            {
                fields.Add(new Field(name, known));
            }
        }

        return fields.ToImmutable();
    }

    private bool Holds(SimulatedCase @case, string condition)
    {
        var equals = condition.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 ? (@case.Value(condition[..equals]) ?? "") == condition[(equals + 1)..]
            : condition == "fine-zero" ? Fine(@case) == 0
            : condition == "fine-on-the-spot" ? Fine(@case) <= law.On(clock.Today)[LawNames.PenaltyCollectOnSpot]
            : @case.Traits.HasFlag(BehaviourTerms.TraitOf(condition));
    }

    private string? WorkOut(SimulatedCase @case, string value, DateOnly day) =>
        value switch
        {
            "$day" => Iso(day),
            "$missing" => Papers(@case, 0),
            "$missing-more" => $"{Papers(@case, 0)};{Papers(@case, 1)}",
            "$with" => @case.View.Officers.Length > 1 ? @case.View.Officers[1] : null,
            "$offence-date" => Iso(
                @case.Traits.HasFlag(PartyTrait.OldOffence) ? day.AddYears(-6) : day.AddDays(-@case.Random.Below(FieldDraw, 20))
            ),
            "$harm" => @case.Traits.HasFlag(PartyTrait.Harm) ? "true" : null,
            "$found-by" => @case.Traits.HasFlag(PartyTrait.Complaint) ? "complaint" : "patrol",
            "$circumstance" => Circumstance(@case.Traits),
            "$fine" => Yuan(Fine(@case)),
            "$fine-outside" => Yuan((Band(@case)?.To ?? 0) * 2 + 100),
            "$owed" => Yuan(Owed(@case, day)),
            "$treasury" => @case.Plan.Policy.TreasuryAccount,
            "$hearing-on" => Iso(calendar.LastWorkingDayOf(law.On(day).Figure(LawNames.PenaltyHearingNotice).Limit, day)),
            "$amount" => Yuan(500 + 100 * @case.Random.Below(FieldDraw + 1, 26)),
            "$agent" => @case.Traits.HasFlag(PartyTrait.Agent) ? "village-point" : null,
            "$authorisation" => @case.Traits.HasFlag(PartyTrait.Agent) ? "授权委托书" : null,
            "$extended-until" => Iso(DateOnly.ParseExact(@case.Value("until")!, "O").AddMonths(2)),
            "$granted-extension" => @case.Value("extended-until"),
            _ => throw new InvalidOperationException($"Scenario {scenario.Code} asks for the unknown value {value}."),
        };

    private static string? Papers(SimulatedCase @case, int skip)
    {
        var papers = @case.Item!.Papers;
        return papers.IsEmpty ? "申请书" : papers[(@case.Random.Below(FieldDraw + 2, papers.Length) + skip) % papers.Length].Zh;
    }

    private static string Circumstance(PartyTrait traits) =>
        traits.HasFlag(PartyTrait.Minor) ? "minor"
        : traits.HasFlag(PartyTrait.Serious) ? "serious"
        : "ordinary";

    private FineBand? Band(SimulatedCase @case) => Band(@case.Item!, @case.Traits, clock.Today);

    private static FineBand? Band(PowerItem item, PartyTrait traits, DateOnly day)
    {
        var circumstance = Circumstance(traits);
        return item.On(day).Bands.FirstOrDefault(b => b.Circumstance == circumstance);
    }

    /// <summary>The fine within the band that the case's own draw gives, in whole ten yuan where the band is wide enough.</summary>
    public static decimal Fine(PowerItem item, PartyTrait traits, RandomStream random, DateOnly day)
    {
        var band = Band(item, traits, day);
        if (band is null || band.To == 0)
        {
            return 0;
        }

        var fine = band.From + decimal.Floor((band.To - band.From) * (decimal)random.Uniform(FieldDraw + 3) / 10) * 10;
        return fine;
    }

    private decimal Fine(SimulatedCase @case) => Fine(@case.Item!, @case.Traits, @case.Random, clock.Today);

    private decimal Owed(SimulatedCase @case, DateOnly day) =>
        MoneyRules.OwedOn(
            decimal.Parse(@case.Value("fine") ?? "0", CultureInfo.InvariantCulture),
            DateOnly.TryParseExact(@case.Value("served-on"), "O", out var served) ? served : null,
            DateOnly.TryParseExact(@case.Value("paid-on"), "O", out var paid) ? paid : day,
            law,
            calendar
        );

    private static string Iso(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);

    private static string Yuan(decimal amount) => amount.ToString("F2", CultureInfo.InvariantCulture);
}
