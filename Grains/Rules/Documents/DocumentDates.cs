using System.Globalization;

namespace TownReform.Grains.Rules.Documents;

/// <summary>Days as official documents write them.</summary>
public static class DocumentDates
{
    private const string Digits = "〇一二三四五六七八九";

    /// <summary>二〇二六年十一月三十日; 30 November 2026.</summary>
    public static Words Of(DateOnly day) =>
        new(
            $"{new string([.. day.Year.ToString("D4", CultureInfo.InvariantCulture).Select(digit => Digits[digit - '0'])])}年"
                + $"{Small(day.Month)}月{Small(day.Day)}日",
            day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)
        );

    // Up to ninety-nine: ten is 十, twenty is 二十.
    private static string Small(int number) =>
        number < 10 ? $"{Digits[number]}" : $"{(number < 20 ? "" : Digits[number / 10])}十{(number % 10 == 0 ? "" : Digits[number % 10])}";
}
