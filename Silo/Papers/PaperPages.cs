using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using TownReform.Silo.Api.Conventions;
using TownReform.Silo.Identity;
using TownReform.Silo.Web;
using TownReform.Silo.Web.Public;

namespace TownReform.Silo.Papers;

/// <summary>Pages of documents and receipts, and the public page that checks them.</summary>
internal static class PaperPages
{
    private const int LongestFile = 64 * 1024;

    public static void Map(IEndpointRouteBuilder app)
    {
        var pages = app.MapGroup("").ExcludeFromDescription().RequireRateLimiting(RequestLimits.Policy);
        pages.MapGet("/verify", VerifyAsync);
        // It changes nothing, so nobody gains by sending it in another's name.
        pages.MapPost("/verify", VerifyFileAsync).DisableAntiforgery();
        pages.MapGet("/documents/{number}/{id}", DocumentAsync).InHeldWorlds();
        pages.MapGet("/receipts/{number}", ReceiptAsync);
    }

    private static async Task<IResult> VerifyAsync(
        HttpContext http,
        TownCalls town,
        PublicDesk desk,
        string? receipt,
        string? number,
        string? record,
        string? words
    )
    {
        http.Response.Headers.CacheControl = "no-store";
        var receipts = town.Grains.GetGrain<IReceiptGrain>(Address.Live);
        ReceiptVerdict? verdict = null;
        if (receipt is { Length: > 0 })
        {
            verdict = await TownCalls.AskAsync(() => receipts.CheckAsync(receipt));
        }
        else if (words is { Length: > 0 })
        {
            var version = long.TryParse(record, NumberStyles.None, CultureInfo.InvariantCulture, out var read) ? read : 0;
            verdict = await TownCalls.AskAsync(() => receipts.CheckWordsAsync((number ?? "").Trim().ToUpperInvariant(), version, words));
        }

        var model = new VerifyModel(receipt ?? "", number ?? "", record ?? "", words ?? "", verdict);
        return verdict is null && number is { Length: > 0 }
            ? Show(http, model with { IsOfRegister = true, Decision = await desk.DecisionAsync(number) })
            : Show(http, model);
    }

    private static async Task<IResult> VerifyFileAsync(HttpContext http, TownCalls town, IFormFile? file)
    {
        http.Response.Headers.CacheControl = "no-store";
        var text = "";
        if (file is { Length: > 0 and <= LongestFile })
        {
            using var reader = new StreamReader(file.OpenReadStream());
            text = await reader.ReadToEndAsync(http.RequestAborted);
        }

        var receipts = town.Grains.GetGrain<IReceiptGrain>(Address.Live);
        return Show(http, new VerifyModel(text.Trim(), "", "", "", await TownCalls.AskAsync(() => receipts.CheckAsync(text))));
    }

    private static async Task<IResult> DocumentAsync(
        HttpContext http,
        Requester who,
        CaseFiles files,
        TownCalls town,
        string number,
        string id,
        [FromQuery] string? office,
        [FromQuery] string? reason
    ) =>
        (await DocumentsApi.FindAsync(who, files, town, number, id, office: office, reason: reason)).IsRefused(
            out var refusal,
            out var document
        )
            ? TypedResults.StatusCode(RefusalStatus.Of(refusal.Code))
            : ShowDocument(http, number, document, office);

    /// <summary>A document as a page of its own.</summary>
    public static IResult ShowDocument(HttpContext http, string number, CaseDocument document, string? office)
    {
        http.Response.Headers.CacheControl = "no-store";
        var (page, verify) = (PageContexts.Of(http), $"{Root(http)}/verify");
        return PageResults.Show<DocumentPage, DocumentModel>(
            page,
            new DocumentModel(
                document,
                verify,
                QrCode.Picture(FormattableString.Invariant($"{verify}?number={Uri.EscapeDataString(number)}&record={document.Version}")),
                page.IsSimulated ? page.Link($"/track?number={Uri.EscapeDataString(number)}")
                    : office is null ? $"/my/cases/{number}"
                    : $"/o/{Uri.EscapeDataString(office)}/cases/{number}"
            )
        );
    }

    private static async Task<IResult> ReceiptAsync(
        HttpContext http,
        Requester who,
        CaseFiles files,
        TownCalls town,
        string number,
        [FromQuery] long? record,
        [FromQuery] string? office,
        [FromQuery] string? reason
    )
    {
        var found = await ReceiptsApi.FindAsync(who, files, town, number, version: record, office: office, reason: reason);
        if (found.IsRefused(out var refusal, out var signed))
        {
            return TypedResults.StatusCode(RefusalStatus.Of(refusal.Code));
        }

        http.Response.Headers.CacheControl = "no-store";
        var address = $"{Root(http)}/verify";
        return PageResults.Show<ReceiptPage, ReceiptModel>(
            PageContexts.Of(http),
            new ReceiptModel(signed, address, QrCode.Picture($"{address}?receipt={signed.Signed}"))
        );
    }

    private static IResult Show(HttpContext http, VerifyModel model) =>
        PageResults.Show<VerifyPage, VerifyModel>(
            PageContexts.Of(http),
            model,
            model.Verdict is { Holds: false } ? StatusCodes.Status422UnprocessableEntity
                : model.IsUnknown ? StatusCodes.Status404NotFound
                : StatusCodes.Status200OK
        );

    private static string Root(HttpContext http) => $"{http.Request.Scheme}://{http.Request.Host}";
}

/// <summary>The page that checks receipts.</summary>
/// <param name="Signed">Text that was sent.</param>
/// <param name="Verdict">Null before anything was sent.</param>
public sealed record VerifyModel(string Signed, string Number, string Record, string Words, ReceiptVerdict? Verdict)
{
    /// <summary>A number was asked for without words: what the public register says of it.</summary>
    public bool IsOfRegister { get; init; }

    /// <summary>What it says; null for nothing.</summary>
    public PublishedDecision? Decision { get; init; }

    /// <summary>The register has nothing of the number, whatever else there may be.</summary>
    public bool IsUnknown => IsOfRegister && Decision is null;
}

/// <param name="Verify">Address at which it can be checked.</param>
/// <param name="Qr">Picture of the code that leads there.</param>
/// <param name="Back">The case's own page.</param>
public sealed record DocumentModel(CaseDocument Document, string Verify, string Qr, string Back);

/// <param name="Address">Address at which it can be checked.</param>
/// <param name="Qr">Picture of the code that leads there.</param>
public sealed record ReceiptModel(SignedReceipt Signed, string Address, string Qr);
