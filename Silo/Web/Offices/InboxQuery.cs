using System.Collections.Immutable;
using Microsoft.AspNetCore.Mvc;

namespace TownReform.Silo.Web.Offices;

/// <summary>What is asked of a list of work; it stands in the address. A value that nothing has leaves nothing.</summary>
/// <param name="Tab">Key of a tab; mine by default.</param>
/// <param name="Light">Colour: <c>green</c>, <c>amber</c>, <c>red</c> (and worse).</param>
/// <param name="Page">From 1.</param>
public sealed record InboxQuery(
    [property: FromQuery(Name = "tab")] string? Tab = null,
    [property: FromQuery(Name = "step")] string? Step = null,
    [property: FromQuery(Name = "officer")] string? Officer = null,
    [property: FromQuery(Name = "light")] string? Light = null,
    [property: FromQuery(Name = "page")] int? Page = null
)
{
    public bool IsFiltered => Step is { Length: > 0 } || Officer is { Length: > 0 } || Light is { Length: > 0 };

    internal InboxTabs.Tab TabOf() => InboxTabs.All.FirstOrDefault(tab => tab.Key == Tab) ?? InboxTabs.All[0];

    internal bool Matches(DeskTask task) =>
        (Step is not { Length: > 0 } || task.StepCode == Step)
        && (Officer is not { Length: > 0 } || task.Officers.Contains(Officer))
        && (Light is not { Length: > 0 } || Light == LightOf(task.Colour));

    private static string LightOf(ClockColour colour) =>
        colour switch
        {
            ClockColour.Green => "green",
            ClockColour.Amber => "amber",
            _ => "red",
        };
}

/// <summary>The tabs of a list of work.</summary>
internal static class InboxTabs
{
    public const string Mine = "mine",
        Absent = "absent";

    public static readonly ImmutableArray<Tab> All =
    [
        new(Mine, new("我的", "Mine"), static (task, desk) => task.Officers.Contains(desk.Me)),
        new("office", new("本机构", "Office"), static (task, _) => !task.IsWaiting),
        new("waiting", new("等待他人", "Waiting for others"), static (task, _) => task.IsWaiting),
        new(Absent, new("离岗同事的", "Of absent colleagues"), static (task, desk) => task.Officers.Any(desk.Away.Contains)),
        new(
            "overdue",
            new("超期", "Overdue"),
            static (task, desk) => task.Colour >= ClockColour.Overdue || (task.Colour > ClockColour.Green && task.Due < desk.Today)
        ),
    ];

    public sealed record Tab(string Key, Words Name, Func<DeskTask, InboxDesk, bool> Holds);
}
