using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using TownReform.Grains.Rules.Cases;
using TownReform.Silo.Api.Conventions;
using TownReform.Silo.Identity;
using TownReform.Silo.Web.Acts;
using TownReform.Silo.Web.Offices;

namespace TownReform.Silo.Web.Counties;

/// <summary>
/// Filings of a department above the towns. The page offers to file or to forward; whatever else is sent goes to the department, which
/// refuses it and records the interference (B2). Retained items' cases are work like an organ's: <see cref="OfficePages"/>.
/// </summary>
internal static class CountyPages
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var pages = app.MapGroup("/county/{office}/filings").ExcludeFromDescription();
        pages.MapGet("", ListAsync).InHeldWorlds();
        pages.MapGet("/{number}", ShowAsync).InHeldWorlds();
        pages.MapPost("/{number}", AnswerAsync).DisableAntiforgery();
    }

    private static Task<IResult> ListAsync(
        OfficeDoor door,
        TownCalls town,
        HttpContext http,
        string office,
        [FromQuery] bool? all,
        [FromQuery] string? done
    ) =>
        door.EnterAsync(
            http,
            office,
            async room =>
            {
                if (!room.IsOfCounty)
                {
                    return TypedResults.NotFound();
                }

                var filings = await TownCalls.AskAsync(() => Department(town, room).ListFilingsAsync(all is not true));
                var answered = done is null ? null : (await ReadAsync(town, room, done)).Value;
                var model = new FilingsModel(room.FilingsPath, room.Name, all is not true, [.. filings.Select(one => Shown(room, one))])
                {
                    Told = answered?.Answer is null ? null : Done(answered),
                };
                return PageResults.Show<FilingsPage, FilingsModel>(OfficeDoor.Context(http, room), model);
            }
        );

    private static Task<IResult> ShowAsync(
        OfficeDoor door,
        TownCalls town,
        CaseFiles files,
        HttpContext http,
        string office,
        string number
    ) =>
        door.EnterAsync(
            http,
            office,
            async room =>
                (await ModelAsync(town, files, http, room, number)).IsRefused(out var refusal, out var model)
                    ? OfficeDoor.Refused(refusal)
                    : Show(http, room, model, StatusCodes.Status200OK)
        );

    private static async Task<IResult> AnswerAsync(
        OfficeDoor door,
        TownCalls town,
        CaseFiles files,
        HttpContext http,
        string office,
        string number
    )
    {
        var sent = await SentForm.ReadAsync(http);
        return await door.EnterAsync(
            http,
            office,
            async room =>
            {
                if ((await ModelAsync(town, files, http, room, number)).IsRefused(out var refusal, out var model))
                {
                    return OfficeDoor.Refused(refusal);
                }

                model = model with { Comment = sent["comment"] };
                if (!sent.IsOurs || FormCommand.Of(sent.Form) is not { } command)
                {
                    return Show(http, room, model with { Told = SentForm.Aged }, StatusCodes.Status422UnprocessableEntity);
                }

                return Enum.TryParse<FilingAnswer>(sent["answer"], ignoreCase: true, out var answer)
                    ? await RecordAsync(town, http, room, model with { Command = command }, answer)
                    : TypedResults.StatusCode(StatusCodes.Status400BadRequest);
            }
        );
    }

    private static async Task<IResult> RecordAsync(
        TownCalls town,
        HttpContext http,
        OfficeRoom room,
        FilingModel model,
        FilingAnswer answer
    )
    {
        var id = new IdempotencyKey(model.Command.Key).CommandOf(Requester.Of(http).AccountId!);
        var command = new AnswerFiling(
            room.Stamp(id),
            model.Filing.View.Case,
            answer,
            Comment: model.Comment.Length > 0 ? model.Comment : null
        );
        var answered = await TownCalls.SendAsync(() => Department(town, room).AnswerFilingAsync(command));
        if (!answered.IsRefused(out var refusal, out _))
        {
            return OfficeDoor.Go($"{model.ListPath}?done={model.Filing.View.Case}");
        }

        var after = (await ReadAsync(town, room, model.Filing.View.Case)).Value ?? model.Filing.View;
        return Show(
            http,
            room,
            model with
            {
                Filing = Shown(room, after),
                Refusal = refusal,
                Command = refusal.Code == RefusalCode.Busy ? model.Command : FormCommand.New(),
            },
            RefusalStatus.Of(refusal.Code)
        );
    }

    private static async Task<Outcome<FilingModel>> ModelAsync(
        TownCalls town,
        CaseFiles files,
        HttpContext http,
        OfficeRoom room,
        string number
    )
    {
        if (!room.IsOfCounty)
        {
            return CaseRefusals.Unknown(number);
        }

        if ((await ReadAsync(town, room, number)).IsRefused(out var refusal, out var view))
        {
            return refusal;
        }

        var isReadable = (await files.MayAsync(Requester.Of(http), view.Case, CaseRights.Read, room.Code)).Value is not null;
        return new FilingModel
        {
            ListPath = room.FilingsPath,
            Filing = Shown(room, view),
            Decision = await DecisionAsync(town, room, view),
            FilePath = isReadable ? room.Path($"/cases/{view.Case}") : null,
            Command = FormCommand.New(),
        };
    }

    // The copy belongs to the decision, so that whoever files it sees what it is; the file itself they may see only by A5.
    private static async Task<SealedDecision?> DecisionAsync(TownCalls town, OfficeRoom room, FilingView filing)
    {
        if ((await TownCalls.SendAsync(() => town.Case(filing.Case).ReadAsync())).Value is not { } view)
        {
            return null;
        }

        var names = room.NamesOf(view.Town);
        return new SealedDecision(
            view.Certificate,
            view.Party.Masked(),
            names.ProcedureName(view.Procedure),
            names.Step(view.Procedure, view.ProcedureVersion, view.Ending ?? view.Step)
        );
    }

    private static RazorComponentResult<FilingPage> Show(HttpContext http, OfficeRoom room, FilingModel model, int status) =>
        PageResults.Show<FilingPage, FilingModel>(OfficeDoor.Context(http, room), model, status);

    private static Task<Outcome<FilingView>> ReadAsync(TownCalls town, OfficeRoom room, string number) =>
        TownCalls.SendAsync(() => Department(town, room).ReadFilingAsync(number));

    private static ICountyOfficeGrain Department(TownCalls town, OfficeRoom room) => town.CountyOffice(room.Speaker.County!, room.Code);

    private static ShownFiling Shown(OfficeRoom room, FilingView view)
    {
        var names = room.NamesOf(view.Town);
        return new ShownFiling(view, names.Town.Name, names.Item(view.Item));
    }

    private static Words Done(FilingView filing)
    {
        var what = FilingWords.Of(filing.Answer);
        return new($"{filing.Case} {what.Zh}。", $"{filing.Case} is {what.En}.");
    }
}
