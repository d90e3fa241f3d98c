using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using TownReform.Silo.Identity;

namespace TownReform.Silo.Web.Acts;

/// <summary>
/// A form as it was sent, and whether a page of this site made it. An endpoint that reads it so answers an aged page with what was typed,
/// where the framework's own check would throw it away; only a form of ours may command.
/// </summary>
/// <param name="Form">What was typed.</param>
/// <param name="IsOurs">It carries a token that this site gave to whoever sends it.</param>
internal sealed record SentForm(IFormCollection Form, bool IsOurs)
{
    /// <summary>Bytes of one form with its files at most; a case may have more, handed in one after the other.</summary>
    private const long MostTogether = 64L << 20;

    /// <summary>What is said above a form that was sent from a page which had grown old.</summary>
    public static readonly Words Aged = new(
        "此页已过期，尚未提交。您填写的内容都在，请核对后重新提交。",
        "The page had grown old, and nothing was sent. What you typed is still here: check it and send it again."
    );

    /// <exception cref="BadHttpRequestException">It is no form.</exception>
    public static async Task<SentForm> ReadAsync(HttpContext http)
    {
        if (!http.Request.HasFormContentType)
        {
            throw new BadHttpRequestException("No form.", StatusCodes.Status400BadRequest);
        }

        // Files come with forms of whoever has signed in; the store looks at each of them.
        if (
            !Requester.Of(http).IsAnonymous
            && http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size
            && http.Request.ContentType?.StartsWith("multipart/form-data", StringComparison.OrdinalIgnoreCase) == true
        )
        {
            size.MaxRequestBodySize = MostTogether;
        }

        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var isOurs = await http.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(http);
        return new(form, isOurs);
    }

    /// <summary>A value by its name; empty where it wasn't sent.</summary>
    public string this[string name] => Form[name].ToString().Trim();
}
