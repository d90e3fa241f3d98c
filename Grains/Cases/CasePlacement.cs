using TownReform.Grains.Neighbours;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Plans;

namespace TownReform.Grains.Cases;

/// <summary>Takes a case's steps to the workplaces that do or watch them. The record of a step is the case's; a desk only knows of
/// it.</summary>
internal readonly struct CasePlacement(string number, GrainNeighbours neighbours)
{
    /// <summary>The present step as work, with the officers that the case has on record; null when it has ended, or its procedure doesn't
    /// know the step.</summary>
    /// <param name="clock">How its limits stand on the day, if that is known.</param>
    public static WorkItem? WorkOf(CaseFile file, CaseFacts facts, ClockReading? clock = null) =>
        file.IsOpen && facts.Procedure.Steps.TryGetValue(file.Step, out var step)
            ? Assigned(
                file.ToWork(step, facts.Item, clock ?? ClockRules.Look(file, step, facts.Day, facts.Calendar, facts.Law), facts.Law),
                step.At.IsOfPerson(facts.Procedure)
            )
            : null;

    // A copy only where it is one person's: nearly all work is anybody's who has the role.
    private static WorkItem Assigned(WorkItem work, bool isAssigned) => isAssigned ? work with { IsAssigned = true } : work;

    /// <summary>Has the workplace of the present step take it in, and pick officers unless it has some.</summary>
    /// <returns>The step as work, or null when the case has ended.</returns>
    public ValueTask<WorkItem?> EnqueueAsync(CaseFile file, CaseFacts facts, ClockReading? clock = null) =>
        WorkOf(file, facts, clock) is { } work
            ? AssignedAsync(work, neighbours.EnqueueAsync(facts.Plan, file.Workplace!, work))
            : ValueTask.FromResult<WorkItem?>(null);

    /// <summary>Lets the workplace before go, when the case has ended or gone to another.</summary>
    public ValueTask LeaveAsync(CaseFile before, CaseFile next, TownPlan plan) =>
        before.IsOpen && before.Workplace is { } left && (!next.IsOpen || next.Workplace != left)
            ? ReleaseAsync(plan, left, before.StepVersion)
            : ValueTask.CompletedTask;

    /// <summary>Undoes a taking in whose record failed: the desks know the step that stands on the record again.</summary>
    /// <param name="never">The step that was not recorded.</param>
    /// <param name="standing">The case as its record says.</param>
    public async ValueTask UndoAsync(CaseFile never, TownPlan plan, CaseFile standing, CaseFacts facts)
    {
        if (never.IsOpen)
        {
            await ReleaseAsync(plan, never.Workplace!, never.StepVersion);
        }

        await EnqueueAsync(standing, facts);
    }

    private static ValueTask<WorkItem?> AssignedAsync(WorkItem work, ValueTask<Assignment> taking) =>
        taking.IsCompletedSuccessfully ? ValueTask.FromResult<WorkItem?>(Assigned(work, taking.Result)) : AssignedLaterAsync(work, taking);

    private static async ValueTask<WorkItem?> AssignedLaterAsync(WorkItem work, ValueTask<Assignment> taking) =>
        Assigned(work, await taking);

    private static WorkItem Assigned(WorkItem work, Assignment taken) =>
        work.Officers.SequenceEqual(taken.Officers) ? work : work with { Officers = taken.Officers };

    private ValueTask ReleaseAsync(TownPlan plan, string key, long version) => neighbours.ReleaseAsync(plan, key, number, version);
}
