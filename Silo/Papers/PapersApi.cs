using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using TownReform.Grains.Rules.Cases;
using TownReform.Silo.Api.Conventions;
using TownReform.Silo.Identity;
using TownReform.Silo.Papers.Store;

namespace TownReform.Silo.Papers;

/// <summary>Papers over HTTP: one file is handed in at a time; whoever handed it in sees it, and whoever may read a case that has
/// it.</summary>
internal static class PapersApi
{
    /// <summary>What a form adds around a file.</summary>
    private const long Around = 64 * 1024;

    private const int MostInAnHour = 30,
        MostOfStaffInAnHour = 600,
        LongestBoundary = 70;

    private static readonly Words NotTheirs = new(
        "材料由当事人、代理人或经办机构提交；此账号只供查阅。",
        "Papers are handed in by parties, their agents, or the office that handles the case; this account only reads."
    );

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/papers", TakeAsync)
            .WithName("UploadPaper")
            .WithSummary("Hands in one file (材料); its answer is what a field of papers takes")
            .Accepts<IFormFile>("multipart/form-data")
            .Produces<PaperResource>(StatusCodes.Status201Created)
            .Problems(
                StatusCodes.Status400BadRequest,
                StatusCodes.Status403Forbidden,
                StatusCodes.Status413PayloadTooLarge,
                StatusCodes.Status415UnsupportedMediaType,
                StatusCodes.Status422UnprocessableEntity
            )
            .DisableAntiforgery();
        api.MapGet("/papers/{sha256}", ReadAsync)
            .WithName("GetPaper")
            .WithSummary("A file that you handed in, or that a case has which you may read")
            .Produces(StatusCodes.Status200OK, contentType: "application/octet-stream")
            .Problems(StatusCodes.Status404NotFound, StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> TakeAsync(HttpContext http, Requester who, PaperStore store)
    {
        if (!HandsIn(who))
        {
            return http.Wrong(StatusCodes.Status403Forbidden, NotTheirs);
        }

        if (await IsTooManyAsync(who, store, http.RequestAborted))
        {
            return http.Wrong(StatusCodes.Status429TooManyRequests);
        }

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = PaperLists.MostOfOne + Around;
        }

        return await TakeFileAsync(http, who, store);
    }

    // Whoever only reads has no case to which a file could go.
    private static bool HandsIn(Requester who) =>
        (!who.Parties.IsEmpty && who.May(KeyScopes.ApplyForParty))
        || (CaseFiles.SpeaksForOffice(who) && (who.May(KeyScopes.ActForOffice) || who.May(KeyScopes.CountyFiles)));

    private static async Task<IResult> TakeFileAsync(HttpContext http, Requester who, PaperStore store)
    {
        try
        {
            return await FileAsync(http) is not var (content, name)
                ? http.Wrong(
                    StatusCodes.Status400BadRequest,
                    new("请用 multipart/form-data 发送一个文件。", "Send one file as multipart/form-data.")
                )
                : TypedResults.Created(
                    (string?)null,
                    PaperResource.Of(await store.TakeAsync(content, name, who.AccountId!, http.RequestAborted))
                );
        }
        catch (PaperRefusedException refused)
        {
            return Refused(http, refused.Fault);
        }
        catch (Exception e) when (e is InvalidDataException or IOException and not BadHttpRequestException && http.Request.Body.CanRead)
        {
            return http.Wrong(
                StatusCodes.Status400BadRequest,
                new("上传中断，或不是完整的表单；请重新上传。", "The upload broke off, or is no whole form; upload it again.")
            );
        }
    }

    private static IResult Refused(HttpContext http, PaperFault fault) =>
        http.Wrong(
            fault switch
            {
                PaperFault.TooLarge => StatusCodes.Status413PayloadTooLarge,
                PaperFault.KindUnknown or PaperFault.KindWrong => StatusCodes.Status415UnsupportedMediaType,
                PaperFault.ScannerFailed => StatusCodes.Status503ServiceUnavailable,
                _ => StatusCodes.Status422UnprocessableEntity,
            },
            PaperFaultWords.Of(fault),
            "file"
        );

    // Each part as it comes; nothing of it is kept in memory, or on disk by anybody but the store.
    private static async Task<(Stream Content, string Name)?> FileAsync(HttpContext http)
    {
        if (
            !MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type)
            || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 and <= LongestBoundary } boundary
        )
        {
            return null;
        }

        var parts = new MultipartReader(boundary, http.Request.Body);
        while (await parts.ReadNextSectionAsync(http.RequestAborted) is { } part)
        {
            if (
                ContentDispositionHeaderValue.TryParse(part.ContentDisposition, out var disposition)
                && (disposition.FileNameStar.Value ?? HeaderUtilities.RemoveQuotes(disposition.FileName).Value) is { Length: > 0 } name
            )
            {
                return (part.Body, name);
            }
        }

        return null;
    }

    /// <summary>Whether somebody has handed in as much within the last hour as one may.</summary>
    public static async Task<bool> IsTooManyAsync(Requester who, PaperStore store, CancellationToken cancellation) =>
        await store.CountAsync(who.AccountId!, TimeSpan.FromHours(1), cancellation)
        >= (who.Account!.Parties.IsEmpty ? MostOfStaffInAnHour : MostInAnHour);

    /// <param name="case">A case that has it; null for what one has handed in oneself.</param>
    /// <param name="save">To be saved, not shown.</param>
    private static async Task<IResult> ReadAsync(
        HttpContext http,
        Requester who,
        PaperStore store,
        CaseFiles files,
        string sha256,
        [FromQuery(Name = "case")] string? @case,
        [FromQuery] string? office,
        [FromQuery] string? reason,
        [FromQuery] bool save = false
    )
    {
        if (sha256.Length != 64 || !sha256.All(char.IsAsciiHexDigitLower))
        {
            return http.Unknown();
        }

        if (@case is null)
        {
            return await store.FindAsync(sha256, who.AccountId!, http.RequestAborted) is { } own
                ? new PaperAnswer(own, store, save)
                : http.Unknown();
        }

        return
            (await files.OpenAsync(who, @case, new(FilePart.Paper, reason), office)).IsRefused(out var refusal, out var file)
            || PaperLists.In(file.Case.Fields).FirstOrDefault(paper => paper.Sha256 == sha256) is not { } paper
            ? refusal is null or { Code: RefusalCode.CaseUnknown }
                ? http.Unknown()
                : http.Refused(refusal)
            : new PaperAnswer(paper, store, save);
    }
}

/// <summary>What was taken in.</summary>
/// <param name="Field">The value of a field of papers with this one; of several, parted by semicolons.</param>
internal sealed record PaperResource(string Name, string MediaType, long Bytes, string Sha256, string Field)
{
    public static PaperResource Of(Paper paper) =>
        new(paper.Name, PaperKinds.MediaType(paper.Kind), paper.Bytes, paper.Sha256, PaperLists.Write([paper]));
}
