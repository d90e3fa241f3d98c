using System.Collections.Immutable;
using TownReform.Grains.Rules.Plans;

namespace TownReform.Grains.Rules.Cases;

/// <summary>Everything that rules may ask beside the case itself. The grain gathers it before anything is decided.</summary>
public sealed record CaseFacts
{
    public required TownPlan Plan { get; init; }
    public required Procedure Procedure { get; init; }
    public required WorkCalendar Calendar { get; init; }
    public required LawBook Law { get; init; }

    /// <summary>The day in the town at the command's moment.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>The catalogue item, when the case is about one.</summary>
    public PowerItem? Item { get; init; }

    /// <summary>How the town stands to the item on that day; gathered when the act decides or a rule asks.</summary>
    public PowerHolding? Holding { get; init; }

    /// <summary>The actor as staff, when the actor is of the town; null for citizens, counties and the system.</summary>
    public StaffFacts? Actor { get; init; }

    /// <summary>Who acts together with the actor, when the act names somebody.</summary>
    public StaffFacts? With { get; init; }

    /// <summary>The member of staff that the case is about.</summary>
    public StaffFacts? Person { get; init; }

    /// <summary>The person who owns the case before the act, where that is read.</summary>
    public StaffFacts? Owner { get; init; }

    /// <summary>Staff whom fields of the act name, by the field, where a rule reads their facts.</summary>
    public ImmutableDictionary<string, StaffFacts> People { get; init; } = ImmutableDictionary<string, StaffFacts>.Empty;

    /// <summary>What the receivers of effects have against them, by the effect, where a rule asks beforehand.</summary>
    public ImmutableDictionary<string, Refusal> Foreseen { get; init; } = ImmutableDictionary<string, Refusal>.Empty;

    /// <summary>The people of the item's bureau, when readiness is asked (A5).</summary>
    public ImmutableArray<StaffFacts> BureauPeople { get; init; } = [];
}

/// <summary>What an act is checked with: the case, what is wanted, and the facts. Fields are those of the case with the act's own on
/// top.</summary>
/// <param name="isQuestion">Somebody asks whether they may do the act; they have filled in nothing yet.</param>
public readonly struct ActCheck(
    CaseFile file,
    StepRule? step,
    ActRule? act,
    Stamp stamp,
    ImmutableArray<Field> given,
    CaseFacts facts,
    bool isQuestion = false
)
{
    public CaseFile File { get; } = file;

    public StepRule? Step { get; } = step;

    public ActRule? Act { get; } = act;

    public Stamp Stamp { get; } = stamp;

    public ImmutableArray<Field> Given { get; } = given;

    public CaseFacts Facts { get; } = facts;

    /// <summary>Whether a field may still be filled in: nothing that depends on it can be told yet.</summary>
    public bool IsOpen(string field) =>
        isQuestion && Act is { } act && (act.Needs.Contains(field) || act.Takes.Contains(field)) && !IsGiven(field);

    /// <summary>Whether a field among those that are read may still be filled in.</summary>
    public bool IsOpen(CaseReads reads)
    {
        if (isQuestion)
        {
            foreach (var field in reads.Fields)
            {
                if (IsOpen(field.Name))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private bool IsGiven(string field)
    {
        foreach (var given in Given)
        {
            if (given.Name == field)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The value of a field: the act's own, else the case's.</summary>
    public string? Value(string field)
    {
        foreach (var f in Given)
        {
            if (f.Name == field)
            {
                return f.Value;
            }
        }

        return File.Value(field);
    }
}
