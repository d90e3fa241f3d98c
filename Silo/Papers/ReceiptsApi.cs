using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using TownReform.Silo.Api;
using TownReform.Silo.Api.Conventions;
using TownReform.Silo.Identity;

namespace TownReform.Silo.Papers;

/// <summary>Receipts over HTTP: the public keys, and whether a receipt holds. Anybody may ask both.</summary>
internal static class ReceiptsApi
{
    public const string Keys = "/.well-known/townreform-keys";

    private const int KeptForSeconds = 300;

    public static void MapKeys(IEndpointRouteBuilder app) => app.MapGet(Keys, KeysAsync).RequireRateLimiting(ApiEndpoints.ByAddress);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/receipts/verify", VerifyAsync)
            .WithName("VerifyReceipt")
            .WithSummary("Whether a signed receipt holds: signature, its record, and what followed")
            .Produces<ReceiptVerdict>()
            .TakesJson();

    /// <summary>For whoever may read the case.</summary>
    public static void MapIssuing(IEndpointRouteBuilder api) =>
        api.MapGet("/cases/{number}/receipt", IssueAsync)
            .WithName("GetReceipt")
            .WithSummary("A signed receipt (留痕回执) of a record of a case, to be kept and checked later")
            .Answers<SignedReceipt>();

    /// <summary>A receipt of a case that somebody may read.</summary>
    /// <param name="version">Number of the record; null for the last.</param>
    public static async Task<Outcome<SignedReceipt>> FindAsync(
        Requester who,
        CaseFiles files,
        TownCalls town,
        string number,
        long? version,
        string? office,
        string? reason
    ) =>
        (await files.OpenAsync(who, number, new(FilePart.Document, reason), office)).IsRefused(out var refusal, out var file)
            ? refusal
            : await TownCalls.SendAsync(() => town.Grains.GetGrain<IReceiptGrain>(Address.Live).IssueAsync(file.Case.Number, version));

    private static async Task<IResult> IssueAsync(
        HttpContext http,
        Requester who,
        CaseFiles files,
        TownCalls town,
        string number,
        [FromQuery] long? at,
        [FromQuery] string? office,
        [FromQuery] string? reason
    ) => http.Answer(await FindAsync(who, files, town, number, version: at, office: office, reason: reason));

    private static async Task<IResult> KeysAsync(IGrainFactory grains, HttpContext http)
    {
        http.Response.Headers.CacheControl = FormattableString.Invariant($"public, max-age={KeptForSeconds}");
        return TypedResults.Text(await grains.GetGrain<IReceiptGrain>(Address.Live).KeysAsync(), "application/jwk-set+json");
    }

    private static async Task<Ok<ReceiptVerdict>> VerifyAsync(IGrainFactory grains, ReceiptToVerify receipt) =>
        TypedResults.Ok(await grains.GetGrain<IReceiptGrain>(Address.Live).CheckAsync(receipt.Signed));
}

/// <param name="Signed">JWS in compact form, as it was handed out.</param>
internal sealed record ReceiptToVerify(string Signed);
