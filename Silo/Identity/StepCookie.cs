using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using TownReform.Silo.Identity.Storage;

namespace TownReform.Silo.Identity;

/// <summary>Between the password and the code: whose password it was. It signs nobody in.</summary>
internal static class StepCookie
{
    private const string Name = "__Host-townreform-step",
        Purpose = "code";

    public static void Set(HttpContext http, StoredAccount account, string? back) =>
        http.Response.Cookies.Append(
            Name,
            http.RequestServices.GetRequiredService<Sealed>().Seal(Purpose, account.Id, account.SecurityStamp, back ?? ""),
            Options
        );

    /// <returns>Null when the password step is missing or too long ago.</returns>
    public static (string Account, string Stamp, string? Return)? Read(HttpContext http) =>
        http.RequestServices.GetRequiredService<Sealed>().Open(Purpose, http.Request.Cookies[Name]) is [var account, var stamp, var back]
            ? (account, stamp, LocalPath.Of(back))
            : null;

    public static void Clear(HttpContext http) => http.Response.Cookies.Delete(Name, Options);

    private static CookieOptions Options =>
        new()
        {
            HttpOnly = true,
            Secure = true,
            SameSite = SameSiteMode.Strict,
            Path = "/",
            IsEssential = true,
        };
}
