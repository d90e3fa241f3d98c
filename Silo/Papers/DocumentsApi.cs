using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using TownReform.Grains.Rules.Cases;
using TownReform.Silo.Api.Conventions;
using TownReform.Silo.Identity;

namespace TownReform.Silo.Papers;

/// <summary>Documents (文书) over HTTP, for whoever may read the case: as JSON, or as a page to print.</summary>
internal static class DocumentsApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/cases/{number}/documents", ListAsync)
            .WithName("ListDocuments")
            .WithSummary("The documents (文书) that a case has issued, oldest first")
            .Answers<CaseDocuments>()
            .InHeldWorlds();
        api.MapGet("/cases/{number}/documents/{id}", ReadAsync)
            .WithName("GetDocument")
            .WithSummary("One document; as a page to print where text/html is asked for")
            .Answers<CaseDocument>()
            .InHeldWorlds();
    }

    /// <summary>One document of a case; refused where there is none, or the case isn't theirs.</summary>
    public static async Task<Outcome<CaseDocument>> FindAsync(
        Requester who,
        CaseFiles files,
        TownCalls town,
        string number,
        string id,
        string? office,
        string? reason
    ) =>
        (await AllAsync(who, files, town, number, office, reason)).IsRefused(out var refusal, out var all) ? refusal
        : all.Documents.FirstOrDefault(document => document.Id == id) is { } found ? found
        : CaseRefusals.Unknown($"{number}/{id}");

    private static async Task<IResult> ListAsync(
        HttpContext http,
        Requester who,
        CaseFiles files,
        TownCalls town,
        string number,
        [FromQuery] string? office,
        [FromQuery] string? reason
    ) => http.Answer(await AllAsync(who, files, town, number, office, reason));

    private static async Task<IResult> ReadAsync(
        HttpContext http,
        Requester who,
        CaseFiles files,
        TownCalls town,
        string number,
        string id,
        [FromQuery] string? office,
        [FromQuery] string? reason
    ) =>
        (await FindAsync(who, files, town, number, id, office: office, reason: reason)).IsRefused(out var refusal, out var document)
            ? http.Refused(refusal)
        : IsPageAskedFor(http) ? PaperPages.ShowDocument(http, number, document, office)
        : TypedResults.Ok(document);

    private static async Task<Outcome<CaseDocuments>> AllAsync(
        Requester who,
        CaseFiles files,
        TownCalls town,
        string number,
        string? office,
        string? reason
    ) =>
        (await files.OpenAsync(who, number, new(FilePart.Document, reason), office)).IsRefused(out var refusal, out var file)
            ? refusal
            : await TownCalls.SendAsync(() => town.Case(file.Case.Number).DocumentsAsync());

    private static bool IsPageAskedFor(HttpContext http) =>
        http.Request.GetTypedHeaders().Accept.OrderByDescending(type => type.Quality ?? 1).FirstOrDefault()?.MediaType.Value == "text/html";
}
