namespace TownReform.Grains.Tests.Interleavings;

/// <summary>One person's times away as a plain list.</summary>
internal sealed class StaffModel(DateOnly since)
{
    private const int Months = 6;
    private const int Years = 2;
    private readonly List<Away> away = [];
    private readonly Dictionary<string, DateOnly> ended = [];

    /// <param name="Case">Case of a secondment; empty for leave.</param>
    internal sealed record Away(string Case, string To, DateOnly From, DateOnly Until)
    {
        public bool Meets(DateOnly from, DateOnly until) => From <= until && from <= Until;
    }

    /// <summary>In order of their days.</summary>
    public IEnumerable<Away> Times => away.OrderBy(a => a.From);

    /// <summary>What a case is told that asks whether the person may go: 0 or the code.</summary>
    /// <param name="first">Whether all is asked, or the term alone as for an extension.</param>
    public int Asked(string ofCase, string to, DateOnly from, DateOnly until, bool first)
    {
        var own = away.Find(a => a.Case == ofCase && ofCase.Length > 0);
        return first && (until < from || from < since || (own is not null && own.From != from)) ? 3014
            : first && away.Exists(a => a != own && a.Meets(from, until)) ? 3015
            : first && from < since.AddYears(Years) ? 3012
            : IsTooLong(ofCase, to, from, until) ? 3011
            : 0;
    }

    public int AskedLeave(DateOnly from, DateOnly until) =>
        until < from || from < since ? 3017
        : away.Exists(a => a.Meets(from, until)) ? 3018
        : 0;

    public void Leave(DateOnly from, DateOnly until) => away.Add(new Away("", "", from, until));

    /// <summary>The code; 0 with the last day when the secondment begins or grows; null when there is nothing new.</summary>
    public (int Code, DateOnly Until)? AskedBegin(string ofCase, string to, DateOnly from, DateOnly until)
    {
        var last = ended.TryGetValue(ofCase, out var end) && end < until ? end : until;
        var own = away.Find(a => a.Case == ofCase);
        return (own is not null && own.From == from && own.Until == last) || (own is null && last < from) ? null
            : last < from || (own is not null && own.From != from) ? (3014, last)
            : away.Exists(a => a.Case.Length > 0 && a.Case != ofCase && a.Meets(from, last)) ? (3015, last)
            : IsTooLong(ofCase, to, from, last) ? (3011, last)
            : (0, last);
    }

    /// <summary>A secondment takes the days of leave.</summary>
    public void Begin(string ofCase, string to, DateOnly from, DateOnly until)
    {
        away.RemoveAll(a => a.Case == ofCase);
        foreach (var leave in away.Where(a => a.Case.Length == 0 && a.Meets(from, until)).ToList())
        {
            away.Remove(leave);
            away.AddRange(
                new[] { leave with { Until = from.AddDays(-1) }, leave with { From = until.AddDays(1) } }.Where(piece =>
                    piece.From <= piece.Until && piece.From >= leave.From && piece.Until <= leave.Until
                )
            );
        }

        away.Add(new Away(ofCase, to, from, until));
    }

    public bool AskedEnd(string ofCase, DateOnly last) => !ended.TryGetValue(ofCase, out var before) || before != last;

    public void End(string ofCase, DateOnly last)
    {
        ended[ofCase] = last;
        var own = away.Find(a => a.Case == ofCase);
        if (own is not null && last < own.Until)
        {
            away.Remove(own);
            away.AddRange(last < own.From ? [] : [own with { Until = last }]);
        }
    }

    /// <summary>What must hold at every point: no day away twice, nobody seconded for longer than the term without a break.</summary>
    public bool IsSound()
    {
        var times = Times.ToList();
        return times.Zip(times.Skip(1)).All(pair => pair.First.Until < pair.Second.From)
            && times.Where(a => a.Case.Length > 0).All(a => !IsTooLong(a.Case, a.To, a.From, a.Until));
    }

    // Walks outwards from the days over the working days right before and after: the next secondment to the same place belongs to it.
    private bool IsTooLong(string ofCase, string to, DateOnly from, DateOnly until)
    {
        var others = away.Where(a => a.Case.Length > 0 && a.Case != ofCase && a.To == to).ToList();
        while (others.Find(a => a.Until < from && NextWorkingDay(a.Until) >= from) is { } before)
        {
            from = before.From;
        }

        while (others.Find(a => a.From > until && NextWorkingDay(until) >= a.From) is { } after)
        {
            until = after.Until;
        }

        return until >= from.AddMonths(Months);
    }

    private static DateOnly NextWorkingDay(DateOnly day)
    {
        do
        {
            day = day.AddDays(1);
        } while (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday);
        return day;
    }
}
