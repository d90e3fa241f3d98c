using TownReform.Grains.Rules.Plans;

namespace TownReform.Grains.Simulation;

/// <summary>A workplace with its people, as the simulator drives them.</summary>
internal sealed class SimulatedOffice(TownPlan plan, string key, string code, IWorkplaceInside grain)
{
    public TownPlan Plan { get; } = plan;

    /// <summary>Key without the world.</summary>
    public string Key { get; } = key;

    public string Code { get; } = code;

    public IWorkplaceInside Grain { get; } = grain;

    public SortedDictionary<string, SimulatedOfficer> Officers { get; } = new(StringComparer.Ordinal);

    /// <summary>Open cases whose present step is done or watched here.</summary>
    public int Watched { get; set; }

    /// <summary>Steps that wait here for an officer to begin or are being worked on.</summary>
    public int Tasks { get; set; }

    /// <summary>Of those, being worked on.</summary>
    public int Busy { get; set; }

    /// <summary>Minutes worked since the day opened.</summary>
    public double BusyMinutes { get; set; }
}

/// <summary>One officer: works on one task at a time, in office hours.</summary>
internal sealed class SimulatedOfficer(SimulatedOffice office, string id, IReadOnlyCollection<string> roles)
{
    public SimulatedOffice Office { get; } = office;

    public string Id { get; } = id;

    public IReadOnlyCollection<string> Roles { get; } = roles;

    public Actor Actor { get; } = new(id, office.Code);

    public List<(DateOnly From, DateOnly Until)> Absences { get; } = [];

    /// <summary>Cases whose present step this officer leads.</summary>
    public HashSet<SimulatedCase> Cases { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>What this officer works on, alone or with others.</summary>
    public DeskTask? Task { get; set; }

    /// <summary>Up to when the minutes of the present task are counted.</summary>
    public DateTime CountedUntil { get; set; }

    /// <summary>Cases whose lead waits for this officer, in the order in which they asked.</summary>
    public List<SimulatedCase> Calls { get; } = [];

    /// <summary>
    /// Days of absence as they become known. Who is at work when an absence is told that has begun already leaves with the next morning:
    /// nobody is both present and away on a day.
    /// </summary>
    public void Absent(IEnumerable<(DateOnly From, DateOnly Until)> days, DateOnly today, bool dayHasBegun)
    {
        var present = dayHasBegun && !IsAway(today);
        foreach (var (from, until) in days)
        {
            Absences.RemoveAll(a => a.From <= until && from <= a.Until);
            Absences.Add((present && from <= today ? today.AddDays(1) : from, until));
        }
    }

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
}
