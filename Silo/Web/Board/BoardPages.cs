using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using TownReform.Silo.Api.Conventions;
using TownReform.Silo.Identity;

namespace TownReform.Silo.Web.Board;

/// <summary>Boards of the towns: for leaders, auditors and operators, and for the heads and leaders of a town its own.</summary>
internal static class BoardPages
{
    private static readonly AccountKind[] Readers = [AccountKind.Leader, AccountKind.Auditor, AccountKind.Operator];

    public static void Map(IEndpointRouteBuilder app)
    {
        var pages = app.MapGroup("/board").ExcludeFromDescription();
        pages.MapGet("", HomeAsync).ForSignedIn(Readers).InHeldWorlds();
        pages.MapGet("/{town}", BoardAsync).ForSignedIn([.. Readers, AccountKind.Staff]).InHeldWorlds();
    }

    private static async Task<IResult> HomeAsync(Boards read, TownCalls calls, ITownClock clock, HttpContext http)
    {
        var boards = (await TownsRead.AllAsync(calls.Grains)).Select(town => read.ReadAsync(calls, clock, town));
        return PageResults.Show<BoardHomePage, BoardHomeModel>(Context(http), new BoardHomeModel([.. await Task.WhenAll(boards)]));
    }

    private static async Task<IResult> BoardAsync(
        Boards read,
        TownCalls calls,
        ITownClock clock,
        SpeakingAs speaking,
        HttpContext http,
        string town,
        [FromQuery] bool? wall
    )
    {
        var who = Requester.Of(http);
        if (await TownsRead.FindAsync(calls.Grains, town) is not { } known || !await MayAsync(speaking, who, town))
        {
            return TypedResults.StatusCode(StatusCodes.Status404NotFound);
        }

        var board = await read.ReadAsync(calls, clock, known);
        return PageResults.Show<BoardPage, BoardModel>(Context(http), board with { IsWall = wall is true });
    }

    private static async Task<bool> MayAsync(SpeakingAs speaking, Requester who, string town) =>
        who.Kind != AccountKind.Staff
        || (who.Account?.Town == town && AccessRules.IsSuperior((await speaking.OfficeAsync(who, null)).Value));

    private static PageContext Context(HttpContext http)
    {
        var page = PageContexts.WithForms(http);
        return page.IsSimulated
            ? page
            : page with
            {
                Rooms = Requester.Of(http).Kind == AccountKind.Staff ? [] : [new("/board", new("各乡镇", "Towns"))],
            };
    }
}
