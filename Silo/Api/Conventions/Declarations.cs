using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace TownReform.Silo.Api.Conventions;

/// <summary>A header that an operation takes, for its description.</summary>
internal sealed record SentHeader(string Name, bool Required, string Description);

/// <summary>A header that an operation answers with, for its description.</summary>
/// <param name="Status">With which status; null: with each that says that it was done, or refused by a rule.</param>
internal sealed record AnsweredHeader(int? Status, string Name, string Description);

/// <summary>That an operation may answer with a problem of a status.</summary>
internal static class DeclaredProblem
{
    public static ProducesResponseTypeMetadata Of(int status) => new(status, typeof(Problem), [Problem.MediaType]);
}

/// <summary>What endpoints say of themselves, for the description of the API: a generated client knows no answer that isn't said.</summary>
internal static class Declarations
{
    /// <summary>It answers a value, or a refusal: unknown or not yours (404), wrong fields (422), not this person (403), law and state
    /// (409), not now (503).</summary>
    public static RouteHandlerBuilder Answers<T>(this RouteHandlerBuilder endpoint, int status = StatusCodes.Status200OK) =>
        endpoint
            .Produces<T>(status)
            .Problems(
                StatusCodes.Status400BadRequest,
                StatusCodes.Status403Forbidden,
                StatusCodes.Status404NotFound,
                StatusCodes.Status409Conflict,
                StatusCodes.Status422UnprocessableEntity
            );

    /// <summary>It answers server-sent events, or a refusal; 204 when nothing follows what the client has.</summary>
    public static RouteHandlerBuilder AnswersEvents(this RouteHandlerBuilder endpoint) =>
        endpoint
            .Produces<string>(StatusCodes.Status200OK, "text/event-stream")
            .Produces(StatusCodes.Status204NoContent)
            .WithMetadata(new SentHeader("Last-Event-ID", Required: false, "The id of the last event that you have."))
            .Problems(
                StatusCodes.Status400BadRequest,
                StatusCodes.Status403Forbidden,
                StatusCodes.Status404NotFound,
                StatusCodes.Status422UnprocessableEntity
            );

    /// <summary>It takes a body of JSON.</summary>
    public static RouteHandlerBuilder TakesJson(this RouteHandlerBuilder endpoint) =>
        endpoint.Problems(
            StatusCodes.Status400BadRequest,
            StatusCodes.Status413PayloadTooLarge,
            StatusCodes.Status415UnsupportedMediaType,
            StatusCodes.Status422UnprocessableEntity
        );

    /// <summary>It answers the version of a case as its entity tag.</summary>
    public static RouteHandlerBuilder WithTag(this RouteHandlerBuilder endpoint, int status = StatusCodes.Status200OK) =>
        endpoint.WithMetadata(new AnsweredHeader(status, "ETag", "Version of the case: the number of its records, in quotes."));

    /// <summary>Problems that it may answer.</summary>
    public static T Problems<T>(this T endpoint, params int[] statuses)
        where T : IEndpointConventionBuilder
    {
        endpoint.Add(builder =>
        {
            foreach (var status in statuses)
            {
                builder.Metadata.Add(DeclaredProblem.Of(status));
            }
        });
        return endpoint;
    }
}
