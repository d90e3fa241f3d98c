using System.Collections.Immutable;

namespace TownReform.Grains.Rules;

/// <summary>
/// The open work of one workplace, in memory: who has what, in which order, and which clocks to look at when. Dispatches to the
/// least-loaded qualified colleague who is present; green channel first, then the nearest last day, then the oldest (B9).
/// Not thread-safe; a grain owns it.
/// </summary>
[Clause("B9", "E5", "F6")]
public sealed class WorkDesk
{
    private readonly DeskRoster people = new();
    private readonly Dictionary<string, WorkItem> items = new(StringComparer.Ordinal);
    private readonly SortedDictionary<DateOnly, HashSet<string>> looks = [];
    private readonly HashSet<string> unstaffed = new(StringComparer.Ordinal);

    public int Count => items.Count;

    public int Unstaffed => unstaffed.Count;

    public IEnumerable<string> People => people.Ids;

    /// <summary>Somebody joins, or comes back with other roles or certificates; work in hand stays.</summary>
    public void Join(Colleague colleague)
    {
        // Steps may name somebody who comes back under a record of their own.
        if (people.Join(colleague) is { } joined)
        {
            foreach (var item in items.Values.Where(i => i.Officers.Contains(colleague.Id)))
            {
                joined.TakeOn(item);
            }
        }
    }

    /// <summary>All the days on which somebody is away; they replace those known before.</summary>
    public void Absent(string staff, ImmutableArray<Absence> days)
    {
        if (people.TryFind(staff, out var colleague))
        {
            colleague.Absent(days);
        }
    }

    public bool IsAway(string staff, DateOnly day) => people.TryFind(staff, out var colleague) && colleague.IsAway(day);

    /// <summary>Cases that somebody has in hand, alone or with others.</summary>
    public int LoadOf(string staff) => people.TryFind(staff, out var colleague) ? colleague.Cases.Count : 0;

    /// <summary>Takes in a step and picks officers for it, unless it names them. The same step again keeps its officers, also when it has
    /// none; an older step changes nothing.</summary>
    public WorkItem Enqueue(WorkItem item, DateOnly day)
    {
        if (items.TryGetValue(item.Case, out var known) && known.Version >= item.Version)
        {
            return known.Version > item.Version ? known : Put(item with { Officers = known.Officers });
        }

        // What somebody had in hand of this case is over, and is no load when the next step is given.
        if (known is not null)
        {
            Remove(known);
        }

        return Put(item.Officers.Length == item.Hands ? item : item with { Officers = people.Pick(item, [], day) });
    }

    /// <summary>Puts a step on the desk as it is, in place of what was known of its case.</summary>
    public WorkItem Put(WorkItem item)
    {
        if (items.TryGetValue(item.Case, out var known))
        {
            Remove(known);
        }

        Add(item);
        return item;
    }

    /// <summary>Forgets a case whose step was that or an earlier one.</summary>
    public void Release(string caseNumber, long version)
    {
        if (items.TryGetValue(caseNumber, out var item) && item.Version <= version)
        {
            Remove(item);
        }
    }

    public WorkItem? Next(string officer) =>
        people.TryFind(officer, out var colleague) && colleague.Queue.Count > 0 ? colleague.Queue.Min.Item : null;

    /// <summary>All steps, or those that somebody has in hand alone or with others, in the order of queues. Of one officer it costs no look
    /// at the others' steps.</summary>
    public ImmutableArray<WorkItem> List(string? officer) =>
        [.. (officer is null ? items.Values : Of(officer)).OrderBy(i => new QueueEntry(i))];

    /// <summary>A page of the steps that a filter lets through, with counts.</summary>
    public Outcome<InboxPage> Inbox(InboxQuery query) =>
        InboxRules.Page(query.Officer is { } officer ? Of(officer) : items.Values, query, IsAway);

    /// <summary>How much each of several filters lets through.</summary>
    public ImmutableArray<InboxCounts> CountInbox(ImmutableArray<InboxQuery> queries) =>
        [.. queries.Select(query => InboxRules.Count(query.Officer is { } officer ? Of(officer) : items.Values, query, IsAway))];

    public WorkItem? Find(string caseNumber) => items.GetValueOrDefault(caseNumber);

    /// <summary>Cases with a clock to look at by that day, in order.</summary>
    public List<string> DueForCheck(DateOnly day)
    {
        var due = new List<string>();
        foreach (var (on, cases) in looks)
        {
            if (on > day)
            {
                break;
            }

            due.AddRange(cases.Order(StringComparer.Ordinal));
        }

        return due;
    }

    /// <summary>
    /// Gives steps that lack officers, or whose officers are away or no longer certified that day, to those who are there (E5, C2).
    /// Officers who still suit keep the step; one that too few suit has none.
    /// </summary>
    public List<Reassignment> Reassign(DateOnly day)
    {
        var affected = new SortedSet<string>(unstaffed, StringComparer.Ordinal);
        foreach (var colleague in people.All)
        {
            if (colleague.IsAway(day) || colleague.HasLapsed(day))
            {
                affected.UnionWith(colleague.Cases);
            }
        }

        var changed = new List<Reassignment>();
        foreach (var caseNumber in affected)
        {
            var item = items[caseNumber];
            var staying = item.Officers.RemoveAll(o => !people.TryFind(o, out var colleague) || !colleague.Suits(item, day));
            if (staying.Length == item.Hands)
            {
                continue;
            }

            Remove(item);
            var picked = people.Pick(item, staying, day);
            var next = item with { Officers = picked.IsEmpty && item.IsAssigned ? item.Officers : picked };
            Add(next);
            if (!next.Officers.SequenceEqual(item.Officers))
            {
                changed.Add(new Reassignment(item, next));
            }
        }

        return changed;
    }

    // Who isn't one of the people here can still be named by a step.
    private IEnumerable<WorkItem> Of(string officer) =>
        people.TryFind(officer, out var colleague)
            ? colleague.Cases.Select(number => items[number])
            : items.Values.Where(i => i.Officers.Contains(officer));

    private void Add(WorkItem item)
    {
        items[item.Case] = item;
        if (item.NextCheckOn is { } on)
        {
            if (!looks.TryGetValue(on, out var cases))
            {
                looks.Add(on, cases = new(StringComparer.Ordinal));
            }

            cases.Add(item.Case);
        }

        if (item.Officers.Length < item.Hands)
        {
            unstaffed.Add(item.Case);
        }

        foreach (var officer in item.Officers)
        {
            if (people.TryFind(officer, out var colleague))
            {
                people.Give(colleague, item);
            }
        }
    }

    private void Remove(WorkItem item)
    {
        items.Remove(item.Case);
        unstaffed.Remove(item.Case);
        if (item.NextCheckOn is { } on && looks.TryGetValue(on, out var cases) && cases.Remove(item.Case) && cases.Count == 0)
        {
            looks.Remove(on);
        }

        foreach (var officer in item.Officers)
        {
            if (people.TryFind(officer, out var colleague))
            {
                colleague.Cases.Remove(item.Case);
                colleague.Queue.Remove(new QueueEntry(item));
            }
        }
    }
}

/// <summary>A step that changed hands at a desk.</summary>
public readonly record struct Reassignment(WorkItem Before, WorkItem After);
