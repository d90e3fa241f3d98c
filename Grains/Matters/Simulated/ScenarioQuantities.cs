using TownReform.Grains.Seeds.Reading;

namespace TownReform.Grains.Matters.Simulated;

/// <summary>
/// What each figure of a scenario counts, in which unit, and how large it can reasonably be. The bounds are wide: they keep out an id
/// pasted into a column
/// or a unit mistaken for another, and every reckoning with them inside the calendar.
/// </summary>
internal static class ScenarioQuantities
{
    /// <summary>A hundred years: after the end of every run.</summary>
    public const double MostDays = 36_500;

    public static readonly ScalarType YearlyCases = ScalarType.Quantity("cases a year", 0, 1_000_000);

    public static readonly ScalarType Effort = ScalarType.Quantity("a factor on minutes", 0.01m, 100);

    public static readonly ScalarType Share = ScalarType.Quantity("a share", 0, 1);

    public static readonly ScalarType Weight = ScalarType.Quantity("a relative weight", 0, 1000);

    /// <summary>A hundred thousand minutes are most of an officer's year.</summary>
    public static readonly Shape Minutes = Spread("minutes", "minutes", 0.01m, 100_000);

    public static readonly Shape Days = Spread("days", "days", 0.001m, 3650);

    public static readonly Shape Months = Spread("months", "months", 0.1m, 240);

    public static readonly ScalarType YearlyRequests = ScalarType.Quantity("requests a year for each town", 0, 10_000);

    public static readonly ScalarType LeaveDays = ScalarType.WholeQuantity("working days of one leave", 1, 60);

    public static readonly ScalarType DaysLater = ScalarType.WholeQuantity("calendar days", 0, 3650);

    /// <summary>Reads a quantity with a long tail.</summary>
    public static LogNormalSpread Spread(Entry entry) => new((double)entry["median"].Amount, (double)entry["sigma"].Amount);

    private static Shape Spread(string name, string unit, decimal least, decimal most) =>
        new(
            name,
            [
                new("median", ScalarType.Quantity(unit, least, most), $"Median, in {unit}."),
                new(
                    "sigma",
                    ScalarType.Quantity("a standard deviation of the logarithm", 0, 3),
                    "Standard deviation of the logarithm; 0 for a fixed quantity."
                ),
            ]
        );
}
