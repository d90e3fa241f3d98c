using TownReform.Grains.Simulation.Results;

namespace TownReform.Grains.Simulation;

/// <summary>
/// Officers at work: each takes the next task of their own queue, spends its minutes in office hours, and does what the scenario chooses.
/// Who does a step together with others begins when all are free. Leave, a hand-over or the case's going elsewhere interrupts; what is done
/// stays with the case.
/// </summary>
internal sealed class DeskWork(Stage stage, CaseFlow flow, ChoiceMaking choices)
{
    private readonly DeskQueue queue = new(stage, choices);
    private Predicate<SimulatedOfficer>? isFree;

    /// <summary>Gives an idle officer who is present the next task: first one for which a colleague has asked for them, then their
    /// own.</summary>
    public async ValueTask WakeAsync(SimulatedOffice office, string id)
    {
        if (!office.Officers.TryGetValue(id, out var officer) || !IsFree(officer))
        {
            return;
        }

        if (queue.Called(officer, isFree ??= IsFree) is { } joint)
        {
            Begin(joint, DeskQueue.Officers(office, joint)!);
        }
        else if (await queue.NextAsync(officer, isFree) is { } own)
        {
            Begin(own, DeskQueue.Officers(office, own)!);
        }
    }

    /// <summary>Who is away from this morning on stops; the minutes done so far stay with the case.</summary>
    public void StopAway(SimulatedOffice office)
    {
        foreach (var officer in office.Officers.Values)
        {
            if (officer.Task is { } task && officer.IsAway(stage.Clock.Today))
            {
                Stop(task);
            }
        }
    }

    /// <summary>Everybody at a workplace begins the day.</summary>
    public async ValueTask OpenDayAsync(SimulatedOffice office)
    {
        if (office.Tasks == 0 && office.Busy == 0)
        {
            return;
        }

        foreach (var officer in office.Officers.Values)
        {
            if (officer.Task is null)
            {
                await WakeAsync(office, officer.Id);
            }
        }
    }

    /// <summary>Counts the day's minutes of those still at work, for the evening's figures.</summary>
    public void CloseDay(SimulatedOffice office)
    {
        foreach (var officer in office.Officers.Values)
        {
            if (officer.Task is not null)
            {
                Count(officer);
            }
        }
    }

    /// <summary>Interrupts what is being worked on; the officers take something else.</summary>
    public void Stop(DeskTask task)
    {
        var minutes = Math.Min(task.Left, stage.Scenario.Hours.Worked(task.From, stage.Clock.Now, stage.Seeds.Calendar));
        task.Case.WorkDone += minutes;
        End(task, minutes, finished: false);
        foreach (var officer in task.Officers)
        {
            stage.Clock.Schedule(stage.Clock.Now, () => WakeAsync(officer.Office, officer.Id).AsTask());
        }
    }

    private bool IsFree(SimulatedOfficer officer) => officer.Task is null && !officer.IsAway(stage.Clock.Today);

    private void Begin(SimulatedCase @case, SimulatedOfficer[] officers)
    {
        var (hours, calendar) = (stage.Scenario.Hours, stage.Seeds.Calendar);
        @case.WorkAsked ??= choices.Minutes(@case);
        var task = new DeskTask(@case, officers, hours.Add(stage.Clock.Now, 0, calendar), @case.WorkAsked.Value - @case.WorkDone);
        @case.WorkBegan ??= stage.Clock.AtLocal(task.From);
        @case.Task = task;
        officers[0].Office.Busy++;
        foreach (var officer in officers)
        {
            officer.Task = task;
            officer.CountedUntil = task.From;
        }

        stage.Clock.Schedule(hours.Add(task.From, task.Left, calendar), () => DoneAsync(task));
    }

    private async Task DoneAsync(DeskTask task)
    {
        if (task.IsOver)
        {
            return;
        }

        var (@case, moves) = (task.Case, task.Case.Moves);
        End(task, task.Left, finished: true);
        await ChooseAsync(task.Lead, @case);
        if (@case.Moves == moves)
        {
            // Nothing could be done, so another day's work on it begins anew.
            (@case.WorkBegan, @case.WorkAsked, @case.WorkDone) = (null, null, 0);
        }

        foreach (var officer in task.Officers)
        {
            await WakeAsync(officer.Office, officer.Id);
        }
    }

    private void End(DeskTask task, double minutes, bool finished)
    {
        var @case = task.Case;
        task.IsOver = true;
        @case.Task = null;
        task.Lead.Office.Busy--;
        var (from, until) = minutes > 0 ? (stage.Clock.AtLocal(task.From), stage.Clock.At) : default;
        foreach (var officer in task.Officers)
        {
            Count(officer);
            officer.Task = null;
            if (minutes > 0)
            {
                stage.Sink.Worked(Record(task, officer, (from, until), minutes, finished));
            }
        }

        if (@case.WorkDone == 0 && !finished)
        {
            @case.WorkBegan = null;
        }
    }

    private WorkRecord Record(
        DeskTask task,
        SimulatedOfficer officer,
        (DateTimeOffset From, DateTimeOffset Until) span,
        double minutes,
        bool finished
    )
    {
        var @case = task.Case;
        return new WorkRecord(
            Town: @case.Plan.Code,
            Workplace: officer.Office.Key,
            Officer: officer.Id,
            Case: @case.Number,
            Step: @case.View.Step,
            From: span.From,
            Until: span.Until,
            Minutes: minutes,
            IsLead: officer == task.Lead,
            Finished: finished,
            Asked: @case.WorkAsked!.Value
        )
        {
            Procedure = @case.Procedure.Code,
            Role = @case.Step.Role,
            OfficerRoles = officer.Roles,
            Waited = finished && officer == task.Lead ? Waited(@case, @case.WorkAsked.Value) : 0,
        };
    }

    /// <summary>Office minutes since the case's step became possible, less those worked on it.</summary>
    public double Waited(SimulatedCase @case, double worked) =>
        Math.Max(0, stage.Scenario.Hours.Worked(@case.Enabled.DateTime, stage.Clock.Now, stage.Seeds.Calendar) - worked);

    // Refused choices are barred, so the officer tries the next; when none is left the task waits for the next day.
    private async ValueTask ChooseAsync(SimulatedOfficer officer, SimulatedCase @case)
    {
        while (choices.Pick(@case) is { Act: not "none" } choice && !await flow.ActAsync(@case, choice, officer.Actor, officer.Office.Key))
        { }
    }

    // Minutes are counted once: up to the close of each day, then from the next morning on.
    private void Count(SimulatedOfficer officer)
    {
        var now = stage.Clock.Now;
        var from = officer.CountedUntil > now.Date ? officer.CountedUntil : now.Date;
        officer.Office.BusyMinutes += stage.Scenario.Hours.Worked(from, now, stage.Seeds.Calendar);
        officer.CountedUntil = now > officer.CountedUntil ? now : officer.CountedUntil;
    }
}
