using Microsoft.AspNetCore.Http;

namespace TownReform.Silo.Web;

/// <summary>Sends whoever must sign in first to do so, and back to where they were.</summary>
internal static class SignInDoor
{
    public const string Path = "/sign-in",
        NextField = "next";

    /// <summary>To the page of sign-in; a form that was sent leads back to the page that showed it.</summary>
    public static IResult Redirect(HttpContext http)
    {
        var next = http.Request.Path + (HttpMethods.IsGet(http.Request.Method) ? http.Request.QueryString.Value : "");
        return TypedResults.LocalRedirect($"{Path}?{NextField}={Uri.EscapeDataString(next)}");
    }
}
