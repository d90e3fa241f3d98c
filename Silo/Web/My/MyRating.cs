using TownReform.Silo.Web.Acts;

namespace TownReform.Silo.Web.My;

/// <summary>The rating of a case on its party's page.</summary>
/// <param name="View">As it stands.</param>
/// <param name="Path">Address that takes it.</param>
/// <param name="IsVisit">The case is itself a return visit, which opens no other.</param>
public sealed record MyRating(RatingView View, string Path, DateOnly Today, bool IsVisit, FormCommand Command)
{
    /// <summary>What was chosen and typed, where it was not taken.</summary>
    public int? Level { get; init; }

    public string? Words { get; init; }

    public Refusal? Refusal { get; init; }

    /// <summary>What is wrong with the form itself.</summary>
    public Words? Fault { get; init; }
}

/// <summary>The five levels, in words.</summary>
public static class RatingWords
{
    public static Words Of(int level) =>
        level switch
        {
            5 => new("非常满意", "very good"),
            4 => new("满意", "good"),
            3 => new("基本满意", "fair"),
            2 => new("不满意", "bad"),
            _ => new("非常不满意", "very bad"),
        };
}
