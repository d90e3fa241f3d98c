using Microsoft.AspNetCore.Http;

namespace TownReform.Silo.Web;

/// <summary>Language of a page.</summary>
public enum PageLanguage
{
    Chinese = 1,
    English = 2,
}

/// <summary>Which language somebody reads: what they chose on a page before, else what their browser asks for, else Chinese.</summary>
public static class PageLanguages
{
    /// <summary>Cookie that keeps the choice of a language: <c>zh</c> or <c>en</c>.</summary>
    public const string Cookie = "lang";

    public static PageLanguage Of(HttpContext http) =>
        Read(http.Request.Cookies[Cookie]) ?? (IsEnglishAskedFor(http) ? PageLanguage.English : PageLanguage.Chinese);

    /// <summary>The language of a code; null where it is neither <c>zh</c> nor <c>en</c>.</summary>
    public static PageLanguage? Read(string? code) =>
        code switch
        {
            "zh" => PageLanguage.Chinese,
            "en" => PageLanguage.English,
            _ => null,
        };

    /// <summary>Whether the first language that the request names is English (<c>Accept-Language</c>).</summary>
    public static bool IsEnglishAskedFor(HttpContext http) =>
        http
            .Request.GetTypedHeaders()
            .AcceptLanguage.OrderByDescending(language => language.Quality ?? 1)
            .Select(language => language.Value.Value)
            .FirstOrDefault("zh")!
            .StartsWith("en", StringComparison.OrdinalIgnoreCase);

    /// <summary>What is read in a language.</summary>
    public static string In(this Words words, PageLanguage language) => language == PageLanguage.Chinese ? words.Zh : words.En;
}
