using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using TownReform.Grains.Neighbours;
using TownReform.Grains.Rules;

namespace TownReform.Grains.Work;

/// <summary>
/// A workplace's desk, for its grain and for the cases of its silo at once. Each look or change holds its lock, none of them waits for
/// anything else.
/// Cases are turned away before the desk is filled and after it was closed; its grain is not, for it answers what has reached it.
/// </summary>
/// <param name="dayOf">The day at a moment, where the workplace is.</param>
internal sealed class LockedWorkQueue(Func<DateTimeOffset, DateOnly> dayOf) : ILocalWorkQueue
{
    private readonly WorkDesk desk = new();
    private readonly Lock atDesk = new();
    private bool isOpen;

    public int Unstaffed
    {
        get
        {
            lock (atDesk)
            {
                return desk.Unstaffed;
            }
        }
    }

    /// <summary>Puts work on it as recorded, and lets cases come.</summary>
    public void Open(IEnumerable<WorkItem> work)
    {
        lock (atDesk)
        {
            foreach (var item in work)
            {
                desk.Put(item);
            }

            isOpen = true;
        }
    }

    /// <summary>Lets no case come any more.</summary>
    public void Close()
    {
        lock (atDesk)
        {
            isOpen = false;
        }
    }

    /// <inheritdoc cref="WorkDesk.Join"/>
    public void Join(Colleague colleague)
    {
        lock (atDesk)
        {
            desk.Join(colleague);
        }
    }

    /// <inheritdoc cref="WorkDesk.Absent"/>
    public void Absent(string staff, ImmutableArray<Absence> days)
    {
        lock (atDesk)
        {
            desk.Absent(staff, days);
        }
    }

    /// <inheritdoc cref="WorkDesk.Enqueue"/>
    public Assignment Enqueue(WorkItem item)
    {
        lock (atDesk)
        {
            return Take(item);
        }
    }

    /// <inheritdoc cref="WorkDesk.Release"/>
    public void Release(string caseNumber, long version)
    {
        lock (atDesk)
        {
            desk.Release(caseNumber, version);
        }
    }

    /// <inheritdoc/>
    public bool TryEnqueue(WorkItem item, [NotNullWhen(true)] out Assignment? taken)
    {
        lock (atDesk)
        {
            taken = isOpen ? Take(item) : null;
            return taken is not null;
        }
    }

    /// <inheritdoc/>
    public bool TryRelease(string caseNumber, long version)
    {
        lock (atDesk)
        {
            if (isOpen)
            {
                desk.Release(caseNumber, version);
            }

            return isOpen;
        }
    }

    /// <summary>Lets a step go that was found here, unless something else has come in its place.</summary>
    /// <returns>True when it was still there.</returns>
    public bool TryRelease(WorkItem found)
    {
        lock (atDesk)
        {
            var isSame = ReferenceEquals(desk.Find(found.Case), found);
            if (isSame)
            {
                desk.Release(found.Case, found.Version);
            }

            return isSame;
        }
    }

    /// <inheritdoc cref="WorkDesk.Find"/>
    public WorkItem? Find(string caseNumber)
    {
        lock (atDesk)
        {
            return desk.Find(caseNumber);
        }
    }

    /// <inheritdoc cref="WorkDesk.Next"/>
    public WorkItem? Next(string officer)
    {
        lock (atDesk)
        {
            return desk.Next(officer);
        }
    }

    /// <inheritdoc cref="WorkDesk.List"/>
    public ImmutableArray<WorkItem> List(string? officer)
    {
        lock (atDesk)
        {
            return desk.List(officer);
        }
    }

    /// <inheritdoc cref="WorkDesk.Inbox"/>
    public Outcome<InboxPage> Inbox(InboxQuery query)
    {
        lock (atDesk)
        {
            return desk.Inbox(query);
        }
    }

    /// <inheritdoc cref="WorkDesk.CountInbox"/>
    public ImmutableArray<InboxCounts> CountInbox(ImmutableArray<InboxQuery> queries)
    {
        lock (atDesk)
        {
            return desk.CountInbox(queries);
        }
    }

    /// <inheritdoc cref="WorkDesk.DueForCheck"/>
    public List<string> DueForCheck(DateTimeOffset at)
    {
        lock (atDesk)
        {
            return desk.DueForCheck(dayOf(at));
        }
    }

    /// <inheritdoc cref="WorkDesk.Reassign"/>
    public List<Reassignment> Reassign(DateTimeOffset at)
    {
        lock (atDesk)
        {
            return desk.Reassign(dayOf(at));
        }
    }

    /// <summary>Puts steps back that were to change hands and did not, unless something else has come in their place.</summary>
    public void TakeBack(IEnumerable<Reassignment> moved)
    {
        lock (atDesk)
        {
            foreach (var (before, after) in moved)
            {
                if (ReferenceEquals(desk.Find(after.Case), after))
                {
                    desk.Put(before);
                }
            }
        }
    }

    private Assignment Take(WorkItem item) => new(desk.Enqueue(item, dayOf(item.Since)).Officers);
}
