using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.DependencyInjection;
using TownReform.Silo.Api.Conventions;
using TownReform.Silo.Identity;

namespace TownReform.Silo.Web;

/// <summary>What a page must know beside what it shows: who reads it, in which language, and where it stands.</summary>
/// <param name="Language">Language of everything on it.</param>
/// <param name="Address">Path and query of the page, for the links that change language or size of print.</param>
/// <param name="IsLargePrint">Large print (大字版) was chosen.</param>
/// <param name="World">World that is shown: <see cref="TownReform.Address.Live"/>, or a simulated one, which each page says.</param>
public sealed record PageContext(PageLanguage Language, string Address, bool IsLargePrint, string World = TownReform.Address.Live)
{
    /// <summary>Cookie that keeps the choice of large print: <c>large</c>.</summary>
    public const string PrintCookie = "print";

    /// <summary>Whether large print was chosen on a page before.</summary>
    public static bool IsLargePrintChosen(HttpContext http) => http.Request.Cookies[PrintCookie] == "large";

    public bool IsInChinese => Language == PageLanguage.Chinese;

    /// <summary>The world is a simulated one: nothing in it is real.</summary>
    public bool IsSimulated => World != TownReform.Address.Live;

    /// <summary>Moment at which a simulated world is held, as each title says; null for the live one.</summary>
    public string? VirtualDay { get; init; }

    /// <summary>Practice town (培训环境): its clock was set, and nothing in it counts.</summary>
    public bool IsPractice { get; init; }

    /// <summary>What a banner on every page says; null for none.</summary>
    public Words? Banner { get; init; }

    /// <summary>Name of whoever is signed in; null for nobody.</summary>
    public string? SignedInAs { get; init; }

    /// <summary>Where whoever is signed in works; links in the head of each page.</summary>
    public IReadOnlyList<PageLink> Rooms { get; init; } = [];

    /// <summary>Token of the page's forms against requests forged elsewhere; null where the page can have no form.</summary>
    public string? FormToken { get; init; }

    /// <summary>One of two texts, by the page's language.</summary>
    public string Say(string chinese, string english) => IsInChinese ? chinese : english;

    public string Say(Words words) => words.In(Language);

    /// <summary>A link within the world that is shown.</summary>
    /// <param name="path">From the root, such as <c>/items/YD-XK-001</c>.</param>
    public string Link(string path) => IsSimulated ? $"/worlds/{Uri.EscapeDataString(World)}{path}" : path;

    /// <summary>This page with another value of one part of its query.</summary>
    public string With(string name, string? value)
    {
        var cut = Address.IndexOf('?', StringComparison.Ordinal);
        var path = cut < 0 ? Address : Address[..cut];
        var kept = cut < 0 ? [] : Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(Address[cut..]);
        var query = new QueryBuilder(kept.Where(part => part.Key != name));
        if (value is not null)
        {
            query.Add(name, value);
        }

        return path + query;
    }
}

/// <summary>A link with its text.</summary>
public sealed record PageLink(string Path, Words Text);

/// <summary>Gathers a request's <see cref="PageContext"/>.</summary>
public static class PageContexts
{
    /// <summary>The context of a page that may have forms: it says who is signed in, and is never cached.</summary>
    public static PageContext WithForms(HttpContext http)
    {
        var tokens = http.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(http);
        http.Response.Headers.CacheControl = "no-store";
        return Of(http) with { FormToken = tokens.RequestToken };
    }

    private static PageContext InWorld(PageContext page, string world, HeldMoment held) =>
        page with
        {
            World = world,
            VirtualDay = page.Moment(held.Now, held.Zone),
            Rooms = PageRooms.OfWorld(held.Pages),
        };

    /// <summary>The context of a page without forms.</summary>
    public static PageContext Of(HttpContext http)
    {
        var (settings, who) = (http.RequestServices.GetService<PageSettings>(), Requester.Of(http));
        var language = PageLanguages.Of(http);
        var page = new PageContext(
            language,
            http.Request.PathBase + http.Request.Path + http.Request.QueryString.Value,
            PageContext.IsLargePrintChosen(http)
        )
        {
            IsPractice = settings?.IsPractice == true,
            Banner = settings?.Banner,
            SignedInAs = who.Name?.In(language),
            Rooms = PageRooms.Of(who),
        };
        return http.RequestServices?.GetService<RequestWorld>() is { Held: { } held } world ? InWorld(page, world.Name, held) : page;
    }
}

/// <summary>What is the same on all pages of a silo.</summary>
/// <param name="IsPractice">Pages of a practice town (培训环境).</param>
/// <param name="Banner">What a banner on every page says; null for none.</param>
public sealed record PageSettings(bool IsPractice, Words? Banner = null);
