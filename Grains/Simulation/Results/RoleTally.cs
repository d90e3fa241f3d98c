using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace TownReform.Grains.Simulation.Results;

/// <summary>Counts how long steps wait for the people in one role at one workplace, and how much those people work.</summary>
internal sealed class RoleTally(string town, RunFrame frame)
{
    private readonly Dictionary<(string Procedure, string Step), (long Steps, double Wait, double Service)> steps = [];
    private readonly int[] waiting = new int[frame.Weeks];
    private int people;
    private double office;
    private double present;
    private double busy;
    private int days;

    /// <summary>Somebody in the role worked, on a step of theirs or of another role that they have too.</summary>
    public void Busy(double minutes) => busy += minutes;

    /// <summary>A step was finished, or the run ended with it waiting.</summary>
    public void Add(string procedure, string step, double waited, double? service)
    {
        ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(steps, (procedure, step), out _);
        sum = (sum.Steps + (service is null ? 0 : 1), sum.Wait + waited, sum.Service + (service ?? 0));
    }

    public void Add(DateOnly day, in RoleDay role, double officeMinutes)
    {
        people = role.People;
        days++;
        office += officeMinutes;
        present += role.PresentMinutes;
        waiting[frame.WeekOf(day)] = role.Waiting;
    }

    public RoleCounts Close(string workplace, string role) =>
        new(
            Town: town,
            Workplace: workplace,
            Role: role,
            People: people,
            Days: days,
            OfficeMinutes: office,
            PresentMinutes: present,
            BusyMinutes: busy,
            Waiting: [.. waiting],
            Steps:
            [
                .. steps
                    .OrderBy(s => s.Key.Procedure, StringComparer.Ordinal)
                    .ThenBy(s => s.Key.Step, StringComparer.Ordinal)
                    .Select(s => new StepCounts(s.Key.Procedure, s.Key.Step, s.Value.Steps, s.Value.Wait, s.Value.Service)),
            ]
        );
}

/// <summary>The people in one role at one workplace.</summary>
/// <param name="Days">Working days told.</param>
/// <param name="OfficeMinutes">Minutes for which the office was open.</param>
/// <param name="PresentMinutes">Minutes of the people present, added up.</param>
/// <param name="BusyMinutes">Minutes that these people worked, in whatever role.</param>
/// <param name="Waiting">Steps that waited for the role at the close of each week's last working day.</param>
[GenerateSerializer, Immutable, Alias("role-counts")]
public sealed record RoleCounts(
    string Town,
    string Workplace,
    string Role,
    int People,
    int Days,
    double OfficeMinutes,
    double PresentMinutes,
    double BusyMinutes,
    ImmutableArray<int> Waiting,
    ImmutableArray<StepCounts> Steps
);

/// <param name="Steps">Steps that were finished.</param>
/// <param name="WaitMinutes">Office minutes in which they were possible and nobody worked on them; those still waiting at the end
/// too.</param>
/// <param name="ServiceMinutes">Minutes of work that the finished ones took.</param>
[GenerateSerializer, Immutable, Alias("step-counts")]
public sealed record StepCounts(string Procedure, string Step, long Steps, double WaitMinutes, double ServiceMinutes);
