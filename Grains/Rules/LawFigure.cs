using System.Globalization;

namespace TownReform.Grains.Rules;

/// <summary>What a figure counts.</summary>
public enum FigureUnit
{
    WorkingDays = 1,
    CalendarDays = 2,
    Yuan = 3,
    Fraction = 4,
    Years = 5,
    Months = 6,
    People = 7,
    Times = 8,

    /// <summary>Not a number: the law has such a rule (1), or hasn't (none).</summary>
    Rule = 9,
    Seconds = 10,
}

/// <summary>One figure as in force in a span of days.</summary>
/// <param name="Value">In its unit; 0 where <paramref name="IsNone"/>.</param>
/// <param name="IsNone">The law of those days has no such rule.</param>
/// <param name="Article">Text and article then in force, such as <c>行政处罚法(2021) §51</c>.</param>
/// <param name="From">First day of this version.</param>
/// <param name="Until">Last day of this version; null while none follows.</param>
/// <param name="Verify">A lawyer must confirm it before it is relied on.</param>
/// <param name="Own">The town's own rule, not statute.</param>
public sealed record LawFigure(
    string Name,
    decimal Value,
    FigureUnit Unit,
    bool IsNone,
    string Article,
    Words Meaning,
    DateOnly From,
    DateOnly? Until,
    bool Verify,
    bool Own
)
{
    /// <summary>The value as whole days, people, years or times.</summary>
    public int Days { get; } = (int)Value;

    /// <summary>The figure as a limit; only where its unit is one of days.</summary>
    public TimeLimit Limit { get; } = new((int)Value, Unit == FigureUnit.CalendarDays ? DayUnit.Calendar : DayUnit.Working);

    /// <summary>What whoever looks at a case is told of a limit that this figure sets.</summary>
    public LimitView View { get; } = new(Name, (int)Value, Unit == FigureUnit.CalendarDays, Article, Own, Verify);

    /// <summary>The value with its unit, such as 5 个工作日 / 5 working days, 50.00 元 / 50.00 yuan.</summary>
    public Words Said { get; } = IsNone ? new("无此规定", "no such rule") : Say(Value, Unit);

    private static Words Say(decimal value, FigureUnit unit)
    {
        var number = value.ToString(unit == FigureUnit.Yuan ? "F2" : "0.####", CultureInfo.InvariantCulture);
        return unit switch
        {
            FigureUnit.WorkingDays => new TimeLimit((int)value, DayUnit.Working).InWords(),
            FigureUnit.CalendarDays => new TimeLimit((int)value, DayUnit.Calendar).InWords(),
            FigureUnit.Yuan => new($"{number} 元", $"{number} yuan"),
            FigureUnit.Fraction => Percent(value),
            FigureUnit.Years => new($"{number} 年", value == 1 ? "1 year" : $"{number} years"),
            FigureUnit.Months => new($"{number} 个月", value == 1 ? "1 month" : $"{number} months"),
            FigureUnit.People => new($"{number} 人", value == 1 ? "1 person" : $"{number} people"),
            FigureUnit.Times => new($"{number} 次", value == 1 ? "once" : $"{number} times"),
            FigureUnit.Seconds => new($"{number} 秒", value == 1 ? "1 second" : $"{number} seconds"),
            FigureUnit.Rule => new("有此规定", "such a rule"),
            _ => throw new ArgumentOutOfRangeException(nameof(unit), unit, "Unknown unit of a figure."),
        };
    }

    private static Words Percent(decimal value)
    {
        var percent = (value * 100).ToString("0.##", CultureInfo.InvariantCulture);
        return new($"{percent}%", $"{percent} %");
    }
}
