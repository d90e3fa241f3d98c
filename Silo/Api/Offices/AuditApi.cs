using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using TownReform.Silo.Api.Conventions;
using TownReform.Silo.Identity;

namespace TownReform.Silo.Api.Offices;

/// <param name="Records">In order; at most 500.</param>
internal sealed record StreamRecords(string Stream, ImmutableArray<AuditRecord> Records);

/// <summary>The record over HTTP, for auditors.</summary>
internal static class AuditApi
{
    private const string OfCase = "case/";

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/audit/streams/{**stream}", ReadAsync)
            .WithName("ReadStream")
            .WithSummary("Records of a stream as they are stored, above a version; at most 500 at a time")
            .Answers<StreamRecords>()
            .InHeldWorlds();
        api.MapGet("/audit/verify", VerifyAsync)
            .WithName("VerifyRecord")
            .WithSummary("Recomputes every chain from what is stored; on a large town it takes minutes")
            .Answers<AuditReport>()
            .InHeldWorlds();
    }

    private static async Task<IResult> ReadAsync(
        HttpContext http,
        Requester who,
        CaseFiles files,
        TownCalls town,
        string stream,
        [FromQuery] long? after,
        [FromQuery] string? reason
    )
    {
        if (MayNot(http, who, town) is { } no)
        {
            return no;
        }

        // The records of a case are its file.
        if (
            stream.StartsWith(OfCase, StringComparison.OrdinalIgnoreCase)
            && (await files.OpenAsync(who, stream[OfCase.Length..], new(FilePart.Export, reason))).IsRefused(out var refusal, out _)
        )
        {
            return http.Refused(refusal);
        }

        var records = await TownCalls.AskAsync(() =>
            town.Grains.Grain<IAuditGrain>(town.World).ReadStreamAsync(stream, Math.Max(after ?? 0, 0))
        );
        return TypedResults.Ok(new StreamRecords(stream, records));
    }

    private static async Task<IResult> VerifyAsync(HttpContext http, Requester who, TownCalls town) =>
        MayNot(http, who, town)
        ?? TypedResults.Ok(await TownCalls.AskAsync(() => town.Grains.Grain<IAuditGrain>(town.World).VerifyAsync()));

    // For everybody else there is nothing here.
    private static IResult? MayNot(HttpContext http, Requester who, TownCalls town) =>
        who.Kind != AccountKind.Auditor && town.Held is null ? http.Unknown()
        : !who.May(KeyScopes.Read) ? http.Refused(IdentityRefusals.OutsideScope(KeyScopes.Read))
        : null;
}
