namespace TownReform.Client.Load;

/// <summary>When cases arrive, whatever the town does: at a constant rate, or at one that rises or falls evenly over the whole
/// time.</summary>
/// <param name="Rate">Cases a second at the beginning; above 0.</param>
/// <param name="RampTo">Cases a second at the end; the same for a constant rate.</param>
internal sealed record ArrivalSchedule(double Rate, double RampTo, TimeSpan Duration)
{
    /// <summary>How many cases arrive in all; the first one at once.</summary>
    public long Cases => (long)Math.Ceiling((Rate + RampTo) / 2 * Duration.TotalSeconds - Tolerance);

    /// <summary>When the n-th case is meant to arrive, from the beginning; n counts from 0.</summary>
    /// <remarks>The rate at t is <c>Rate + (RampTo − Rate) t / T</c>; its integral up to the moment asked for is n.</remarks>
    public TimeSpan At(long n)
    {
        var slope = (RampTo - Rate) / Duration.TotalSeconds;
        return TimeSpan.FromSeconds(
            Math.Abs(slope) < Tolerance ? n / Rate : (Math.Sqrt(Math.Max(0, Rate * Rate + 2 * slope * n)) - Rate) / slope
        );
    }

    private const double Tolerance = 1e-9;
}
