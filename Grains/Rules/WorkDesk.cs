using System.Collections.Immutable;

namespace TownReform.Grains.Rules;

/// <summary>
/// The open work of one workplace, in memory: who has what, in which order, and which clocks to look at when. Dispatches to the
/// least-loaded qualified colleague who is present; green channel first, then the nearest last day, then the oldest (B9).
/// Not thread-safe; a grain owns it.
/// </summary>
public sealed class WorkDesk
{
    private readonly Dictionary<string, DeskColleague> people = new(StringComparer.Ordinal);
    private readonly Dictionary<string, WorkItem> items = new(StringComparer.Ordinal);
    private readonly SortedSet<(DateOnly On, string Case)> looks = [];
    private readonly HashSet<string> unstaffed = new(StringComparer.Ordinal);

    public int Count => items.Count;

    public IEnumerable<string> People => people.Keys;

    public void Join(Colleague colleague) => people.TryAdd(colleague.Id, new DeskColleague(colleague));

    public void Away(string staff, DateOnly from, DateOnly until)
    {
        if (people.TryGetValue(staff, out var colleague))
        {
            colleague.Absences.Add((from, until));
        }
    }

    /// <summary>An absence was cut short: away no longer from that day.</summary>
    public void Back(string staff, DateOnly from)
    {
        if (people.TryGetValue(staff, out var colleague))
        {
            colleague.Absences.RemoveAll(a => a.From >= from);
            for (var i = 0; i < colleague.Absences.Count; i++)
            {
                var (start, until) = colleague.Absences[i];
                colleague.Absences[i] = (start, until < from ? until : from.AddDays(-1));
            }
        }
    }

    public bool IsAway(string staff, DateOnly day) => people.TryGetValue(staff, out var colleague) && colleague.IsAway(day);

    /// <summary>Takes in a step and picks officers for it, unless it names them. The same step again keeps its officers; an older step changes nothing.</summary>
    public WorkItem TakeIn(WorkItem item, DateOnly day)
    {
        if (items.TryGetValue(item.Case, out var known))
        {
            if (known.Version > item.Version)
            {
                return known;
            }

            Remove(known);
            item = known.Version == item.Version ? item with { Officers = known.Officers } : item;
        }

        item = item.Officers.Length == item.Hands ? item : item with { Officers = Pick(item, day) };
        Add(item);
        return item;
    }

    /// <summary>Forgets a case whose step was that or an earlier one.</summary>
    public void LetGo(string caseNumber, long version)
    {
        if (items.TryGetValue(caseNumber, out var item) && item.Version <= version)
        {
            Remove(item);
        }
    }

    public WorkItem? Next(string officer) => people.TryGetValue(officer, out var colleague) && colleague.Queue.Count > 0 ? colleague.Queue.Min.Item : null;

    public ImmutableArray<WorkItem> List(string? officer) =>
        [.. items.Values.Where(i => officer is null || i.Officers.Contains(officer)).Order(Comparer<WorkItem>.Create(QueueEntry.Compare))];

    public WorkItem? Find(string caseNumber) => items.GetValueOrDefault(caseNumber);

    /// <summary>Cases with a clock to look at by that day, in order.</summary>
    public List<string> DueForLook(DateOnly day)
    {
        var due = new List<string>();
        foreach (var (on, caseNumber) in looks)
        {
            if (on > day)
            {
                break;
            }

            due.Add(caseNumber);
        }

        return due;
    }

    /// <summary>Steps whose officers are away that day, no longer certified, or too few, with the officers they should have instead; empty when nobody suits.</summary>
    public List<WorkItem> Reassign(DateOnly day)
    {
        var affected = new SortedSet<string>(unstaffed, StringComparer.Ordinal);
        foreach (var colleague in people.Values)
        {
            if (colleague.IsAway(day) || colleague.HasExpired(day))
            {
                affected.UnionWith(colleague.Cases.Where(c => !colleague.Suits(items[c], day)));
            }
        }

        var changed = new List<WorkItem>();
        foreach (var caseNumber in affected)
        {
            var item = items[caseNumber];
            Remove(item);
            var next = item with { Officers = Pick(item with { Prefer = item.Officers.Length > 0 ? item.Officers[0] : item.Prefer }, day) };
            Add(next);
            if (!next.Officers.SequenceEqual(item.Officers))
            {
                changed.Add(next);
            }
        }

        return changed;
    }

