using System.Collections.Immutable;

namespace TownReform.Grains.Rules.Staff;

/// <summary>A member of staff as their stream says; absences never overlap and are kept in order.</summary>
/// <param name="Facts">Null until hired.</param>
/// <param name="Ended">Last day away of each secondment case that was ended, also of one whose beginning has not arrived.</param>
public sealed record StaffState(StaffFacts? Facts, ImmutableDictionary<string, DateOnly> Ended)
{
    public static StaffState Empty { get; } = new(null, ImmutableDictionary<string, DateOnly>.Empty);

    /// <summary>The absence of a secondment case, or null.</summary>
    public Absence? SecondmentOf(string caseNumber) =>
        Facts?.Absences.FirstOrDefault(a => a.Kind == AbsenceKind.Secondment && a.Case == caseNumber);
}
