using TownReform.Grains.Simulation.Results;

namespace TownReform.Grains.Simulation;

/// <summary>Officers at work: each takes the next task of their own queue, spends its minutes in office hours, and does what the scenario chooses.</summary>
internal sealed class DeskWork(Stage stage, CaseFlow flow, ChoiceMaking choices)
{
    /// <summary>Gives an idle officer who is present the next task.</summary>
    public async ValueTask WakeAsync(SimulatedOffice office, string id)
    {
        if (!office.Officers.TryGetValue(id, out var officer) || officer.IsWorking || officer.IsAway(stage.Clock.Today))
        {
            return;
        }

        if (officer.OwedMinutes > 0)
        {
            var owed = officer.OwedMinutes;
            officer.OwedMinutes = 0;
            Begin(officer, owed, () => AssistedAsync(officer));
            return;
        }

        if (await NextAsync(officer) is { } @case)
        {
            var (moves, minutes, from) = (@case.Moves, choices.Minutes(@case), stage.Clock.Now);
            office.Busy++;
            Begin(officer, minutes, () => DoneAsync(officer, @case, moves, from, minutes));
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
            if (!officer.IsWorking)
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
            if (officer.IsWorking)
            {
                office.BusyMinutes += MinutesToday(officer);
            }
        }
    }

    private void Begin(SimulatedOfficer officer, double minutes, Func<Task> done)
    {
        officer.IsWorking = true;
        officer.WorkingSince = stage.Clock.Now;
        stage.Clock.Schedule(stage.Scenario.Hours.Add(stage.Clock.Now, minutes, stage.Seeds.Calendar), done);
    }

    private async Task AssistedAsync(SimulatedOfficer officer)
    {
        Finish(officer);
        await WakeAsync(officer.Office, officer.Id);
    }

    private async Task DoneAsync(SimulatedOfficer officer, SimulatedCase @case, int moves, DateTime from, double minutes)
    {
        var office = officer.Office;
        office.Busy--;
        Finish(officer);
        stage.Sink.Worked(new WorkRecord(@case.Plan.Code, office.Key, officer.Id, @case.Number, @case.View.Step, stage.Clock.AtLocal(from), stage.Clock.At, minutes));
        if (@case.Moves == moves && !officer.IsAway(stage.Clock.Today))
        {
            if (@case.View.Officers.Length > 1 && office.Officers.TryGetValue(@case.View.Officers[1], out var second))
            {
                second.OwedMinutes += minutes;
            }

            await ChooseAsync(officer, @case);
        }

        await WakeAsync(office, officer.Id);
    }

    // Refused choices are barred, so the officer tries the next; when none is left the task waits for the next day.
    private async ValueTask ChooseAsync(SimulatedOfficer officer, SimulatedCase @case)
    {
        while (choices.Pick(@case) is { Act: not "none" } choice && !await flow.ActAsync(@case, choice, officer.Actor, officer.Office.Key))
        {
        }
    }

    // The head of the officer's queue, unless everything that could be done on it was refused today; then the first that can be worked on.
    // Who has one task only need not ask the office which is first.
    private async ValueTask<SimulatedCase?> NextAsync(SimulatedOfficer officer)
    {
        if (officer.Cases.Count < 2)
        {
            return officer.Cases.FirstOrDefault() is { } only && IsWorkable(only) ? only : null;
        }

        if (await officer.Office.Grain.NextAsync(officer.Id) is { } head && Workable(head) is { } first)
        {
            return first;
        }

        foreach (var item in await officer.Office.Grain.ListAsync(officer.Id))
        {
            if (item.Officers[0] == officer.Id && Workable(item) is { } @case)
            {
                return @case;
            }
        }

        return null;
    }

    private SimulatedCase? Workable(WorkItem item) =>
        stage.Cases.TryGetValue(item.Case, out var @case) && @case.View.Step == item.Step && IsWorkable(@case) ? @case : null;

    private bool IsWorkable(SimulatedCase @case) => choices.Pick(@case) is { Act: not "none" };

    private void Finish(SimulatedOfficer officer)
    {
        officer.Office.BusyMinutes += MinutesToday(officer);
        officer.IsWorking = false;
    }

    private double MinutesToday(SimulatedOfficer officer)
    {
        var now = stage.Clock.Now;
        return stage.Scenario.Hours.Between(officer.WorkingSince.Date == now.Date ? officer.WorkingSince : now.Date, now);
    }
}
