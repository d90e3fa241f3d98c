using TownReform.Grains.Rules;

namespace TownReform.Grains.Matters.Binding;

/// <summary>The law as a rule asks it for an act: with the day of the act, and the day on which the case's present step began.</summary>
/// <param name="Day">Day of the act in the town.</param>
/// <param name="StepOn">Day on which the present step began.</param>
public readonly record struct CaseLaw(LawBook Book, DateOnly Day, DateOnly StepOn)
{
    /// <summary>The law in force on the day of the act.</summary>
    public LawDay Now => Book.On(Day);

    public LawDay On(DateOnly day) => Book.On(day);

    /// <summary>A figure in the version of the day that counts for it; null where the law of that day has no such rule.</summary>
    /// <param name="begin">First day of the period that it measures; absent: the day on which the present step began.</param>
    public LawFigure? Figure(string name, DateOnly? begin = null) =>
        Book[name, LawNames.Uses[name].Day == DayThatCounts.Begin ? begin ?? StepOn : Day];
}
