using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;

namespace TownReform.Browser.Tests.Fixtures;

/// <summary>What holds for every page in every state.</summary>
internal static class Accessibility
{
    /// <summary>What differs in the dark: the rest was asked in the light.</summary>
    private static readonly AxeRunOptions Colours = new()
    {
        RunOnly = new RunOnlyOptions { Type = "rule", Values = ["color-contrast", "link-in-text-block", "target-size"] },
    };

    private static readonly AxeRunOptions Rules = new()
    {
        RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] },
    };

    /// <summary>The page that is open, as it is: axe finds nothing, under the strict policy, also in the dark and with forced colours; at
    /// 320 px, which is 400 % of 1280, nothing is wider than the page.</summary>
    public static async Task IsForAllAsync(this Person person)
    {
        if (!person.Seat.Script)
        {
            // axe never ends where no script runs; what is shown without is the same page.
            await person.FitsAsync();
            return;
        }

        await person.TakePicturesAsync();
        await person.PassesAxeAsync(Rules);
        await person.Page.SetViewportSizeAsync(Seat.Zoomed, Seat.HeightOf(Seat.Zoomed));
        await person.FitsAsync();
        await person.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await person.PassesAxeAsync(Colours);
        await person.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light, ForcedColors = ForcedColors.Active });
        await person.IsSeenAsync();
        await person.Page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.None });
        await person.Page.SetViewportSizeAsync(person.Seat.Width, Seat.HeightOf(person.Seat.Width));
    }

    /// <summary>The page itself never scrolls sideways; a wide table does so within its frame.</summary>
    public static async Task FitsAsync(this Person person)
    {
        var over = await person.Page.EvaluateAsync<string[]>(
            """
            () => document.documentElement.scrollWidth <= innerWidth ? [] :
              [...document.querySelectorAll('body *')]
                .filter(one => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest('.table'))
                .slice(0, 5)
                .map(one => `${one.tagName}.${one.className} ${one.getBoundingClientRect().right}: ${one.textContent.trim().slice(0, 60)}`)
            """
        );
        over.ShouldBeEmpty($"{person.Page.Url} is wider than the page");
    }

    private static async Task PassesAxeAsync(this Person person, AxeRunOptions rules)
    {
        var found = await person.Page.RunAxe(rules);
        found
            .Violations.SelectMany(rule => rule.Nodes.Select(node => $"{rule.Id}: {rule.Help}\n  {node.Html}\n  {Why(node)}"))
            .ShouldBeEmpty(person.Page.Url);
    }

    /// <summary>With forced colours a button still has an edge, and nothing is said by a background alone.</summary>
    private static async Task IsSeenAsync(this Person person)
    {
        var edgeless = await person.Page.EvaluateAsync<string[]>(
            """
            () => [...document.querySelectorAll('button:not(.link), .button, input:not([type=hidden]), select, textarea')]
              .filter(one => one.checkVisibility() && parseFloat(getComputedStyle(one).borderTopWidth) < 1
                && !['checkbox', 'radio', 'file'].includes(one.type))
              .map(one => one.outerHTML.slice(0, 80))
            """
        );
        edgeless.ShouldBeEmpty(person.Page.Url);
    }

    private static string Why(AxeResultNode node) =>
        string.Join("; ", node.Any.Concat(node.All).Concat(node.None).Select(check => check.Message));
}
