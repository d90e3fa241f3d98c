using TownReform.Grains.Rules.Records;

namespace TownReform.Grains.Rules.Ratings;

/// <summary>What stands on the stream of a case's rating.</summary>
public abstract record RatingEvent : RecordedEvent;

/// <summary>The party rated how its case was handled.</summary>
/// <param name="Party">Of the case; a return visit is about them.</param>
/// <param name="Opens">A bad level: a return visit follows.</param>
public sealed record CaseRated(int Level, string? Words, Party Party, DateTimeOffset At, bool Opens) : RatingEvent
{
    public const string DurableName = "rating.given";

    protected override string Name => DurableName;
}

/// <summary>The return visit was opened.</summary>
/// <param name="Visit">Number of its case.</param>
public sealed record VisitOpened(string Visit) : RatingEvent
{
    public const string DurableName = "rating.visit-opened";

    protected override string Name => DurableName;
}

public sealed record RatingRefused(Refused Refused) : RatingEvent, IRefused
{
    public const string DurableName = "rating.refused";

    protected override string Name => DurableName;
}

/// <summary>A case's rating as its stream says.</summary>
public sealed record RatingState(CaseRated? Given, string? Visit)
{
    public static RatingState Empty { get; } = new(null, null);
}
