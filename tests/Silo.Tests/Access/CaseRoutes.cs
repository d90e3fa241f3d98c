using System.Text.RegularExpressions;

namespace TownReform.Silo.Tests.Access;

/// <summary>Addresses of endpoints about a case.</summary>
internal static partial class CaseRoutes
{
    /// <summary>A route with what it names of a case filled in.</summary>
    public static string Filled(string route, CaseView view) =>
        Filled(
            route,
            part =>
                part switch
                {
                    "number" or "case" => view.Number,
                    "act" => route.StartsWith("/my", StringComparison.Ordinal) ? "withdraw" : "accept",
                    "item" => view.Subject,
                    "town" => view.Town,
                    "office" => "government-service",
                    "procedure" => view.Procedure,
                    "id" => route.Contains("/documents/", StringComparison.Ordinal) ? "1-receipt-of-papers" : "YD-024",
                    "stream" => $"case/{view.Number}",
                    _ => "none",
                }
        );

    /// <summary>A route with a value for each of its parts.</summary>
    public static string Filled(string route, Func<string, string> valueOf) => Part().Replace(route, part => valueOf(part.Groups[1].Value));

    /// <summary>Whether a route names a case.</summary>
    public static bool IsOfCase(string route) =>
        Part().Matches(route).Any(part => part.Groups[1].Value is "number" or "stream")
        || route.Contains("{case}", StringComparison.Ordinal);

    [GeneratedRegex(@"\{\*{0,2}(\w+)[^}]*\}")]
    private static partial Regex Part();
}
