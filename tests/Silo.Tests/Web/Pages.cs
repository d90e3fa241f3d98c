using System.Collections.Immutable;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Bunit;
using TownReform.Silo.Web;

namespace TownReform.Silo.Tests.Web;

/// <summary>Renders pages without a silo: a page is a function of its model.</summary>
internal static class Pages
{
    public static PageContext English { get; } = new(PageLanguage.English, "/o/enforcement", IsLargePrint: false) { FormToken = "token" };

    public static PageContext Chinese { get; } = English with { Language = PageLanguage.Chinese };

    /// <summary>A name of the length that people type by mistake; it must break nothing.</summary>
    public static string Long { get; } = string.Concat(Enumerable.Repeat("莘县古云镇红庙子社区股份经济合作社", 12));

    /// <summary>A page as a browser reads it.</summary>
    public static IDocument Render<TPage, TModel>(TModel model, PageContext? context = null)
        where TPage : Page<TModel>
        where TModel : class
    {
        using var bunit = new BunitContext();
        var page = bunit.Render<TPage>(parameters =>
            parameters.Add(shown => shown.Context, context ?? English).Add(shown => shown.Model, model)
        );
        return new HtmlParser().ParseDocument(page.Markup);
    }

    /// <summary>What is read in an element, its white space as a browser shows it.</summary>
    public static string Read(this IElement? element) =>
        string.Join(' ', (element?.TextContent ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    public static ImmutableArray<string> ReadAll(this IParentNode within, string selector) =>
        [.. within.QuerySelectorAll(selector).Select(Read)];
}
