using TownReform.Grains.Rules.Offices;
using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Rules.Staff;

namespace TownReform.Grains.Simulation;

/// <summary>Leave that a town's people take, in blocks over the year.</summary>
internal sealed class StaffLeave(Stage stage, CaseFlow flow, PresentStaff present)
{
    /// <summary>Schedules the leave of a town's staff.</summary>
    public void Schedule(TownPlan plan)
    {
        var (habit, calendar) = (stage.Scenario.Leave, stage.Seeds.Calendar);
        foreach (var person in plan.Staff)
        {
            var random = stage.Random.Named("leave").Named(person.Id);
            var blocks = (int)
                Math.Round(
                    LeaveRules.Entitlement(stage.Scenario.From.Year - person.Since.Year, stage.Seeds.Law.On(stage.Scenario.From))
                        * habit.Taken
                        / habit.BlockDays
                );
            for (var n = 0; n < blocks; n++)
            {
                var span = stage.Scenario.Until.DayNumber - stage.Scenario.From.DayNumber;
                var before = stage.Scenario.From.AddDays(1 + random.Below(n, Math.Max(1, span - 20)));
                if (!calendar.Covers(before) || calendar.WorkingDaysBetween(before, calendar.LastDay) < habit.BlockDays)
                {
                    // Leave that the calendar has no days for is taken after the run.
                    continue;
                }

                var start = calendar.AddWorkingDays(before, 1);
                var last = calendar.AddWorkingDays(start, habit.BlockDays - 1);
                stage.Clock.Schedule(start.AddDays(-1).ToDateTime(new TimeOnly(16, 0)), () => LeaveAsync(plan, person, start, last));
            }
        }
    }

    private async Task LeaveAsync(TownPlan plan, StaffFacts person, DateOnly from, DateOnly until)
    {
        var staff = stage.Grains.Grain<IStaffGrain>(Address.Staff(stage.World, plan.Code, person.Id));
        var head = await present.FirstAsync(plan, other => OfficeRules.IsOver(other, person)) ?? person;
        if (
            (await staff.TakeLeaveAsync(new TakeLeave(stage.Stamp(new Actor(head.Id, head.Organ)), from, until))).IsRefused(
                out var refusal,
                out _
            )
        )
        {
            stage.Refused(plan.Code, null, "leave", "take-leave", refusal);
        }

        await flow.DeliverAsync();
    }
}
