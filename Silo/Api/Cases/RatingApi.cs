using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using TownReform.Silo.Api.Conventions;
using TownReform.Silo.Identity;

namespace TownReform.Silo.Api.Cases;

/// <param name="Level">1 (very bad) to 5 (very good).</param>
/// <param name="Words">What the party has to say; left out for nothing.</param>
internal sealed record RatingRequest(int Level, string? Words = null);

/// <summary>How a party rates the handling of its case (好差评, B12), over HTTP.</summary>
internal static class RatingApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/cases/{number}/rating", ReadAsync)
            .WithName("GetRating")
            .WithSummary("Your rating of a case, and until when you can give it")
            .Answers<RatingView>();
        api.MapPost("/cases/{number}/rating", RateAsync)
            .WithName("RateCase")
            .WithSummary("Rates how a case of yours was handled, once, within 30 days of its end; 1 or 2 opens a return visit (回访)")
            .Answers<RatingView>(StatusCodes.Status201Created)
            .TakesJson();
    }

    private static async Task<IResult> ReadAsync(HttpContext http, Requester who, CaseRatings ratings, string number) =>
        http.Answer(await ratings.ReadAsync(who, number));

    private static async Task<IResult> RateAsync(
        HttpContext http,
        Requester who,
        IdempotencyKey key,
        CaseRatings ratings,
        string number,
        [FromBody] RatingRequest rating
    )
    {
        if ((await ratings.MayAsync(who, number)).IsRefused(out var refusal, out var known))
        {
            return http.Refused(refusal);
        }

        return (await ratings.RateAsync(who, known.Number, known.Actor!, key, rating)).IsRefused(out refusal, out var given)
            ? http.RefusedCommand(refusal)
            : TypedResults.Created($"{ApiPaths.Cases}/{given.Case}/rating", given);
    }
}

/// <summary>Reads and gives ratings, for parties and who acts for them.</summary>
internal sealed class CaseRatings(CaseFiles files, TownCalls town, ITownClock clock)
{
    public async Task<Outcome<RatingView>> ReadAsync(Requester who, string number) =>
        (await MayAsync(who, number)).IsRefused(out var refusal, out var known) ? refusal : await OfAsync(known.Number);

    /// <summary>Whether somebody may rate a case, and as whom.</summary>
    public Task<Outcome<KnownCase>> MayAsync(Requester who, string number) => files.MayAsync(who, number, CaseRights.Rate);

    /// <summary>That of a case which somebody may see.</summary>
    public Task<Outcome<RatingView>> OfAsync(string number) => TownCalls.SendAsync(() => Rating(number).ReadAsync());

    /// <summary>Rates a case that somebody may rate.</summary>
    /// <param name="actor">As whom.</param>
    public async Task<Outcome<RatingView>> RateAsync(Requester who, string number, Actor actor, IdempotencyKey key, RatingRequest rating)
    {
        var stamp = new Stamp(key.CommandOf(who.AccountId!), actor, await clock.NowAsync());
        var words = string.IsNullOrWhiteSpace(rating.Words) ? null : rating.Words;
        return await TownCalls.SendAsync(() => Rating(number).RateAsync(new RateCase(stamp, rating.Level, words)));
    }

    private IRatingGrain Rating(string number) => town.Grains.Grain<IRatingGrain>(Address.Case(town.World, number));
}
