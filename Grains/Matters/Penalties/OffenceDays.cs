using TownReform.Grains.Matters.Binding;

namespace TownReform.Grains.Matters.Penalties;

/// <summary>When an offence was committed: one day, or from its first to its last where it was continuing (连续或者继续状态, 行政处罚法 §36).</summary>
/// <param name="Began">Its first day.</param>
/// <param name="Ended">Its last day; the limitation runs from it, and the law of that day counts.</param>
public readonly record struct OffenceDays(DateOnly Began, DateOnly Ended)
{
    /// <param name="offenceDate">Field <c>offence-date</c>: the day of the offence, or its first day.</param>
    /// <param name="offenceUntil">Field <c>offence-until</c>: the last day of a continuing one.</param>
    public static OffenceDays Of(DateOnly offenceDate, [IfKnown] DateOnly? offenceUntil) => new(offenceDate, offenceUntil ?? offenceDate);

    /// <summary>An offence of one day.</summary>
    public static implicit operator OffenceDays(DateOnly day) => new(day, day);
}
