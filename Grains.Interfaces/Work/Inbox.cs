using System.Collections.Immutable;

namespace TownReform;

/// <summary>Which work of a workplace to list; null means any. The page that is answered counts by the same filter.</summary>
/// <param name="Officer">Who has it in hand, alone or with others.</param>
/// <param name="Step">Step code of the procedure.</param>
/// <param name="Item">Item or other subject code.</param>
/// <param name="Colour">That colour of its clock, as it was last told.</param>
/// <param name="Overdue">Only what is overdue, whoever was told of it.</param>
/// <param name="Waiting">True: what waits for somebody outside; false: what officers have to do.</param>
/// <param name="AwayOn">Only what somebody has in hand who is away on that day.</param>
/// <param name="After">Cursor of the page before (<see cref="InboxPage.Next"/>).</param>
/// <param name="Take">Lines on a page, 1 to 200.</param>
[GenerateSerializer, Immutable, Alias("inbox-query")]
public sealed record InboxQuery(
    string? Officer = null,
    string? Step = null,
    string? Item = null,
    ClockColour? Colour = null,
    bool Overdue = false,
    bool? Waiting = null,
    DateOnly? AwayOn = null,
    string? After = null,
    int Take = 50
);

/// <summary>Open work of a workplace, most urgent first.</summary>
/// <param name="Next">Cursor of the next page; null when this is the last. It stays good while work comes and goes.</param>
/// <param name="Counts">Of all that the filter lets through, on any page.</param>
[GenerateSerializer, Immutable, Alias("inbox-page")]
public sealed record InboxPage(ImmutableArray<InboxLine> Lines, string? Next, InboxCounts Counts);

/// <param name="Colour">Of its clock, as it was last told.</param>
[GenerateSerializer, Immutable, Alias("inbox-line")]
public sealed record InboxLine(WorkItem Work, ClockColour Colour);

/// <summary>How much work there is.</summary>
/// <param name="Waiting">Waits for somebody outside.</param>
/// <param name="Unassigned">Officers are to do it, and nobody has it.</param>
/// <param name="Officers">By who has it in hand; work of several people counts for each.</param>
[GenerateSerializer, Immutable, Alias("inbox-counts")]
public sealed record InboxCounts(
    int Total,
    int Waiting,
    int Unassigned,
    ImmutableArray<ColourCount> Colours,
    ImmutableArray<CodeCount> Steps,
    ImmutableArray<CodeCount> Items,
    ImmutableArray<CodeCount> Officers
);

[GenerateSerializer, Immutable, Alias("colour-count")]
public readonly record struct ColourCount(ClockColour Colour, int Count);

[GenerateSerializer, Immutable, Alias("code-count")]
public readonly record struct CodeCount(string Code, int Count);
