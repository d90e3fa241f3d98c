using System.Collections.Immutable;
using Microsoft.AspNetCore.Mvc;

namespace TownReform.Silo.Web.Offices;

/// <summary>What is asked of a list of work; it stands in the address. A value that nothing has leaves nothing.</summary>
/// <param name="Tab">Key of a tab; mine by default.</param>
/// <param name="Light">Colour by name, such as <c>amber</c>.</param>
/// <param name="After">Cursor of the page before.</param>
/// <param name="Many">Code of an act for which cases are ticked; null where none are.</param>
public sealed record WorkQuery(
    [property: FromQuery(Name = "tab")] string? Tab = null,
    [property: FromQuery(Name = "step")] string? Step = null,
    [property: FromQuery(Name = "officer")] string? Officer = null,
    [property: FromQuery(Name = "light")] string? Light = null,
    [property: FromQuery(Name = "after")] string? After = null,
    [property: FromQuery(Name = "many")] string? Many = null
)
{
    public bool IsFiltered => Step is { Length: > 0 } || Officer is { Length: > 0 } || Light is { Length: > 0 };

    /// <summary>The colour that is asked for; null for any.</summary>
    internal ClockColour? Colour => Enum.TryParse<ClockColour>(Light, ignoreCase: true, out var colour) ? colour : null;

    internal WorkTabs.Tab TabOf() => WorkTabs.All.FirstOrDefault(tab => tab.Key == Tab) ?? WorkTabs.All[0];

    /// <summary>The same as the office is asked.</summary>
    internal InboxQuery Asked(string me, DateOnly today)
    {
        var tab = TabOf().Of(me, today);
        return tab with
        {
            Step = Step is { Length: > 0 } ? Step : null,
            Officer = Officer is { Length: > 0 } ? Officer : tab.Officer,
            Colour = Colour,
            After = After is { Length: > 0 } ? After : null,
        };
    }
}

/// <summary>The tabs of a list of work.</summary>
internal static class WorkTabs
{
    public const string Absent = "absent";

    public static readonly ImmutableArray<Tab> All =
    [
        new("mine", new("我的", "Mine"), static (me, _) => new(Officer: me)),
        new("office", new("本机构", "Office"), static (_, _) => new(Waiting: false)),
        new("waiting", new("等待他人", "Waiting for others"), static (_, _) => new(Waiting: true)),
        new(Absent, new("离岗同事的", "Of absent colleagues"), static (_, today) => new(AwayOn: today)),
        new("overdue", new("超期", "Overdue"), static (_, _) => new(Overdue: true)),
    ];

    /// <summary>A tab.</summary>
    /// <param name="Of">What it asks, of who reads and the day.</param>
    public sealed record Tab(string Key, Words Name, Func<string, DateOnly, InboxQuery> Of);
}
