namespace TownReform.Grains.Simulation;

/// <summary>One stretch of work on a step by the officers who do it together: all of them are occupied for as long as it lasts.</summary>
/// <param name="officers">The lead first; whoever else the step asks for after it (C2: two officers).</param>
/// <param name="from">When it begins, in office hours.</param>
/// <param name="left">Minutes that the step still needs.</param>
internal sealed class DeskTask(SimulatedCase @case, SimulatedOfficer[] officers, DateTime from, double left)
{
    public SimulatedCase Case { get; } = @case;

    public SimulatedOfficer[] Officers { get; } = officers;

    public SimulatedOfficer Lead => Officers[0];

    public DateTime From { get; } = from;

    public double Left { get; } = left;

    /// <summary>Finished, or interrupted by leave, a hand-over or the case's going elsewhere.</summary>
    public bool IsOver { get; set; }
}
