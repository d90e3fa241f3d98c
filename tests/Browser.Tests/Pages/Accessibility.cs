using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using TownReform.Browser.Tests.Fixtures;

namespace TownReform.Browser.Tests.Pages;

/// <summary>What holds for every page in every state.</summary>
internal static class Accessibility
{
    private static readonly AxeRunOptions Rules = new()
    {
        RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] },
    };

    /// <summary>axe finds nothing, under the strict policy; nothing is wider than the page.</summary>
    public static async Task IsForAllAsync(this Person person)
    {
        var found = await person.Page.RunAxe(Rules);
        found
            .Violations.SelectMany(rule => rule.Nodes.Select(node => $"{rule.Id}: {rule.Help}\n  {node.Html}\n  {Why(node)}"))
            .ShouldBeEmpty(person.Page.Url);
        await person.FitsAsync();
    }

    /// <summary>The page itself never scrolls sideways; a wide table does so within its frame.</summary>
    public static async Task FitsAsync(this Person person)
    {
        var over = await person.Page.EvaluateAsync<string[]>(
            """
            () => document.documentElement.scrollWidth <= innerWidth ? [] :
              [...document.querySelectorAll('body *')]
                .filter(one => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest('.table'))
                .slice(0, 5).map(one => `${one.tagName}.${one.className} ${Math.round(one.getBoundingClientRect().right)}: ${one.textContent.trim().slice(0, 60)}`)
            """
        );
        over.ShouldBeEmpty($"{person.Page.Url} is wider than {person.Seat.Width} px");
    }

    private static string Why(AxeResultNode node) =>
        string.Join("; ", node.Any.Concat(node.All).Concat(node.None).Select(check => check.Message));
}
