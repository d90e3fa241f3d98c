using Microsoft.AspNetCore.Http;
using TownReform.Silo.Identity;
using TownReform.Silo.Web.Acts;

namespace TownReform.Silo.Web.My;

/// <summary>Lets parties in to their own pages; sends others to sign in, or says that the page isn't theirs.</summary>
internal static class PartyDoor
{
    public static async ValueTask<object?> LetInAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var who = Requester.Of(http);
        if (who.IsAnonymous)
        {
            return HttpMethods.IsPost(http.Request.Method) && http.Request.HasFormContentType
                ? SessionEnded.Show(http, await http.Request.ReadFormAsync(http.RequestAborted))
                : SignInFirst.Ask(http);
        }

        return who.Parties.IsEmpty ? TypedResults.StatusCode(StatusCodes.Status403Forbidden) : await next(context);
    }
}
