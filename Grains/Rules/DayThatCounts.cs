namespace TownReform.Grains.Rules;

/// <summary>Which day's law a rule goes by.</summary>
public enum DayThatCounts
{
    /// <summary>Procedure: the law of the day on which the act is done.</summary>
    Act = 1,

    /// <summary>A period that has begun keeps the version that it began under: it was told so.</summary>
    Begin = 2,

    /// <summary>Whether something is an offence, the amount, the limitation: the law of the day of the offence, unless that of the decision
    /// is milder for the party (行政处罚法(2021) §37).</summary>
    OffenceOrMilder = 3,

    /// <summary>Checked when data are loaded, on each day that they hold for.</summary>
    Loading = 4,
}

/// <summary>从旧兼从轻 (行政处罚法(2021) §37): the law of the day of the offence, unless the law of the day of the decision is milder for the
/// party.</summary>
public static class MilderLaw
{
    /// <summary>The one of the offence's day, unless that of the decision's day weighs less.</summary>
    /// <param name="weight">Compares how heavy two are for the party: less than 0 where the first is milder.</param>
    public static T Of<T>(T offence, T decision, Comparison<T> weight) => weight(decision, offence) < 0 ? decision : offence;
}
