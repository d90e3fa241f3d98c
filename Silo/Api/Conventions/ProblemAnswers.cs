using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TownReform.Grains.Rules.Records;
using TownReform.Silo.Web;

namespace TownReform.Silo.Api.Conventions;

/// <summary>Says no: the one place where problems are written.</summary>
internal static class ProblemAnswers
{
    private const string Field = "field",
        Version = "version";

    /// <summary>What was asked for, or why not.</summary>
    public static IResult Answer<T>(this HttpContext http, Outcome<T> asked)
        where T : class => asked.IsRefused(out var refusal, out var found) ? http.Refused(refusal) : TypedResults.Ok(found);

    /// <summary>What a command has led to, or why its grain has refused it.</summary>
    public static IResult AnswerCommand<T>(this HttpContext http, Outcome<T> done)
        where T : class => done.IsRefused(out var refusal, out var after) ? http.RefusedCommand(refusal) : TypedResults.Ok(after);

    /// <summary>A question that is refused, or a command that is turned away before it gets to its grain: nothing of it is on
    /// record.</summary>
    public static IResult Refused(this HttpContext http, Refusal refusal) =>
        new Problematic(Of(refusal, http.IsInChinese(), isOfCommand: false), Wait(refusal));

    /// <summary>A command that its grain has refused; the answer tells whether that stands on the record.</summary>
    public static IResult RefusedCommand(this HttpContext http, Refusal refusal) =>
        new Problematic(Of(refusal, http.IsInChinese(), isOfCommand: true), Wait(refusal));

    /// <summary>What is wrong with the request itself.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="because">Why, and what to do; null where the status says it all.</param>
    /// <param name="name">Name of the field, header or parameter that it is about.</param>
    public static IResult Wrong(this HttpContext http, int status, Words? because = null, string? name = null) =>
        new Problematic(Of(status, because, name, http.IsInChinese()), null);

    /// <summary>Nothing of that name, or nothing for whoever asks: the two look the same.</summary>
    public static IResult Unknown(this HttpContext http) => http.Wrong(StatusCodes.Status404NotFound);

    /// <summary>Writes what is wrong, outside of an endpoint.</summary>
    public static Task SayAsync(this HttpContext http, int status, Words? because = null, string? name = null) =>
        http.Wrong(status, because, name).ExecuteAsync(http);

    /// <summary>Whether Chinese is asked for, as it is where no language is named.</summary>
    public static bool IsInChinese(this HttpContext http) => !PageLanguages.IsEnglishAskedFor(http);

    /// <summary>A refusal as problem details.</summary>
    /// <param name="isOfCommand">The grain of a command has refused it; else nothing is on record.</param>
    public static Problem Of(Refusal refusal, bool inChinese, bool isOfCommand)
    {
        var status = RefusalStatus.Of(refusal.Code);
        var (title, because) = (StatusWords.OfRefusal(status), In(refusal.Because, inChinese));
        var fields = refusal.Facts.Where(fact => fact.Name == Field).Select(fact => fact.Value).Distinct(StringComparer.Ordinal);
        return new()
        {
            Type = $"urn:townreform:refusal:{((int)refusal.Code).ToString(CultureInfo.InvariantCulture)}",
            Title = In(title, inChinese),
            Status = status,
            Detail = because,
            Code = (int)refusal.Code,
            Clause = refusal.Clause,
            Because = refusal.Because,
            Facts = refusal.Facts,
            Errors =
                status == StatusCodes.Status422UnprocessableEntity
                && fields.ToDictionary(name => name, _ => new[] { because }) is { Count: > 0 } errors
                    ? errors
                    : null,
            Recorded = isOfCommand && RecordRules.IsRecorded(refusal),
            Version = VersionIn(refusal),
        };
    }

    private static Problem Of(int status, Words? because, string? name, bool inChinese) =>
        new()
        {
            Type = "about:blank",
            Title = In(StatusWords.Of(status), inChinese),
            Status = status,
            Detail = because is null ? null : In(because, inChinese),
            Because = because,
            Errors = name is null || because is null ? null : new Dictionary<string, string[]> { [name] = [In(because, inChinese)] },
        };

    private static string In(Words words, bool inChinese) => inChinese ? words.Zh : words.En;

    private static long? VersionIn(Refusal refusal) =>
        refusal.Code == RefusalCode.CaseMovedOn
        && long.TryParse(
            refusal.Facts.FirstOrDefault(fact => fact.Name == Version).Value,
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var version
        )
            ? version
            : null;

    // A header tells whole seconds.
    private static TimeSpan? Wait(Refusal refusal) => refusal.Code == RefusalCode.Busy ? Busy.WaitOf(refusal) : null;

    /// <summary>A problem on its way.</summary>
    private sealed class Problematic(Problem problem, TimeSpan? wait) : IResult, IStatusCodeHttpResult
    {
        private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

        public int? StatusCode => problem.Status;

        public Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.StatusCode = problem.Status;
            if (problem.Status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable)
            {
                response.Headers.RetryAfter = Math.Ceiling((wait ?? Soon).TotalSeconds).ToString(CultureInfo.InvariantCulture);
            }

            if (problem.Version is { } version)
            {
                response.Headers.ETag = CaseVersion.Tag(version);
            }

            var json = httpContext.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
            return response.WriteAsJsonAsync(problem, json, Problem.MediaType, httpContext.RequestAborted);
        }
    }
}
