using System.Collections.Immutable;
using TownReform.Grains.Matters.Simulated;
using TownReform.Grains.Rules;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Simulation.Scenarios;

namespace TownReform.Grains.Simulation;

/// <summary>What somebody does at a step, and with which fields, by the scenario's choices and the case's own draws.</summary>
internal sealed class ChoiceMaking(
    Scenario scenario,
    LawBook law,
    WorkCalendar calendar,
    VirtualClock clock,
    PartyHours hours,
    LeftLying? lying = null
)
{
    // Draw numbers within a step: choices count up from 0; these lie far above any number of choices, and matters' own from 910 on.
    private const int DurationDraw = 900;
    private const int DelayDraw = 901;
    private const int HourDraw = 902;

    /// <summary>The choice at the case's present step; null when nothing is left to do.</summary>
    public Choice? Pick(SimulatedCase @case)
    {
        if (!scenario.Behaviour.TryGetValue(@case.Procedure.Code, out var steps) || !steps.TryGetValue(@case.View.Step, out var choices))
        {
            return null;
        }

        if (lying?.Has(@case) == true)
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
            ? Math.Clamp(
                @case.StepRandom.LogNormal(DurationDraw, spread) * @case.Effort / scenario.Pace,
                0.5,
                ScenarioQuantities.MostDays * 24 * 60
            )
            : 0.5;

    /// <summary>When somebody outside does what they have chosen: at a counter while it is open, else by the hours of what is done from
    /// elsewhere.</summary>
    public DateTime When(SimulatedCase @case, Choice choice, DateTime now)
    {
        var random = @case.StepRandom;
        var wanted = now.AddTicks(
            (long)(random.LogNormal(DelayDraw, choice.AfterDays, ScenarioQuantities.MostDays) * TimeSpan.TicksPerDay)
        );
        return IsAtCounter(@case, choice)
            ? hours.AtCounter(wanted, now, random.Uniform(HourDraw), (@case.Plan.Code, OfficeOf(@case)))
            : hours.Remote(wanted, now, random.Uniform(HourDraw));
    }

    private static string OfficeOf(SimulatedCase @case) => @case.View.Workplace is { } key ? key[(key.IndexOf('/') + 1)..] : "";

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

    private bool Applies(SimulatedCase @case, ImmutableArray<Condition> conditions)
    {
        var acting = Acting(@case);
        foreach (var condition in conditions)
        {
            if (!condition.Holds(acting))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Fields of an act; one that is worked out is left out where there is nothing to say.</summary>
    public ImmutableArray<Field> Fields(SimulatedCase @case, Choice choice)
    {
        if (choice.Fields.IsEmpty)
        {
            return [];
        }

        var acting = Acting(@case);
        var fields = ImmutableArray.CreateBuilder<Field>(choice.Fields.Length);
        foreach (var (name, text, value) in choice.Fields)
        {
            if ((value is null ? text : value.Work(acting)) is { } known)
            {
                fields.Add(new Field(name, known));
            }
        }

        return fields.ToImmutable();
    }

    private Acting Acting(SimulatedCase @case) => new(@case, clock.Today, law, calendar);
}
