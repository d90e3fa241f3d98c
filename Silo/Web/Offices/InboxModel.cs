using System.Collections.Immutable;

namespace TownReform.Silo.Web.Offices;

/// <summary>Work of an office as its page lists it.</summary>
public sealed record InboxModel
{
    /// <summary>Tasks of a page.</summary>
    public const int PageSize = 50;

    /// <summary>Address of the office's pages.</summary>
    public required string Path { get; init; }

    public required Words Office { get; init; }

    /// <summary>Who reads.</summary>
    public required string Me { get; init; }

    public required InboxQuery Query { get; init; }

    public required ImmutableArray<InboxTab> Tabs { get; init; }

    /// <summary>Tasks by colour of those that the filter leaves, on all pages.</summary>
    public required ImmutableArray<(ClockColour Colour, int Tasks)> Lights { get; init; }

    /// <summary>How many the filter leaves, and how many of them are due today.</summary>
    public required (int All, int DueToday) Counts { get; init; }

    public required ImmutableArray<DeskTask> Tasks { get; init; }

    /// <summary>What the tab's tasks can be filtered by.</summary>
    public required InboxChoices Choices { get; init; }

    public required int Pages { get; init; }

    /// <summary>What to say above the list, such as that nothing is left to take.</summary>
    public Words? Told { get; init; }

    /// <summary>The tasks of an office by what its page asks for.</summary>
    /// <param name="tasks">All of the office, most urgent first.</param>
    public static InboxModel Of(InboxDesk desk, InboxQuery query, ImmutableArray<DeskTask> tasks)
    {
        var tab = query.TabOf();
        var inTab = tasks.Where(task => tab.Holds(task, desk)).ToList();
        var left = inTab.Where(query.Matches).ToList();
        var pages = Math.Max(1, (left.Count + PageSize - 1) / PageSize);
        var page = Math.Clamp(query.Page ?? 1, 1, pages);
        return new InboxModel
        {
            Path = desk.Path,
            Office = desk.Office,
            Me = desk.Me,
            Query = query with { Page = page },
            Tabs =
            [
                .. InboxTabs
                    .All.Where(one => !desk.IsOfCounty || one.Key != InboxTabs.Absent)
                    .Select(one => new InboxTab(one.Key, one.Name, tasks.Count(task => one.Holds(task, desk)), one.Key == tab.Key)),
            ],
            Lights = [.. left.GroupBy(task => task.Colour).OrderBy(group => group.Key).Select(group => (group.Key, group.Count()))],
            Counts = (left.Count, left.Count(task => task.Due == desk.Today)),
            Tasks = [.. left.Skip((page - 1) * PageSize).Take(PageSize)],
            Choices = InboxChoices.Of(inTab),
            Pages = pages,
        };
    }
}

/// <summary>Whose desk it is, and when.</summary>
/// <param name="Away">Who of the office is away today.</param>
public sealed record InboxDesk(string Path, Words Office, string Me, DateOnly Today, bool IsOfCounty, ImmutableHashSet<string> Away);

/// <summary>A case's present step, as work.</summary>
/// <param name="Party">Masked.</param>
/// <param name="Due">Last day of the running limit.</param>
/// <param name="Officers">Who has it.</param>
/// <param name="Green">Green channel (B9).</param>
/// <param name="IsWaiting">It waits for somebody outside; the clock is watched here.</param>
public sealed record DeskTask(
    string Number,
    string StepCode,
    Words Step,
    string ItemCode,
    Words Item,
    string Party,
    ClockColour Colour,
    DateOnly? Due,
    ImmutableArray<string> Officers,
    bool Green,
    bool IsWaiting
);

/// <summary>A tab with how many tasks it has.</summary>
public sealed record InboxTab(string Key, Words Name, int Tasks, bool IsOpen);

/// <summary>What a list can be filtered by: steps and officers of the tab's tasks.</summary>
public sealed record InboxChoices(ImmutableArray<(string Code, Words Name)> Steps, ImmutableArray<string> Officers)
{
    public static InboxChoices Of(IReadOnlyCollection<DeskTask> tasks) =>
        new(
            [.. tasks.Select(task => (task.StepCode, task.Step)).DistinctBy(step => step.StepCode).OrderBy(step => step.StepCode)],
            [.. tasks.SelectMany(task => task.Officers).Distinct().Order(StringComparer.Ordinal)]
        );
}
