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
            .Answers<FilingList>()
            .InHeldWorlds();
        api.MapGet("/county/{office}/filings/{case}", ReadAsync)
            .WithName("GetFiling")
            .WithSummary("The filing of one case")
            .Answers<FilingView>()
            .InHeldWorlds();
        api.MapPost("/county/{office}/filings/{case}", AnswerAsync)
            .WithName("AnswerFiling")
            .WithSummary("Files or forwards a sealed decision; a refusal or a demand for another seal is refused and recorded (B2)")
            .Answers<FilingView>()
            .TakesJson();
    }

    private static async Task<IResult> ListAsync(
        HttpContext http,
        Requester who,
        Desks desks,
        string office,
        [FromQuery] bool? all,
        [FromQuery] string? county
    )
    {
        if ((await desks.DepartmentAsync(who, office, county, KeyScopes.Read)).IsRefused(out var refusal, out var department))
        {
            return http.Refused(refusal);
        }

        var filings = await TownCalls.AskAsync(() => department.Grain.ListFilingsAsync(all is not true));
        return TypedResults.Ok(new FilingList(filings));
    }

    private static async Task<IResult> ReadAsync(
        HttpContext http,
        Requester who,
        Desks desks,
        string office,
        string @case,
        [FromQuery] string? county
    ) =>
        (await desks.DepartmentAsync(who, office, county, KeyScopes.Read)).IsRefused(out var refusal, out var department)
            ? http.Refused(refusal)
            : http.Answer(await TownCalls.SendAsync(() => department.Grain.ReadFilingAsync(@case)));

    private static async Task<IResult> AnswerAsync(
        HttpContext http,
        Requester who,
        IdempotencyKey key,
        Desks desks,
        ITownClock clock,
        string office,
        string @case,
        [FromBody] FilingRequest answer
    )
    {
        if ((await desks.DepartmentAsync(who, office, null, KeyScopes.CountyFiles)).IsRefused(out var refusal, out var department))
        {
            return http.Refused(refusal);
        }

        var stamp = new Stamp(key.CommandOf(who.AccountId!), department.Speaker!.Actor, await clock.NowAsync());
        var command = new AnswerFiling(stamp, @case, answer.Answer, answer.SpecialCircumstance, answer.Comment);
        return http.AnswerCommand(await TownCalls.SendAsync(() => department.Grain.AnswerFilingAsync(command)));
    }
}
