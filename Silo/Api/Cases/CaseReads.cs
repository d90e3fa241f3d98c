using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using TownReform.Silo.Api.Conventions;
using TownReform.Silo.Identity;

namespace TownReform.Silo.Api.Cases;

/// <summary>What can be read of one case by whoever may open its file.</summary>
internal static class CaseReads
{
    public static async Task<IResult> CaseAsync(
        HttpContext http,
        Requester who,
        KnownVersion known,
        CaseFiles files,
        string number,
        [FromQuery] string? asOf,
        [FromQuery] string? office,
        [FromQuery] string? reason
    )
    {
        var reading = new Reading(FilePart.File, reason, AsOfText.Read(asOf));
        if ((await files.OpenAsync(who, number, reading, office)).IsRefused(out var refusal, out var file))
        {
            return http.Refused(refusal);
        }

        var shown = file.Shown;
        http.Response.Headers.ETag = CaseVersion.Tag(shown.Version);
        return known.Holds(shown.Version) ? TypedResults.StatusCode(StatusCodes.Status304NotModified) : TypedResults.Ok(shown);
    }

    public static async Task<IResult> RecordsAsync(
        HttpContext http,
        Requester who,
        CaseFiles files,
        TownCalls town,
        string number,
        [FromQuery] long? after,
        [FromQuery] string? office,
        [FromQuery] string? reason
    ) =>
        (await files.OpenAsync(who, number, new(FilePart.File, reason), office)).IsRefused(out var refusal, out var file)
            ? http.Refused(refusal)
            : http.Answer(await TownCalls.SendAsync(() => town.Case(file.Case.Number).HistoryAsync(after ?? 0)));

    public static async Task<IResult> ClockAsync(
        HttpContext http,
        Requester who,
        CaseFiles files,
        TownCalls town,
        ITownClock clock,
        string number,
        [FromQuery] string? asOf,
        [FromQuery] string? office,
        [FromQuery] string? reason
    )
    {
        var then = AsOfText.Read(asOf);
        if ((await files.OpenAsync(who, number, new(FilePart.File, reason), office)).IsRefused(out var refusal, out var file))
        {
            return http.Refused(refusal);
        }

        var days = await DaysAsync(town.Case(file.Case.Number), then ?? new AsOf(null, await clock.NowAsync()));
        if (then is null && days.Refusal is { Code: RefusalCode.CaseNotThen })
        {
            // The case's silo has a clock a moment behind.
            days = await DaysAsync(town.Case(file.Case.Number), new AsOf(file.Case.Version));
        }

        return http.Answer(days);
    }

    public static async Task<IResult> ActsAsync(
        HttpContext http,
        Requester who,
        CaseFiles files,
        TownCalls town,
        ITownClock clock,
        string number,
        [FromQuery] string? office
    )
    {
        if ((await files.ToActAsync(who, number, office)).IsRefused(out var refusal, out var file))
        {
            return http.Refused(refusal);
        }

        // The id is not used up: it is a question.
        var stamp = new Stamp(Guid.Empty, file.Actor, await clock.NowAsync());
        return http.Answer(await TownCalls.SendAsync(() => town.Case(file.Case.Number).AskAsync(stamp)));
    }

    private static Task<Outcome<ClockDays>> DaysAsync(ICaseGrain @case, AsOf asOf) => TownCalls.SendAsync(() => @case.ClockDaysAsync(asOf));
}
