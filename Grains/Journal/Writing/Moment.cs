using System.Globalization;

namespace TownReform.Grains.Journal.Writing;

/// <summary>Moments and days as stored: UTC with seven decimals, ISO dates. Text that sorts as time does.</summary>
internal static class Moment
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    public static string Text(DateTimeOffset at) => at.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    public static DateTimeOffset Read(string text) =>
        DateTimeOffset.ParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    public static string? Text(DateOnly? day) => day?.ToString("O", CultureInfo.InvariantCulture);

    public static DateOnly? ReadDay(string? text) =>
        text is null ? null : DateOnly.ParseExact(text, "O", CultureInfo.InvariantCulture);
}
