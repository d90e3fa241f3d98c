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
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/audit/streams/{**stream}", ReadAsync)
            .WithName("ReadStream")
            .WithSummary("Records of a stream as they are stored, above a version; at most 500 at a time")
            .Answers<StreamRecords>();
        api.MapGet("/audit/verify", VerifyAsync)
            .WithName("VerifyRecord")
            .WithSummary("Recomputes every chain from what is stored; on a large town it takes minutes")
            .Answers<AuditReport>();
    }

    private static async Task<IResult> ReadAsync(HttpContext http, Requester who, TownCalls town, string stream, [FromQuery] long? after) =>
        MayNot(http, who)
        ?? TypedResults.Ok(
            new StreamRecords(
                stream,
                await TownCalls.AskAsync(() =>
                    town.Grains.Grain<IAuditGrain>(Address.Live).ReadStreamAsync(stream, Math.Max(after ?? 0, 0))
                )
            )
        );

    private static async Task<IResult> VerifyAsync(HttpContext http, Requester who, TownCalls town) =>
        MayNot(http, who) ?? TypedResults.Ok(await TownCalls.AskAsync(() => town.Grains.Grain<IAuditGrain>(Address.Live).VerifyAsync()));

    // For everybody else there is nothing here.
    private static IResult? MayNot(HttpContext http, Requester who) =>
        who.Kind != AccountKind.Auditor ? http.Unknown()
        : !who.May(KeyScopes.Read) ? http.Refused(IdentityRefusals.OutsideScope(KeyScopes.Read))
        : null;
}
