namespace TownReform.Grains.Simulation.Results.Pooling;

/// <summary>Rounding of figures, half away from zero: means and minutes to two decimals, shares to four.</summary>
internal static class Rounded
{
    public static double Mean(long total, int replications) => Round(total, replications, 2);

    public static double Mean(double total, int replications) => Math.Round(total / replications, 2, MidpointRounding.AwayFromZero);

    public static decimal Mean(decimal total, int replications) => Math.Round(total / replications, 2, MidpointRounding.AwayFromZero);

    /// <summary>Null when the whole is nothing.</summary>
    public static double? Share(long part, long whole) => whole == 0 ? null : Round(part, whole, 4);

    public static double? Share(double part, double whole) =>
        whole <= 0 ? null : Math.Round(part / whole, 4, MidpointRounding.AwayFromZero);

    public static double? Quotient(long total, long count) => count == 0 ? null : Round(total, count, 2);

    // Whole numbers are divided as decimals: 0.125 rounds up, whatever its nearest binary fraction.
    private static double Round(long part, long whole, int decimals) =>
        (double)Math.Round((decimal)part / whole, decimals, MidpointRounding.AwayFromZero);
}
