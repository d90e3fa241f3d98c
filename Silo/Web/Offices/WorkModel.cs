using System.Collections.Immutable;
using TownReform.Silo.Web.Acts;

namespace TownReform.Silo.Web.Offices;

/// <summary>Work of an office as its page lists it.</summary>
public sealed record WorkModel
{
    /// <summary>Address of the office's pages.</summary>
    public required string Path { get; init; }

    public required Words Office { get; init; }

    /// <summary>Who reads.</summary>
    public required string Me { get; init; }

    public required WorkQuery Query { get; init; }

    public required ImmutableArray<WorkTab> Tabs { get; init; }

    /// <summary>Of what the filter leaves, on all pages.</summary>
    public required InboxCounts Counts { get; init; }

    public required ImmutableArray<WorkTask> Tasks { get; init; }

    /// <summary>What the tab's tasks can be filtered by.</summary>
    public required WorkChoices Choices { get; init; }

    /// <summary>Cursor of the next page; null when this is the last.</summary>
    public string? NextPage { get; init; }

    /// <summary>Acts that can be done on several of the tasks at once (批量办理).</summary>
    public IEnumerable<ListedName> ForMany => Tasks.SelectMany(task => task.ForMany).DistinctBy(act => (act.Code, act.Name));

    /// <summary>The act for which cases are ticked; null in the plain list, whose rows are the lighter for it.</summary>
    public ListedName? Many => ForMany.FirstOrDefault(act => act.Code == Query.Many);

    /// <summary>Key of the command that ticking some makes.</summary>
    public FormCommand Command { get; init; } = FormCommand.New();

    /// <summary>What to say above the list, such as that nothing is left to take.</summary>
    public Words? Told { get; init; }
}

/// <summary>A case's present step, as work.</summary>
/// <param name="Party">Masked.</param>
/// <param name="Due">Last day of the running limit.</param>
/// <param name="Officers">Who has it.</param>
/// <param name="Green">Green channel (B9).</param>
/// <param name="IsWaiting">It waits for somebody outside; the clock is watched here.</param>
public sealed record WorkTask(
    string Number,
    Words Step,
    Words Item,
    string Party,
    ClockColour Colour,
    DateOnly? Due,
    ImmutableArray<string> Officers,
    bool Green,
    bool IsWaiting
)
{
    /// <summary>Acts of its step that can be done on many cases at once.</summary>
    public ImmutableArray<ListedName> ForMany { get; init; } = [];
}

/// <summary>A tab with how many tasks it has.</summary>
public sealed record WorkTab(string Key, Words Name, int Tasks, bool IsOpen);

/// <summary>What a list can be filtered by: steps, colours and officers of the tab's tasks.</summary>
public sealed record WorkChoices(
    ImmutableArray<(string Code, Words Name)> Steps,
    ImmutableArray<ClockColour> Lights,
    ImmutableArray<string> Officers
);
