using System.Collections.Immutable;

namespace TownReform.Grains.Rules.Plans;

/// <summary>How far a clause of the plans is carried.</summary>
public enum ClauseState
{
    /// <summary>Nothing of it.</summary>
    Absent,

    /// <summary>Something of it; what is left is said.</summary>
    InPart,

    /// <summary>All of it, at every boundary.</summary>
    Carried,
}

/// <summary>A clause of the two plans (方案条款), and what this system claims of it.</summary>
/// <param name="Id">Letter and number, such as E2; refusals, rules and tests cite it.</param>
/// <param name="State">What is claimed.</param>
/// <param name="Procedures">Codes of the procedures that carry it.</param>
/// <param name="Left">What isn't carried; null where all or nothing is.</param>
public sealed record PlanClause(string Id, Words Subject, ClauseState State, ImmutableArray<string> Procedures, Words? Left);
