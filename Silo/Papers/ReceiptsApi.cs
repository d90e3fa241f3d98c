using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using TownReform.Silo.Api;
using TownReform.Silo.Api.Conventions;

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
