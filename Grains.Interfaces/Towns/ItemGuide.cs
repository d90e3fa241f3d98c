using System.Collections.Immutable;

namespace TownReform;

/// <summary>What anybody may know of an item before they apply (办事指南): the answer to <see cref="ITownDirectoryGrain.ItemAsync"/>.</summary>
[GenerateSerializer, Immutable, Alias("item-guide")]
public sealed record ItemGuide
{
    [Id(0)]
    public required string Town { get; init; }

    /// <summary>The day for which it is told.</summary>
    [Id(1)]
    public required DateOnly Day { get; init; }

    [Id(2)]
    public required ListedName Item { get; init; }

    /// <summary>Kind of item, such as <c>permit</c>.</summary>
    [Id(3)]
    public required ListedName Kind { get; init; }

    /// <summary>One of the plans' seven fields (A2).</summary>
    [Id(4)]
    public required ListedName Field { get; init; }

    /// <summary>The department above the town that held the power, or holds it.</summary>
    [Id(5)]
    public required ListedName Department { get; init; }

    /// <summary>The organ that handles it.</summary>
    [Id(6)]
    public required ListedName Bureau { get; init; }

    /// <summary>Statute and article by the law of the day.</summary>
    [Id(7)]
    public required string LegalBasis { get; init; }

    /// <summary>A lawyer must confirm basis, limit and bands before they are relied on.</summary>
    [Id(8)]
    public bool Verify { get; init; }

    [Id(9)]
    public required ImmutableArray<Words> Papers { get; init; }

    /// <summary>Limit by law; null where it has none.</summary>
    [Id(10)]
    public GuideLimit? Statutory { get; init; }

    /// <summary>What the town promises; null where nothing is promised.</summary>
    [Id(11)]
    public GuideLimit? Promised { get; init; }

    /// <summary>Yuan.</summary>
    [Id(12)]
    public required decimal Fee { get; init; }

    /// <summary>The rule that sets the fee; null where there is none.</summary>
    [Id(13)]
    public string? FeeBasis { get; init; }

    /// <summary>Discretion bands of a penalty (B8), lightest first; empty where it is none, and where the law no longer punishes
    /// it.</summary>
    [Id(14)]
    public required ImmutableArray<GuideBand> Bands { get; init; }

    /// <summary>Certificates of which the bureau must have so many people (A5).</summary>
    [Id(15)]
    public required ImmutableArray<GuideNeed> Certificates { get; init; }

    [Id(16)]
    public required ImmutableArray<ListedName> Equipment { get; init; }

    /// <summary>Kept at the county by law (A6): the town receives and delivers.</summary>
    [Id(17)]
    public required bool Retained { get; init; }

    /// <summary>What becomes of open cases when the power is recalled or suspended (A4).</summary>
    [Id(18)]
    public required InFlightRule InFlight { get; init; }

    /// <summary>Where the row of the catalogue comes from; <c>illustrative</c> for one that no town is known to hold.</summary>
    [Id(19)]
    public required string Provenance { get; init; }

    /// <summary>How the town stands to it on the day.</summary>
    [Id(20)]
    public required PowerHistory Power { get; init; }

    /// <summary>Basis, limit and bands from which day on, oldest first; the first begins with the plan.</summary>
    [Id(21)]
    public required ImmutableArray<GuideVersion> Versions { get; init; }

    /// <summary>Procedures by which cases of it go, the one that most may open first.</summary>
    [Id(22)]
    public required ImmutableArray<GuideProcedure> Procedures { get; init; }

    /// <summary>How long its cases really took; null where none was decided lately.</summary>
    [Id(23)]
    public TimeTaken? Taken { get; init; }
}

/// <param name="Said">In words, such as 5 个工作日.</param>
/// <param name="Article">Text and article of the figure that sets it; null where the catalogue's row states it.</param>
[GenerateSerializer, Immutable, Alias("guide-limit")]
public sealed record GuideLimit(int Days, bool CalendarDays, Words Said, string? Article = null);

/// <summary>Lowest and highest fine in yuan; 0 to 0 is a warning.</summary>
[GenerateSerializer, Immutable, Alias("guide-band")]
public sealed record GuideBand(ListedName Circumstance, decimal From, decimal To);

[GenerateSerializer, Immutable, Alias("guide-need")]
public sealed record GuideNeed(ListedName Certificate, int People);

/// <param name="From">Null for what the plan began with.</param>
[GenerateSerializer, Immutable, Alias("guide-version")]
public sealed record GuideVersion(DateOnly? From, string LegalBasis, GuideLimit? Statutory, ImmutableArray<GuideBand> Bands, bool Verify);

/// <param name="Route">Who decides: <c>town</c> or <c>county</c>.</param>
/// <param name="OpenedBy">Who may open it.</param>
/// <param name="Steps">The shortest way from its start to what the party wants.</param>
[GenerateSerializer, Immutable, Alias("guide-procedure")]
public sealed record GuideProcedure(string Code, Words Name, int Version, string Route, Words OpenedBy, ImmutableArray<GuideStep> Steps);

/// <param name="Who">Who does it.</param>
/// <param name="Limit">Limit of the step by itself; null where it has none.</param>
[GenerateSerializer, Immutable, Alias("guide-step")]
public sealed record GuideStep(string Code, Words Name, Words Who, GuideLimit? Limit);

/// <summary>How long cases took from their receipt to their end, all stops included, in the unit of the item's limit.</summary>
/// <param name="Cases">How many decided cases it is told from.</param>
/// <param name="Median">Half of them took no longer.</param>
/// <param name="NinetyPercent">Nine out of ten took no longer.</param>
/// <param name="From">They ended on this day or later.</param>
/// <param name="Until">They ended on this day or earlier.</param>
[GenerateSerializer, Immutable, Alias("time-taken")]
public sealed record TimeTaken(int Cases, int Median, int NinetyPercent, bool CalendarDays, DateOnly From, DateOnly Until);
