using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using TownReform.Grains.Rules.Cases;
using TownReform.Silo.Api.Cases;
using TownReform.Silo.Api.Conventions;
using TownReform.Silo.Identity;

namespace TownReform.Silo.Api.Offices;

/// <summary>One act on many cases.</summary>
/// <param name="Act">Code of the act.</param>
/// <param name="Cases">Their numbers, at most 50; one that is named twice counts once.</param>
/// <param name="Fields">What is filled in, the same for all.</param>
internal sealed record BatchRequest(string Act, IReadOnlyList<string> Cases, IReadOnlyDictionary<string, string>? Fields = null);

/// <summary>What became of each case, in the order in which they were named.</summary>
internal sealed record BatchOutcomes(ImmutableArray<BatchOutcome> Outcomes);

/// <param name="Status">That of the same act on this case alone: 200 when it is done.</param>
/// <param name="View">The case after it; null where it was refused.</param>
/// <param name="Problem">Why not; null where it was done.</param>
internal sealed record BatchOutcome(string Case, int Status, CaseView? View, Problem? Problem);

/// <summary>Acts on many cases of an office over HTTP (批量办理).</summary>
internal static class BatchApi
{
    private static readonly Words Unnamed = new("每件案件都须写明编号。", "Each case must be named by its number.");

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/offices/{office}/batch", ActAsync)
            .WithName("ActOnMany")
            .WithSummary("Does one act on up to 50 cases; each answers for itself, and what the law refuses stands on its record")
            .Answers<BatchOutcomes>(StatusCodes.Status207MultiStatus)
            .TakesJson();

    private static async Task<IResult> ActAsync(
        HttpContext http,
        Requester who,
        IdempotencyKey key,
        CaseBatch batch,
        SpeakingAs speaking,
        string office,
        [FromBody] BatchRequest sent
    )
    {
        if (!who.May(KeyScopes.ActForOffice))
        {
            return http.Refused(IdentityRefusals.OutsideScope(KeyScopes.ActForOffice));
        }

        if ((await speaking.OfficeAsync(who, office)).IsRefused(out var refusal, out _))
        {
            return http.Refused(refusal);
        }

        // JSON may have nothing where a number belongs.
        if (sent.Cases.Contains(null!))
        {
            return http.Wrong(StatusCodes.Status422UnprocessableEntity, Unnamed, "cases");
        }

        string[] cases = [.. sent.Cases.Distinct(StringComparer.OrdinalIgnoreCase)];
        if (cases.Length is 0 or > BatchRules.MostCases)
        {
            return http.Wrong(StatusCodes.Status422UnprocessableEntity, CaseBatch.HowMany(cases.Length), "cases");
        }

        var fields = FieldsSent.Of(sent.Fields);
        var done = await batch.ActAsync(who, office, key, new(sent.Act, cases, fields));
        return TypedResults.Json(
            new BatchOutcomes([.. done.Select(one => Of(one, http.IsInChinese()))]),
            statusCode: StatusCodes.Status207MultiStatus
        );
    }

    private static BatchOutcome Of(BatchAnswer one, bool inChinese) =>
        one.Answer.IsRefused(out var refusal, out var view)
            ? new(one.Case, RefusalStatus.Of(refusal.Code), null, ProblemAnswers.Of(refusal, inChinese, one.IsOfCase))
            : new(view.Number, StatusCodes.Status200OK, view, null);
}
