using System.Collections.Immutable;

namespace TownReform.Grains.Rules.Staff;

/// <summary>Times away of one person: both days inclusive, in order, never overlapping.</summary>
[Clause("E5")]
public static class Absences
{
    /// <summary>The first absence that shares a day with the span, or null.</summary>
    public static Absence? Overlapping(ImmutableArray<Absence> absences, DateOnly from, DateOnly until) =>
        absences.FirstOrDefault(a => a.From <= until && from <= a.Until);

    public static ImmutableArray<Absence> Insert(ImmutableArray<Absence> absences, Absence absence) =>
        [.. absences.Where(a => a.From < absence.From), absence, .. absences.Where(a => a.From >= absence.From)];

    /// <summary>Leave without the days that a secondment takes: none, one or two pieces remain.</summary>
    // An approved secondment goes before planned leave (E5): on those days the person is at the host's disposal, and
    // the host grants the leave. Keeping both would count one day away twice.
    public static ImmutableArray<Absence> WithoutLeave(ImmutableArray<Absence> absences, DateOnly from, DateOnly until) =>
        [.. absences.SelectMany(a => a.Kind == AbsenceKind.Leave && a.From <= until && from <= a.Until ? Outside(a, from, until) : [a])];

    private static IEnumerable<Absence> Outside(Absence leave, DateOnly from, DateOnly until)
    {
        if (leave.From < from)
        {
            yield return leave with
            {
                Until = from.AddDays(-1),
            };
        }

        if (leave.Until > until)
        {
            yield return leave with
            {
                From = until.AddDays(1),
            };
        }
    }
}
