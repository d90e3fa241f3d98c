namespace TownReform.Grains.Simulation;

/// <summary>
/// What an officer begins next. A step for several waits until all of them are free: the lead asks for the others and meanwhile takes other
/// work, once;
/// after that the lead waits, so that no step for two starves among steps for one. Who becomes free first serves those who asked for them.
/// </summary>
internal sealed class DeskQueue(Stage stage, ChoiceMaking choices)
{
    /// <summary>The officers of a case's step at a workplace, the lead first; null when one of them doesn't work there.</summary>
    public static SimulatedOfficer[]? Officers(SimulatedOffice office, SimulatedCase @case)
    {
        var officers = new SimulatedOfficer[@case.View.Officers.Length];
        for (var i = 0; i < officers.Length; i++)
        {
            if (!office.Officers.TryGetValue(@case.View.Officers[i], out officers[i]!))
            {
                return null;
            }
        }

        return officers;
    }

    /// <summary>The first case for which a colleague who is free has asked for this officer.</summary>
    public SimulatedCase? Called(SimulatedOfficer officer, Predicate<SimulatedOfficer> isFree)
    {
        for (var i = 0; i < officer.Calls.Count; i++)
        {
            var @case = officer.Calls[i];
            if (!IsAskedFor(officer, @case))
            {
                officer.Calls.RemoveAt(i--);
            }
            else if (Officers(officer.Office, @case) is { } together && Array.TrueForAll(together, isFree) && IsWorkable(@case))
            {
                officer.Calls.RemoveAt(i);
                return @case;
            }
        }

        return null;
    }

    /// <summary>
    /// The head of the officer's queue, unless everything that could be done on it was refused today or those whom it needs are occupied;
    /// then the first
    /// that can be begun. Who has one task only need not ask the office which is first.
    /// </summary>
    public async ValueTask<SimulatedCase?> NextAsync(SimulatedOfficer officer, Predicate<SimulatedOfficer> isFree)
    {
        if (officer.Cases.Count < 2)
        {
            return officer.Cases.FirstOrDefault() is { } only && IsWorkable(only) && Look(officer, only, isFree) is Readiness.Ready
                ? only
                : null;
        }

        if (await officer.Office.Grain.NextAsync(officer.Id) is not { } head)
        {
            return null;
        }

        if (Workable(head) is { } first && Look(officer, first, isFree) is var readiness and not Readiness.Later)
        {
            return readiness == Readiness.Ready ? first : null;
        }

        foreach (var item in await officer.Office.Grain.ListAsync(officer.Id))
        {
            if (
                item.Case != head.Case
                && item.Officers[0] == officer.Id
                && Workable(item) is { } @case
                && Look(officer, @case, isFree) is var ready and not Readiness.Later
            )
            {
                return ready == Readiness.Ready ? @case : null;
            }
        }

        return null;
    }

    private enum Readiness
    {
        Ready = 1,

        /// <summary>Somebody whom it needs is occupied or away: something else first.</summary>
        Later = 2,

        /// <summary>It was passed over once; its lead waits for the others now.</summary>
        Wait = 3,
    }

    private static Readiness Look(SimulatedOfficer lead, SimulatedCase @case, Predicate<SimulatedOfficer> isFree)
    {
        if (Officers(lead.Office, @case) is not { } officers)
        {
            return Readiness.Later;
        }

        var readiness = Readiness.Ready;
        foreach (var other in officers)
        {
            if (other == lead || isFree(other))
            {
                continue;
            }

            if (other.Task is null)
            {
                // Away without anybody else to give it to: nobody waits for that.
                return Readiness.Later;
            }

            readiness = @case.PassedOver ? Readiness.Wait : Readiness.Later;
            if (!other.Calls.Contains(@case))
            {
                other.Calls.Add(@case);
            }
        }

        @case.PassedOver |= readiness == Readiness.Later;
        return readiness;
    }

    private static bool IsAskedFor(SimulatedOfficer officer, SimulatedCase @case) =>
        @case.Task is null
        && @case.View.Disposition == Disposition.Open
        && @case.View.Workplace == officer.Office.Key
        && @case.View.Officers.Length > 1
        && @case.View.Officers.Contains(officer.Id);

    private SimulatedCase? Workable(WorkItem item) =>
        stage.Cases.TryGetValue(item.Case, out var @case) && @case.View.Step == item.Step && IsWorkable(@case) ? @case : null;

    // One that nobody had is begun when its new officers are known: the office gives it to them before the simulation has seen it.
    private bool IsWorkable(SimulatedCase @case) =>
        @case.Task is null && !@case.View.Officers.IsEmpty && choices.Pick(@case) is { Act: not "none" };
}
