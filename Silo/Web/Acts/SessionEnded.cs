using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;

namespace TownReform.Silo.Web.Acts;

/// <summary>What was sent after a session had ended.</summary>
/// <param name="Path">Where it was sent to.</param>
public sealed record SessionEndedModel(string Path, ImmutableArray<(string Name, string Value)> Sent);

/// <summary>Answers a form that was sent after its session had ended: nothing is done, and nothing that was typed is lost.</summary>
internal static class SessionEnded
{
    // The new session has its own.
    private static readonly string[] Secrets = ["form-token", FormCommand.KeyName, FormCommand.VersionName];

    public static IResult Show(HttpContext http, IFormCollection sent) =>
        PageResults.Show<SessionEndedPage, SessionEndedModel>(
            PageContexts.WithForms(http),
            new SessionEndedModel(
                http.Request.Path,
                [
                    .. sent.Where(one => !Secrets.Contains(one.Key) && one.Key is not ("go" or "stage"))
                        .SelectMany(one => one.Value.Select(value => (one.Key, value ?? ""))),
                ]
            ),
            StatusCodes.Status401Unauthorized
        );
}
