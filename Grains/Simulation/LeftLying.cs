namespace TownReform.Grains.Simulation;

/// <summary>In the days before a demo world opens one case lies at each step of each town: whoever looks in finds somebody who waits
/// everywhere, and some who have waited too long.</summary>
/// <param name="from">First day on which work is left lying.</param>
internal sealed class LeftLying(VirtualClock clock, DateOnly from)
{
    private readonly Dictionary<(string Town, string Procedure, string Step), (SimulatedCase Case, int Moves)> lying = [];

    /// <summary>Whether the case is the one that nobody takes up at its step.</summary>
    public bool Has(SimulatedCase @case)
    {
        if (clock.Today < from || @case.Step.Hands.IsNobody)
        {
            return false;
        }

        var step = (@case.Plan.Code, @case.Procedure.Code, @case.View.Step);

        // One that a limit or the county has moved on leaves its place to the next.
        if (!lying.TryGetValue(step, out var first) || first.Case.Moves != first.Moves || first.Case.View.Disposition != Disposition.Open)
        {
            lying[step] = first = (@case, @case.Moves);
        }

        return first.Case == @case;
    }
}
