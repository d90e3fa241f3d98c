using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using TownReform.Grains.Rules.Records;
using TownReform.Grains.Rules.Texts;
using TownReform.Grains.Rules.Towns;
using TownReform.Silo.Api.Conventions;
using TownReform.Silo.Identity;
using TownReform.Silo.Papers;

namespace TownReform.Silo.Api.Cases;

/// <summary>Opens cases and acts on them, or says beforehand what would come of it.</summary>
internal static class CaseCommands
{
    public static async Task<IResult> OpenAsync(
        HttpContext http,
        Requester who,
        IdempotencyKey key,
        CaseFiles files,
        PaperClaims papers,
        TownCalls calls,
        ITownClock clock,
        string town,
        [FromBody] OpeningRequest opening,
        [FromQuery] string? office
    )
    {
        if ((await files.SpeakerAsync(who, office, opening.Party.Id)).IsRefused(out var refusal, out var speaker))
        {
            return http.Refused(refusal);
        }

        var command = opening.Command(new Stamp(key.CommandOf(who.AccountId!), speaker.Actor, await clock.NowAsync()), town);
        if (await papers.HoldAsync(who, command.Stamp.CommandId, null, command.Fields, http.RequestAborted) is { } missing)
        {
            return http.Refused(missing);
        }

        if (
            (await OpenedBeforeAsync(calls, command) ?? await TownCalls.SendAsync(() => calls.Grains.OpenCaseAsync(command))).IsRefused(
                out refusal,
                out var opened
            )
        )
        {
            return http.RefusedCommand(refusal);
        }

        http.Response.Headers.ETag = CaseVersion.Tag(opened.Version);
        return TypedResults.Created($"{ApiPaths.Cases}/{opened.Number}", opened);
    }

    public static async Task<IResult> ForeseeOpeningAsync(
        HttpContext http,
        Requester who,
        CaseFiles files,
        TownCalls calls,
        ITownClock clock,
        string town,
        [FromBody] OpeningRequest opening,
        [FromQuery] string? office
    )
    {
        if ((await files.SpeakerAsync(who, office, opening.Party.Id)).IsRefused(out var refusal, out var speaker))
        {
            return http.Refused(refusal);
        }

        var command = opening.Command(new Stamp(Guid.Empty, speaker.Actor, await clock.NowAsync()), town);
        return http.Answer(await TownCalls.SendAsync(() => calls.Grains.ForeseeOpeningAsync(command)));
    }

    public static async Task<IResult> ActAsync(
        HttpContext http,
        Requester who,
        IdempotencyKey key,
        SeenVersion seen,
        CaseFiles files,
        PaperClaims papers,
        TownCalls calls,
        ITownClock clock,
        SeedLibrary seeds,
        string number,
        string act,
        [FromBody] ActRequest filled,
        [FromQuery] string? office
    )
    {
        if ((await files.ToActAsync(who, number, office)).IsRefused(out var refusal, out var file))
        {
            return http.Refused(refusal);
        }

        if (
            Decides(seeds, file.Case, act)
            && (SignInFirst.ProofMissing(http) ?? (seen.Version is null ? SeenVersion.Needed(http) : null)) is { } no
        )
        {
            return no;
        }

        var command = filled.Command(new Stamp(key.CommandOf(who.AccountId!), file.Actor, await clock.NowAsync()), act, seen);
        if (await papers.HoldAsync(who, command.Stamp.CommandId, file.Case, command.Fields, http.RequestAborted) is { } missing)
        {
            return http.Refused(missing);
        }

        return await SendAsync(http, calls, file.Case.Number, command);
    }

    private static async Task<IResult> SendAsync(HttpContext http, TownCalls calls, string number, ActOnCase command)
    {
        if ((await TownCalls.SendAsync(() => calls.Case(number).ActAsync(command))).IsRefused(out var refusal, out var after))
        {
            return http.RefusedCommand(refusal);
        }

        http.Response.Headers.ETag = CaseVersion.Tag(after.Version);
        return TypedResults.Ok(after);
    }

    public static async Task<IResult> ForeseeAsync(
        HttpContext http,
        Requester who,
        CaseFiles files,
        TownCalls calls,
        ITownClock clock,
        string number,
        string act,
        [FromBody] ActRequest filled,
        [FromQuery] string? office
    )
    {
        if ((await files.ToActAsync(who, number, office)).IsRefused(out var refusal, out var file))
        {
            return http.Refused(refusal);
        }

        var command = filled.Command(new Stamp(Guid.Empty, file.Actor, await clock.NowAsync()), act, seen: null);
        return http.Answer(await TownCalls.SendAsync(() => calls.Case(file.Case.Number).ForeseeAsync(command)));
    }

    // An intake remembers its latest commands; what came long ago is found by the command that opened it. The answer is the first one's:
    // the case as it was opened.
    private static async Task<Outcome<CaseView>?> OpenedBeforeAsync(TownCalls calls, OpenCase command)
    {
        if (await TownCalls.AskAsync(() => calls.Index.FindOpenedByAsync(command.Stamp.CommandId)) is not [var number])
        {
            return null;
        }

        var first = await TownCalls.SendAsync(() => calls.Case(number).ReadAtAsync(new AsOf(1)));
        return first.Value is { } opened && !IsSame(opened, command)
            ? RecordingRefusals.CommandIdReused(command.Stamp.CommandId, ApiPaths.OpenAct)
            : first;
    }

    private static bool IsSame(CaseView opened, OpenCase command) =>
        CommandTexts.Read(ref command) is null
        && (opened.Town, opened.Procedure, opened.Subject, opened.Party)
            == (command.Town, command.Procedure, command.Subject, command.Party)
        && command.Fields.All(opened.Fields.Contains);

    // At whatever step: an act that decides somewhere is decided on with a page at hand.
    private static bool Decides(SeedLibrary seeds, CaseView @case, string act) =>
        seeds.Find(@case.Procedure, @case.ProcedureVersion) is { } procedure
        && (
            procedure.ActAt(@case.Step, act) is { } here
                ? here.Decides
                : procedure.Steps.Values.Any(step => step.Acts.GetValueOrDefault(act) is { Decides: true })
        );
}
