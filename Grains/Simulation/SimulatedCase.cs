using System.Collections.Immutable;
using TownReform.Grains.Matters.Simulated;
using TownReform.Grains.Rules;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Simulation.Scenarios;

namespace TownReform.Grains.Simulation;

/// <summary>A case as the simulator knows it: whose it is, how its party is, and what it was last told.</summary>
internal sealed class SimulatedCase(
    TownPlan plan,
    Procedure procedure,
    PowerItem? item,
    ItemDemand? demand,
    Party party,
    Traits traits,
    RandomStream random
) : ISimulatedCase
{
    private readonly HashSet<Choice> taken = new(ReferenceEqualityComparer.Instance);

    /// <summary>The number that the town has given it; empty before it is open.</summary>
    public string Number { get; set; } = "";

    /// <summary>The case itself; null before it is open.</summary>
    public ICaseGrain? Grain { get; set; }

    /// <summary>Department above the town that opened it; null when somebody else did.</summary>
    public string? OpenedFor { get; init; }

    public TownPlan Plan { get; } = plan;

    public Procedure Procedure { get; } = procedure;

    public PowerItem? Item { get; } = item;

    public double Effort { get; } = demand?.Effort ?? 1;

    public Party Party { get; } = party;

    public string PartyId => Party.Id;

    /// <summary>Traits that conditions ask for. What the party supplies changes them.</summary>
    public Traits Traits { get; set; } = traits;

    public RandomStream Random { get; } = random;

    public CaseView View { get; private set; } = null!;

    /// <summary>First day past its own limit; null while that is kept.</summary>
    public DateOnly? LateOn { get; private set; }

    /// <summary>The case as it stands now.</summary>
    public void See(CaseView view, WorkCalendar calendar)
    {
        // Between two views the clock went on; a limit that was lengthened meanwhile is kept again.
        Pass(DateOnly.FromDateTime(view.ChangedAt.DateTime), calendar);
        View = view;
        LateOn =
            view.Clock is { Started: true, Limit: > 0 } clock && clock.Used > clock.Limit
                ? LateOn ?? DateOnly.FromDateTime(view.ChangedAt.DateTime)
                : null;
    }

    /// <summary>A day has come without anything new.</summary>
    public void Pass(DateOnly day, WorkCalendar calendar) => LateOn ??= View is null ? null : LimitWatch.LateOn(View, day, calendar);

    /// <summary>Counts moves; an event scheduled for an earlier step is stale.</summary>
    public int Moves { get; set; }

    /// <summary>When the present step became possible.</summary>
    public DateTimeOffset Enabled { get; private set; }

    /// <summary>Who works on the present step now, if anybody.</summary>
    public DeskTask? Task { get; set; }

    /// <summary>When work on the present step began; null before it.</summary>
    public DateTimeOffset? WorkBegan { get; set; }

    /// <summary>Minutes that the present step needs; null before work on it begins.</summary>
    public double? WorkAsked { get; set; }

    /// <summary>Of those, minutes done by whoever had it; they stay with the case when it changes hands.</summary>
    public double WorkDone { get; set; }

    /// <summary>Its lead took something else once because others whom it needs were occupied.</summary>
    public bool PassedOver { get; set; }

    /// <summary>A step begins: nothing of it is done.</summary>
    public void Enter(DateTimeOffset at) => (Enabled, WorkBegan, WorkAsked, WorkDone, PassedOver) = (at, null, null, 0, false);

    public int Refusals { get; set; }

    public int Acts { get; set; }

    /// <summary>What was refused at the present step; not tried again before the next day.</summary>
    public HashSet<Choice> Barred { get; } = new(ReferenceEqualityComparer.Instance);

    public StepRule Step => Procedure.Steps[View.Step];

    /// <summary>Draws of the present step.</summary>
    public RandomStream StepRandom => Random.Named(View.Step).Numbered(Moves);

    public bool Has(Choice choice) => taken.Contains(choice);

    public void Take(Choice choice)
    {
        if (choice.Once)
        {
            taken.Add(choice);
        }
    }

    ImmutableArray<string> ISimulatedCase.Officers => View is null ? [] : View.Officers;

    string ISimulatedCase.Step => View?.Step ?? CaseRules.OpenAct;

    string? ISimulatedCase.Ending => View?.Ending;

    public string? Value(string field)
    {
        if (View is null)
        {
            return null;
        }

        foreach (var f in View.Fields)
        {
            if (f.Name == field)
            {
                return f.Value;
            }
        }

        return null;
    }
}
