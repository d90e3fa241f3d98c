using System.Globalization;

namespace TownReform.Grains.Rules;

/// <summary>Days by which something must be done: working days (<c>wd</c>) or calendar days (<c>cd</c>).</summary>
public readonly record struct TimeLimit(int Days, DayUnit Unit)
{
    /// <summary>Reads <c>5wd</c> or <c>90cd</c>: 1 to 9999 days.</summary>
    public static bool TryParse(string text, out TimeLimit limit)
    {
        limit = default;
        var unit = text.EndsWith("wd", StringComparison.Ordinal) ? DayUnit.Working : DayUnit.Calendar;
        if (
            text.Length is < 3 or > 6
            || (unit == DayUnit.Calendar && !text.EndsWith("cd", StringComparison.Ordinal))
            || !int.TryParse(text.AsSpan(0, text.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture, out var days)
            || days < 1
        )
        {
            return false;
        }

        limit = new(days, unit);
        return true;
    }

    /// <summary>In words, such as 5 个工作日 / 5 working days.</summary>
    public Words InWords() =>
        Unit == DayUnit.Working
            ? new($"{Days} 个工作日", Days == 1 ? "1 working day" : $"{Days} working days")
            : new($"{Days} 日", Days == 1 ? "1 calendar day" : $"{Days} calendar days");

    /// <summary>As seeds write it, such as <c>5wd</c>.</summary>
    public override string ToString() => $"{Days}{(Unit == DayUnit.Working ? "wd" : "cd")}";
}

public enum DayUnit
{
    Working = 1,
    Calendar = 2,
}