    public int Unstaffed => unstaffed.Count;

    private ImmutableArray<string> Pick(WorkItem item, DateOnly day)
    {
        if (item.Hands == 0 || item.Role is null)
        {
            return [];
        }

        var picked = ImmutableArray<string>.Empty;
        while (picked.Length < item.Hands)
        {
            DeskColleague? best = null;
            foreach (var colleague in people.Values)
            {
                if (colleague.Suits(item, day) && !picked.Contains(colleague.Id) && (best is null || Better(colleague, best, item.Prefer)))
                {
                    best = colleague;
                }
            }

            if (best is null)
            {
                return [];
            }

            picked = picked.Add(best.Id);
        }

        return picked;
    }

    private static bool Better(DeskColleague one, DeskColleague other, string? prefer) =>
        one.Id == prefer || (other.Id != prefer && (one.Cases.Count < other.Cases.Count || (one.Cases.Count == other.Cases.Count && one.LastGiven < other.LastGiven)));

    private long given;

    private void Add(WorkItem item)
    {
        items[item.Case] = item;
        if (item.LookOn is { } on)
        {
            looks.Add((on, item.Case));
        }

        if (item.Officers.Length < item.Hands)
        {
            unstaffed.Add(item.Case);
        }

        for (var i = 0; i < item.Officers.Length; i++)
        {
            if (people.TryGetValue(item.Officers[i], out var colleague))
            {
                colleague.Cases.Add(item.Case);
                colleague.LastGiven = ++given;
                if (i == 0)
                {
                    colleague.Queue.Add(new QueueEntry(item));
                }
            }
        }
    }

    private void Remove(WorkItem item)
    {
        items.Remove(item.Case);
        unstaffed.Remove(item.Case);
        if (item.LookOn is { } on)
        {
            looks.Remove((on, item.Case));
        }

        foreach (var officer in item.Officers)
        {
            if (people.TryGetValue(officer, out var colleague))
            {
                colleague.Cases.Remove(item.Case);
                colleague.Queue.Remove(new QueueEntry(item));
            }
        }
    }

    /// <summary>A place in somebody's queue.</summary>
    private readonly record struct QueueEntry(WorkItem Item) : IComparable<QueueEntry>
    {
        public int CompareTo(QueueEntry other) => Compare(Item, other.Item);

        public static int Compare(WorkItem a, WorkItem b)
        {
            var order = b.Green.CompareTo(a.Green);
            order = order != 0 ? order : (a.Due ?? DateOnly.MaxValue).CompareTo(b.Due ?? DateOnly.MaxValue);
            order = order != 0 ? order : a.Since.CompareTo(b.Since);
            return order != 0 ? order : string.CompareOrdinal(a.Case, b.Case);
        }
    }

    private sealed class DeskColleague(Colleague colleague)
    {
        public string Id => colleague.Id;

        public List<(DateOnly From, DateOnly Until)> Absences { get; } = [];

        public HashSet<string> Cases { get; } = new(StringComparer.Ordinal);

        public SortedSet<QueueEntry> Queue { get; } = [];

        public long LastGiven { get; set; }

        public bool IsAway(DateOnly day)
        {
            foreach (var (from, until) in Absences)
            {
                if (from <= day && day <= until)
                {
                    return true;
                }
            }

            return false;
        }

        /// <summary>Whether a certificate is no longer valid on a day.</summary>
        public bool HasExpired(DateOnly day)
        {
            foreach (var held in colleague.Certificates)
            {
                if (held.ValidUntil < day)
                {
                    return true;
                }
            }

            return false;
        }

        public bool Suits(WorkItem item, DateOnly day) =>
            colleague.Roles.Contains(item.Role!) && !item.NotBy.Contains(Id) && !IsAway(day) && Certified(item.Certificates, day);

        private bool Certified(ImmutableArray<string> needed, DateOnly day)
        {
            foreach (var code in needed)
            {
                var holds = false;
                foreach (var held in colleague.Certificates)
                {
                    holds |= held.Code == code && day <= held.ValidUntil;
                }

                if (!holds)
                {
                    return false;
                }
            }

            return true;
        }
    }
}
