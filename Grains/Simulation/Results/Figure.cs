using System.Globalization;

namespace TownReform.Grains.Simulation.Results;

/// <summary>Figures as text for tables: the same in both languages, <c>–</c> for what is not known.</summary>
public static class Figure
{
    public const string Unknown = "–";

    /// <summary>A count: with one decimal when it is a mean below a thousand that isn't whole.</summary>
    public static string Count(double value) =>
        value.ToString(double.IsInteger(value) || value >= 1000 ? "#,0" : "#,0.0", CultureInfo.InvariantCulture);

    public static string Days(double? value) => value?.ToString("#,0.00", CultureInfo.InvariantCulture) ?? Unknown;

    public static string Share(double? value) =>
        value is { } share ? (share * 100).ToString("0.0", CultureInfo.InvariantCulture) + "%" : Unknown;

    /// <summary>A difference with its sign.</summary>
    public static string Signed(double value, string format) =>
        value.ToString($"+{format};-{format};{format}", CultureInfo.InvariantCulture);
}
