using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using TownReform.Silo.Web;

namespace TownReform.Silo.Api;

/// <summary>The API over HTTP, in the silo's own process: <c>/api/v1</c>, described at <c>/openapi/v1.json</c>.</summary>
internal static class ApiEndpoints
{
    public const string Root = "/api/v1",
        Document = "/openapi/v1.json";

    private const string ByAddress = "by-address";

    /// <summary>Requests of one address: so many at once, and then one a second.</summary>
    private const int Burst = 60;

    private const string Problem = "application/problem+json";

    public static void Add(IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.Encoder = JavaScriptEncoder.Create(UnicodeRanges.All);
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            json.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(System.Text.Json.JsonNamingPolicy.CamelCase));
        });
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.AddProblemDetails();
        services.AddOpenApi("v1", OpenApiDocument.Describe);
        services.AddRateLimiter(limits =>
        {
            limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limits.OnRejected = static (rejected, _) => Told(rejected.HttpContext, StatusCodes.Status429TooManyRequests);
            limits.AddPolicy(
                ByAddress,
                static http =>
                    RateLimitPartition.GetTokenBucketLimiter(
                        http.Connection.RemoteIpAddress,
                        static _ => new TokenBucketRateLimiterOptions
                        {
                            TokenLimit = Burst,
                            TokensPerPeriod = 1,
                            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
                        }
                    )
            );
        });
    }

    public static void Map(WebApplication app)
    {
        app.MapOpenApi(Document).RequireRateLimiting(ByAddress);
        PublicApi.Map(app.MapGroup(Root).RequireRateLimiting(ByAddress).ProducesProblem(StatusCodes.Status429TooManyRequests));
    }

    /// <summary>Whether a request is one to the API, and so is answered in JSON also when it fails.</summary>
    public static bool IsAsked(HttpContext http) =>
        http.Request.Path.StartsWithSegments("/api") || http.Request.Path.StartsWithSegments("/openapi");

    /// <summary>An endpoint that answers a value, or a refusal as problem details.</summary>
    public static void Answers<T>(this RouteHandlerBuilder endpoint) =>
        endpoint
            .Produces<T>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);

    /// <summary>A refusal in the language that is asked for.</summary>
    public static ProblemHttpResult Refused(this HttpContext http, Refusal refusal) =>
        TypedResults.Problem(RefusalProblems.Of(refusal, IsInChinese(http)));

    /// <summary>Answers what nobody foresaw, which the middleware logs: the caller learns that it was not their mistake, and nothing of
    /// the inside.</summary>
    public static Task FaultedAsync(HttpContext http)
    {
        var fault = http.Features.Get<IExceptionHandlerFeature>()?.Error;
        return fault is BadHttpRequestException wrong
            ? Told(http, wrong.StatusCode, wrong.Message).AsTask()
            : Told(http, StatusCodes.Status503ServiceUnavailable).AsTask();
    }

    /// <summary>Answers with problem details of a status.</summary>
    public static ValueTask Told(HttpContext http, int status, string? detail = null)
    {
        var words = Words(status);
        var text = IsInChinese(http) ? words.Zh : words.En;
        http.Response.StatusCode = status;
        if (status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable)
        {
            http.Response.Headers.RetryAfter = "1";
        }

        return new(
            http.Response.WriteAsJsonAsync(
                new ProblemDetails
                {
                    Status = status,
                    Title = text,
                    Detail = detail,
                },
                options: null,
                contentType: Problem,
                http.RequestAborted
            )
        );
    }

    private static Words Words(int status) =>
        status switch
        {
            StatusCodes.Status400BadRequest => new("请求有误", "The request can't be read"),
            StatusCodes.Status404NotFound => new("没有此地址", "There is nothing at this address"),
            StatusCodes.Status405MethodNotAllowed => new("此地址不支持该方法", "This address doesn't take that method"),
            StatusCodes.Status429TooManyRequests => new("请求过于频繁，请稍后再试", "Too many requests; come again a little later"),
            StatusCodes.Status503ServiceUnavailable => new(
                "暂时不能办理，请稍后再试",
                "This can't be done just now; try again a little later"
            ),
            _ => new($"错误 {status.ToString(CultureInfo.InvariantCulture)}", $"Error {status.ToString(CultureInfo.InvariantCulture)}"),
        };

    private static bool IsInChinese(HttpContext http) => !PageLanguages.IsEnglishAskedFor(http);
}
