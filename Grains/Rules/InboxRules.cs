using System.Collections.Immutable;

namespace TownReform.Grains.Rules;

/// <summary>Pages of a workplace's open work (待办), and counts by the same filter.</summary>
public static class InboxRules
{
    /// <summary>Most lines on a page.</summary>
    public const int Most = 200;

    /// <summary>Most filters that are counted at once.</summary>
    public const int MostCounts = 20;

    /// <summary>How much work a filter lets through.</summary>
    public static InboxCounts Count(IEnumerable<WorkItem> work, InboxQuery query, Func<string, DateOnly, bool> isAway)
    {
        var counts = new Tally();
        foreach (var item in work.Where(item => Matches(item, query, isAway)))
        {
            counts.Add(item);
        }

        return counts.End();
    }

    /// <summary>A page, most urgent first: in the order of the queues (B9).</summary>
    /// <param name="isAway">Whether somebody is away on a day.</param>
    public static Outcome<InboxPage> Page(IEnumerable<WorkItem> work, InboxQuery query, Func<string, DateOnly, bool> isAway)
    {
        QueuePlace? after = null;
        if (query.After is { } cursor && !QueuePlace.TryParse(cursor, out after))
        {
            return CursorUnknown();
        }

        var (counts, later) = (new Tally(), new List<QueueEntry>());
        foreach (var item in work)
        {
            if (!Matches(item, query, isAway))
            {
                continue;
            }

            counts.Add(item);
            var entry = new QueueEntry(item);
            if (after is not { } last || entry.Place.CompareTo(last) > 0)
            {
                later.Add(entry);
            }
        }

        QueueEntry[] lines = [.. later.Order().Take(Math.Clamp(query.Take, 1, Most))];
        return new InboxPage(
            [.. lines.Select(entry => new InboxLine(entry.Item, entry.Item.Colour))],
            lines.Length < later.Count ? lines[^1].Place.ToString() : null,
            counts.End()
        );
    }

    private static bool Matches(WorkItem item, InboxQuery query, Func<string, DateOnly, bool> isAway) =>
        (query.Officer is not { } officer || item.Officers.Contains(officer))
        && (query.Step is not { } step || item.Step == step)
        && (query.Item is not { } about || item.Item == about)
        && (query.Colour is not { } colour || item.Colour == colour)
        && (!query.Overdue || item.Colour >= ClockColour.Overdue)
        && (query.Waiting is not { } waiting || item.Role is null == waiting)
        && (query.AwayOn is not { } day || item.Officers.Any(who => isAway(who, day)));

    private static Refusal CursorUnknown() =>
        new(
            RefusalCode.CursorUnknown,
            "I2",
            new(
                "翻页位置不是本列表给出的，未列出。请从第一页重新翻起。",
                "The cursor is none that this list gave. Begin at the first page again."
            ),
            []
        );

    private sealed class Tally
    {
        private readonly SortedDictionary<ClockColour, int> colours = [];
        private readonly SortedDictionary<string, int> steps = new(StringComparer.Ordinal);
        private readonly SortedDictionary<string, int> items = new(StringComparer.Ordinal);
        private readonly SortedDictionary<string, int> officers = new(StringComparer.Ordinal);
        private int total;
        private int waiting;
        private int unassigned;

        public void Add(WorkItem item)
        {
            total++;
            waiting += item.Role is null ? 1 : 0;
            unassigned += item.Role is not null && item.Officers.IsEmpty ? 1 : 0;
            One(colours, item.Colour);
            One(steps, item.Step);
            One(items, item.Item);
            foreach (var officer in item.Officers)
            {
                One(officers, officer);
            }
        }

        public InboxCounts End() =>
            new(
                Total: total,
                Waiting: waiting,
                Unassigned: unassigned,
                Colours: [.. colours.Select(count => new ColourCount(count.Key, count.Value))],
                Steps: Codes(steps),
                Items: Codes(items),
                Officers: Codes(officers)
            );

        private static ImmutableArray<CodeCount> Codes(SortedDictionary<string, int> counts) =>
            [.. counts.Select(count => new CodeCount(count.Key, count.Value))];

        private static void One<T>(SortedDictionary<T, int> counts, T of)
            where T : notnull => counts[of] = counts.GetValueOrDefault(of) + 1;
    }
}
