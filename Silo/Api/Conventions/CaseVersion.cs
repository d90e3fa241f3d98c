using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace TownReform.Silo.Api.Conventions;

/// <summary>The version of a case as an entity tag: how many records it has, in quotes.</summary>
internal static class CaseVersion
{
    public static string Tag(long version) => $"\"{version.ToString(CultureInfo.InvariantCulture)}\"";

    /// <summary>The version in a tag; null when it is none of ours. A proxy may have made it weak.</summary>
    public static long? Of(EntityTagHeaderValue tag) =>
        tag.Tag.AsSpan().Trim('"') is var text && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? version
            : null;
}

/// <summary>The version that whoever acts has seen (<c>If-Match</c>): with another one the act is refused by 9003 (412). An endpoint that
/// acts on a case takes it as a parameter.</summary>
/// <param name="Version">Null where any will do.</param>
internal sealed record SeenVersion(long? Version) : IEndpointParameterMetadataProvider
{
    /// <exception cref="RequestFault">The header is no version.</exception>
    public static ValueTask<SeenVersion?> BindAsync(HttpContext http, ParameterInfo parameter) => new(Of(http.Request.Headers.IfMatch));

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        builder.Metadata.Add(
            new SentHeader(
                HeaderNames.IfMatch,
                Required: false,
                "The ETag of the case as you saw it, such as \"7\". Required on acts that decide (428); 412 when the case has moved on."
            )
        );
        foreach (
            var status in new[]
            {
                StatusCodes.Status400BadRequest,
                StatusCodes.Status412PreconditionFailed,
                StatusCodes.Status428PreconditionRequired,
            }
        )
        {
            builder.Metadata.Add(DeclaredProblem.Of(status));
        }
    }

    /// <summary>What is said where an act decides and no version is named.</summary>
    public static IResult Needed(HttpContext http) =>
        http.Wrong(
            StatusCodes.Status428PreconditionRequired,
            new(
                $"此动作行使权力，须以请求头 {HeaderNames.IfMatch} 写明您所见案件的版本（取自 {HeaderNames.ETag}）。",
                $"This act decides: send {HeaderNames.IfMatch} with the {HeaderNames.ETag} of the case as you saw it."
            ),
            HeaderNames.IfMatch
        );

    private static SeenVersion Of(StringValues sent) =>
        sent.Count == 0 ? new SeenVersion((long?)null)
        : sent is ["*"] ? throw Wrong()
        : sent.Count == 1 && EntityTagHeaderValue.TryParse(sent[0], out var tag) && !tag.IsWeak && CaseVersion.Of(tag) is { } version
            ? new SeenVersion(version)
        : throw Wrong();

    private static RequestFault Wrong() =>
        new(
            StatusCodes.Status400BadRequest,
            HeaderNames.IfMatch,
            new(
                $"请求头 {HeaderNames.IfMatch} 须为一个版本，如 \"7\"。",
                $"The header {HeaderNames.IfMatch} takes one version, such as \"7\"."
            )
        );
}

/// <summary>The versions that whoever reads has already (<c>If-None-Match</c>): one of them is answered by 304, without a body.</summary>
internal sealed record KnownVersion(IReadOnlyList<EntityTagHeaderValue> Tags) : IEndpointParameterMetadataProvider
{
    public static ValueTask<KnownVersion?> BindAsync(HttpContext http, ParameterInfo parameter) =>
        new(
            new KnownVersion(
                EntityTagHeaderValue.TryParseList([.. http.Request.Headers.IfNoneMatch.OfType<string>()], out var tags) ? [.. tags] : []
            )
        );

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        builder.Metadata.Add(
            new SentHeader(HeaderNames.IfNoneMatch, Required: false, "The ETag that you have; 304 when it is still the one.")
        );
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status304NotModified, typeof(void)));
    }

    public bool Holds(long version) => Tags.Any(tag => CaseVersion.Of(tag) == version);
}
