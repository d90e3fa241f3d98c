using System.Collections.Immutable;

namespace TownReform.Grains.Rules;

/// <summary>
/// The law by day: figures of statutes and of the town's own rules, each with its versions, from <c>seeds/law/*.yaml</c>; a lawyer corrects
/// one without touching code.
/// It is asked with a day. Which day counts, the rule says (<see cref="DayThatCounts"/>).
/// </summary>
public sealed class LawBook
{
    private readonly int[] starts;
    private readonly LawDay[] spans;

    /// <param name="statutes">At least one, each with its texts and versions in order of their days.</param>
    public LawBook(IEnumerable<Statute> statutes)
    {
        Statutes = [.. statutes];
        ImmutableArray<DateOnly> days =
        [
            DateOnly.MinValue,
            .. Statutes
                .SelectMany(s =>
                    s.Texts.Skip(1).Select(t => t.From).Concat(s.Figures.SelectMany(f => f.Versions.Skip(1).Select(v => v.From)))
                )
                .Distinct()
                .Order(),
        ];
        starts = [.. days.Select(d => d.DayNumber)];
        spans =
        [
            .. days.Select((from, i) => new LawDay(from, i + 1 < days.Length ? days[i + 1].AddDays(-1) : DateOnly.MaxValue, Statutes)),
        ];
    }

    /// <summary>Statutes and own rules, by their files.</summary>
    public ImmutableArray<Statute> Statutes { get; }

    /// <summary>Spans in which nothing changes, in their order; together they hold every day.</summary>
    public IReadOnlyList<LawDay> Spans => spans;

    /// <summary>The law in force on a day. Days before the first version of a figure go by that version. Costs a search among a handful of
    /// days; nothing is made.</summary>
    public LawDay On(DateOnly day)
    {
        var at = Array.BinarySearch(starts, day.DayNumber);
        return spans[at >= 0 ? at : ~at - 1];
    }

    /// <summary>The figure as in force on a day; null where the law of that day has no such rule.</summary>
    /// <exception cref="KeyNotFoundException">No figure of that name was ever loaded.</exception>
    public LawFigure? this[string name, DateOnly day] => On(day).Find(name);
}
