using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using TownReform.Silo.Api.Conventions;
using TownReform.Silo.Papers.Store;

namespace TownReform.Silo.Papers;

/// <summary>Gives a paper out: somebody may have made it to do harm, so browsers run nothing of it, guess nothing, and show only images and
/// PDF.</summary>
internal sealed class PaperAnswer(Paper paper, PaperStore store, bool save) : IResult
{
    private const string Policy = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'self'";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var headers = httpContext.Response.Headers;
        var disposition = new ContentDispositionHeaderValue(PaperKinds.IsShown(paper.Kind) && !save ? "inline" : "attachment");
        disposition.SetHttpFileName(paper.Name);
        headers.ContentDisposition = disposition.ToString();
        headers.ContentSecurityPolicy = Policy;
        headers.CacheControl = "private, no-store";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        httpContext.Response.ContentType = PaperKinds.MediaType(paper.Kind);
        httpContext.Response.ContentLength = paper.Bytes;
        if (!await store.CopyToAsync(paper.Sha256, httpContext.Response.Body, httpContext.RequestAborted))
        {
            // On record, and not there: somebody has restored a record without its papers.
            httpContext.Response.Clear();
            await httpContext.Unknown().ExecuteAsync(httpContext);
        }
    }
}
