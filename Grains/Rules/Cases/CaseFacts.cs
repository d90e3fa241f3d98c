using System.Collections.Immutable;
using TownReform.Grains.Seeds;

namespace TownReform.Grains.Rules.Cases;

/// <summary>Everything that rules may ask beside the case itself. The grain gathers it before anything is decided.</summary>
public sealed class CaseFacts
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

    /// <summary>The person a secondment is about.</summary>
    public StaffFacts? Person { get; init; }

    /// <summary>What the catalogue says against the adjustment that the case asks for; null when nothing, or when the rule isn't asked (A4).</summary>
    public Refusal? AgainstAdjusting { get; init; }

    /// <summary>The people of the item's bureau, when readiness is asked (A5).</summary>
    public ImmutableArray<StaffFacts> BureauPeople { get; init; } = [];
}

/// <summary>What an act is checked with: the case, what is wanted, and the facts. Fields are those of the case with the act's own on top.</summary>
public readonly ref struct ActCheck(CaseFile file, StepRule? step, ActRule? act, Stamp stamp, ImmutableArray<Field> given, CaseFacts facts)
{
    public CaseFile File { get; } = file;

    public StepRule? Step { get; } = step;

    public ActRule? Act { get; } = act;

    public Stamp Stamp { get; } = stamp;

    public ImmutableArray<Field> Given { get; } = given;

    public CaseFacts Facts { get; } = facts;

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

    /// <summary>A figure in the version of the day that counts for it; null where the law of that day has no such rule.</summary>
    /// <param name="begin">First day of the period that it measures; absent: the day on which the present step began.</param>
    public LawFigure? Figure(string name, DateOnly? begin = null) =>
        Facts.Law[name, LawNames.Uses[name].Day == DayThatCounts.Begin ? begin ?? File.StepOn : Facts.Day];

    public DateOnly? Date(string field) => DateOnly.TryParseExact(Value(field), "O", out var day) ? day : null;

    public decimal? Money(string field) => FieldRules.TryMoney(Value(field), out var money) ? money : null;
}
