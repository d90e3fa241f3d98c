namespace TownReform.Client.Load;

/// <summary>Looks for the highest arrival rate that still meets a target: doubles while it is met, then halves what is unknown. A miss is
/// believed when it happens twice, since a pause of the machine is no knee.</summary>
internal static class KneeSearch
{
    /// <summary>Rates that are tried at most.</summary>
    public const int Most = 24;

    /// <param name="start">The first rate; above 0.</param>
    /// <param name="precision">The search ends when the known bounds lie within this share of the lower one.</param>
    /// <param name="meets">Tries a rate; once more when it was missed.</param>
    /// <returns>The highest rate that met the target, or null when not even a hundredth of the first did.</returns>
    public static async Task<double?> FindAsync(double start, double precision, Func<double, Task<bool>> meets)
    {
        double? met = null,
            missed = null;
        var rate = start;
        for (var n = 0; n < Most; n++)
        {
            if (await meets(rate) || await meets(rate))
            {
                met = rate;
            }
            else
            {
                missed = rate;
            }

            if (met is null && rate < start / 100)
            {
                return null;
            }

            if (met is { } low && missed is { } high && high <= low * (1 + precision))
            {
                return met;
            }

            rate = (met, missed) switch
            {
                ({ } good, null) => good * 2,
                (null, { } bad) => bad / 2,
                _ => (met!.Value + missed!.Value) / 2,
            };
        }

        return met;
    }
}
