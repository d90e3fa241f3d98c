using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TownReform.Grains.Rules.Cases;
using TownReform.Silo.Api.Cases;
using TownReform.Silo.Api.Conventions;
using TownReform.Silo.Identity;
using TownReform.Silo.Web.Acts;

namespace TownReform.Silo.Web.Offices;

/// <summary>What became of one act on many cases.</summary>
/// <param name="Path">Address of the office's pages.</param>
/// <param name="Act">Name of the act.</param>
/// <param name="Told">Why nothing was sent; null when it was.</param>
public sealed record BatchModel(string Path, Words Act, ImmutableArray<BatchLine> Outcomes, Words? Told = null)
{
    public int Done => Outcomes.Count(one => one.Refusal is null);
}

/// <param name="State">Where the case stands after it; null where it was refused.</param>
public sealed record BatchLine(string Case, Words? State, Refusal? Refusal);

/// <summary>One act on the ticked cases of an inbox (批量办理).</summary>
internal static class BatchPages
{
    private static readonly Words NoneTicked = new(
        "没有勾选案件，尚未办理。请回到待办勾选。",
        "No case was ticked, and nothing was done. Go back and tick some."
    );

    public static void Map(IEndpointRouteBuilder office) => office.MapPost("/batch", ActAsync).DisableAntiforgery();

    private static async Task<IResult> ActAsync(OfficeDoor door, CaseBatch batch, HttpContext http, string office)
    {
        var sent = await SentForm.ReadAsync(http);
        return await door.EnterAsync(
            http,
            office,
            async room =>
            {
                var act = sent["act"];
                string[] cases = [.. sent.Form["case"].OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)];
                var command = FormCommand.Of(sent.Form);
                var no =
                    !sent.IsOurs || command is null ? SentForm.Aged
                    : cases.Length == 0 ? NoneTicked
                    : cases.Length > BatchRules.MostCases ? CaseBatch.HowMany(cases.Length)
                    : null;
                if (no is not null)
                {
                    return Show(
                        http,
                        room,
                        new BatchModel(room.Path(), NameOf(room, act), [], no),
                        StatusCodes.Status422UnprocessableEntity
                    );
                }

                var answers = await batch.ActAsync(
                    Requester.Of(http),
                    room.Code,
                    new IdempotencyKey(command!.Key),
                    new BatchCommand(act, cases, [])
                );
                ImmutableArray<BatchLine> lines = [.. answers.Select(one => Line(room, one.Case, one.Answer))];
                return Show(http, room, new BatchModel(room.Path(), NameOf(room, act), lines), StatusCodes.Status200OK);
            }
        );
    }

    private static IResult Show(HttpContext http, OfficeRoom room, BatchModel model, int status) =>
        PageResults.Show<BatchPage, BatchModel>(OfficeDoor.Context(http, room), model, status);

    private static BatchLine Line(OfficeRoom room, string number, Outcome<CaseView> answer) =>
        answer.IsRefused(out var refusal, out var view)
            ? new(number, null, refusal)
            : new(number, room.NamesOf(view.Town).Step(view.Procedure, view.ProcedureVersion, view.Ending ?? view.Step), null);

    // By the first procedure that has it; a made-up act stands for itself.
    private static Words NameOf(OfficeRoom room, string act) =>
        room.Towns.SelectMany(town => town.Procedures)
            .SelectMany(procedure => procedure.Steps)
            .SelectMany(step => step.Acts)
            .FirstOrDefault(one => one.Code == act)
            ?.Name
        ?? new(act, act);
}
