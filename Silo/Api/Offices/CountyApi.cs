using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using TownReform.Silo.Api.Conventions;
using TownReform.Silo.Identity;

namespace TownReform.Silo.Api.Offices;

/// <summary>What a department does with a sealed decision (B2).</summary>
/// <param name="Answer">Filing or forwarding; anything else is refused and recorded as an interference.</param>
/// <param name="Comment">What the department says to the decision, as guidance (A5).</param>
/// <param name="SpecialCircumstance">The reason for another seal, where the plan allows one.</param>
internal sealed record FilingRequest(FilingAnswer Answer, string? Comment = null, string? SpecialCircumstance = null);

/// <param name="Filings">Oldest first.</param>
internal sealed record FilingList(ImmutableArray<FilingView> Filings);

/// <summary>A department's part over HTTP: it files what the town has sealed, or forwards it, and comments while it guides.</summary>
internal static class CountyApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/county/{office}/filings", ListAsync)
            .WithName("ListFilings")
            .WithSummary("Sealed decisions that a department has to file or forward (备案、转报), oldest first")
            .Answers<FilingList>();
        api.MapGet("/county/{office}/filings/{case}", ReadAsync)
            .WithName("GetFiling")
            .WithSummary("The filing of one case")
            .Answers<FilingView>();
        api.MapPost("/county/{office}/filings/{case}", AnswerAsync)
            .WithName("AnswerFiling")
            .WithSummary("Files or forwards a sealed decision; a refusal or a demand for another seal is refused and recorded (B2)")
            .Answers<FilingView>()
            .TakesJson();
    }

    private static async Task<IResult> ListAsync(
        HttpContext http,
        Requester who,
        SpeakingAs speaking,
        TownCalls town,
        string office,
        [FromQuery] bool? all
    )
    {
        if ((await SpeakerAsync(who, speaking, office, KeyScopes.Read)).IsRefused(out var refusal, out var speaker))
        {
            return http.Refused(refusal);
        }

        var filings = await TownCalls.AskAsync(() => Office(town, speaker).ListFilingsAsync(all is not true));
        return TypedResults.Ok(new FilingList(filings));
    }

    private static async Task<IResult> ReadAsync(
        HttpContext http,
        Requester who,
        SpeakingAs speaking,
        TownCalls town,
        string office,
        string @case
    ) =>
        (await SpeakerAsync(who, speaking, office, KeyScopes.Read)).IsRefused(out var refusal, out var speaker)
        || (await TownCalls.SendAsync(() => Office(town, speaker).ReadFilingAsync(@case))).IsRefused(out refusal, out var filing)
            ? http.Refused(refusal)
            : TypedResults.Ok(filing);

    private static async Task<IResult> AnswerAsync(
        HttpContext http,
        Requester who,
        IdempotencyKey key,
        SpeakingAs speaking,
        TownCalls town,
        ITownClock clock,
        string office,
        string @case,
        [FromBody] FilingRequest answer
    )
    {
        if ((await SpeakerAsync(who, speaking, office, KeyScopes.CountyFiles)).IsRefused(out var refusal, out var speaker))
        {
            return http.Refused(refusal);
        }

        var stamp = new Stamp(key.CommandOf(who.AccountId!), speaker.Actor, await clock.NowAsync());
        var command = new AnswerFiling(stamp, @case, answer.Answer, answer.SpecialCircumstance, answer.Comment);
        return (await TownCalls.SendAsync(() => Office(town, speaker).AnswerFilingAsync(command))).IsRefused(out refusal, out var filing)
            ? http.Refused(refusal)
            : TypedResults.Ok(filing);
    }

    private static async Task<Outcome<Speaker>> SpeakerAsync(Requester who, SpeakingAs speaking, string office, KeyScopes scope) =>
        !who.May(scope) ? IdentityRefusals.OutsideScope(scope)
        : who.Account is not { CountyOffice: not null } ? IdentityRefusals.NoOffice(office)
        : await speaking.OfficeAsync(who, office);

    private static ICountyOfficeGrain Office(TownCalls town, Speaker speaker) =>
        town.Grains.Grain<ICountyOfficeGrain>(Address.CountyOffice(Address.Live, speaker.County!, speaker.Actor.Office));
}
