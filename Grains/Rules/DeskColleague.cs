using System.Collections.Immutable;

namespace TownReform.Grains.Rules;

/// <summary>A colleague at a desk: particulars, times away, and what they have in hand.</summary>
internal sealed class DeskColleague(Colleague particulars)
{
    private Colleague particulars = particulars;
    private ImmutableArray<Absence> absences = [];

    /// <summary>Whom a step asks for that anybody of the workplace can do.</summary>
    private const string Anybody = "staff";

    public string Id { get; } = particulars.Id;

    /// <summary>Cases in hand, alone or with others: the load.</summary>
    public HashSet<string> Cases { get; } = new(StringComparer.Ordinal);

    /// <summary>Work that this colleague leads, most urgent first.</summary>
    public SortedSet<QueueEntry> Queue { get; } = [];

    /// <summary>When work was last given here, as a count of all giving at the desk.</summary>
    public long LastGiven { get; set; }

    /// <summary>Takes over new particulars of the same person.</summary>
    public void Become(Colleague now) => particulars = now;

    /// <summary>Has a step in hand, and leads it when named first.</summary>
    public void TakeOn(WorkItem item)
    {
        Cases.Add(item.Case);
        if (item.Officers[0] == Id)
        {
            Queue.Add(new QueueEntry(item));
        }
    }

    public void Absent(ImmutableArray<Absence> days) => absences = days;

    public bool IsAway(DateOnly day)
    {
        foreach (var absence in absences)
        {
            if (absence.From <= day && day <= absence.Until)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether some certificate has run out by that day, so that work in hand may no longer suit.</summary>
    public bool HasLapsed(DateOnly day)
    {
        foreach (var held in particulars.Certificates)
        {
            if (held.ValidUntil < day)
            {
                return true;
            }
        }

        return false;
    }

    public bool Has(string role) => role == Anybody || particulars.Roles.Contains(role);

    public bool Suits(WorkItem item, DateOnly day) =>
        Has(item.Role!) && !item.NotBy.Contains(Id) && !IsAway(day) && Certified(item.Certificates, day);

    private bool Certified(ImmutableArray<string> needed, DateOnly day)
    {
        foreach (var code in needed)
        {
            var holds = false;
            foreach (var held in particulars.Certificates)
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
