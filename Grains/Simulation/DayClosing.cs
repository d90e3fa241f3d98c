using TownReform.Grains.Simulation.Results;

namespace TownReform.Grains.Simulation;

/// <summary>Tells the evening's figures of each workplace, and at the end of the run what still waits.</summary>
internal sealed class DayClosing(Stage stage, DeskWork desks)
{
    private double Minutes => stage.Scenario.Hours.MinutesADay;

    /// <summary>A working day has ended.</summary>
    public void Tell()
    {
        var waiting = stage
            .Cases.Values.Where(c => c.Task is null && !c.Step.Hands.IsNobody)
            .ToLookup(c => (c.View.Workplace, c.Step.Role));
        foreach (var office in stage.Offices)
        {
            desks.CloseDay(office);
            var away = office.Officers.Values.Where(o => o.IsAway(stage.Clock.Today)).Select(o => o.Id).ToArray();
            stage.Sink.DayClosed(
                new WorkplaceDay(
                    Town: office.Plan.Code,
                    Workplace: office.Key,
                    Day: stage.Clock.Today,
                    PresentMinutes: (office.Officers.Count - away.Length) * Minutes,
                    BusyMinutes: office.BusyMinutes,
                    Waiting: Math.Max(0, office.Tasks - office.Busy),
                    People: office.Officers.Count,
                    Absent: away.Length,
                    Away: away,
                    OfficeMinutes: Minutes,
                    Roles:
                    [
                        .. office
                            .Officers.Values.SelectMany(o => o.Roles)
                            .Distinct()
                            .Order(StringComparer.Ordinal)
                            .Select(role => RoleOf(office, role, waiting[(office.Key, role)].Count())),
                    ]
                )
            );
            office.BusyMinutes = 0;
        }
    }

    /// <summary>The run has ended with a case open: whatever waits on it has waited so long.</summary>
    public void TellWaiting(SimulatedCase @case)
    {
        if (!@case.Step.Hands.IsNobody)
        {
            stage.Sink.LeftWaiting(
                new WaitRecord(
                    Town: @case.Plan.Code,
                    Workplace: @case.View.Workplace!,
                    Procedure: @case.Procedure.Code,
                    Step: @case.View.Step,
                    Role: @case.Step.Role,
                    Waited: desks.Waited(@case, @case.WorkDone)
                )
            );
        }
    }

    private RoleDay RoleOf(SimulatedOffice office, string role, int waiting)
    {
        var people = office.Officers.Values.Where(o => o.Roles.Contains(role)).ToArray();
        return new RoleDay(role, people.Length, people.Count(o => !o.IsAway(stage.Clock.Today)) * Minutes, waiting);
    }
}
