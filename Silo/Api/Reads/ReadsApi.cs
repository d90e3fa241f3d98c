using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using TownReform.Silo.Api.Conventions;
using TownReform.Silo.Identity;

namespace TownReform.Silo.Api.Reads;

/// <summary>Which days to look at; both count.</summary>
internal sealed class ReadDays
{
    [FromQuery(Name = "from")]
    public DateOnly? From { get; init; }

    [FromQuery(Name = "until")]
    public DateOnly? Until { get; init; }
}

/// <summary>Who has read which file, over HTTP.</summary>
internal static class ReadsApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/cases/{number}/reads", OfCaseAsync)
            .WithName("ListReadsOfCase")
            .WithSummary("Who has read the file of a case (阅卷留痕), since it was opened; for its party without names")
            .Answers<ReadsResource>();
        api.MapGet("/offices/{office}/reads", OfOfficeAsync)
            .WithName("ListReadsOfOffice")
            .WithSummary("Which files were read from an office, for its head; for everybody else there what they read themselves")
            .Answers<ReadsResource>();
        api.MapGet("/audit/reads", OfTownAsync)
            .WithName("ListReads")
            .WithSummary("Which files of a town were read, by whom, from which office and what for; for auditors")
            .Answers<ReadsResource>();
    }

    private static async Task<IResult> OfCaseAsync(
        HttpContext http,
        Requester who,
        ReadLists lists,
        string number,
        [AsParameters] ReadDays days,
        [FromQuery] string? office
    ) => http.Answer(await lists.OfCaseAsync(who, number, days, office));

    private static async Task<IResult> OfOfficeAsync(
        HttpContext http,
        Requester who,
        ReadLists lists,
        string office,
        [AsParameters] ReadDays days
    ) => http.Answer(await lists.OfOfficeAsync(who, office, days));

    // For everybody else there is nothing here.
    private static async Task<IResult> OfTownAsync(
        HttpContext http,
        Requester who,
        ReadLists lists,
        [FromQuery] string town,
        [FromQuery] string? office,
        [AsParameters] ReadDays days
    ) =>
        who.Kind != AccountKind.Auditor ? http.Unknown()
        : !who.May(KeyScopes.Read) ? http.Refused(IdentityRefusals.OutsideScope(KeyScopes.Read))
        : http.Answer(await lists.OfTownAsync(town, office, days));
}
