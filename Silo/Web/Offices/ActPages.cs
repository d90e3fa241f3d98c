using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using TownReform.Silo.Api.Conventions;
using TownReform.Silo.Identity;
using TownReform.Silo.Web.Acts;

namespace TownReform.Silo.Web.Offices;

/// <summary>
/// The form of an act: GET shows it, POST looks ahead or does it. Whatever was typed stays, whichever way it is refused; only a form with
/// a token of this site commands.
/// </summary>
internal static class ActPages
{
    private const string Go = "go",
        Preview = "preview",
        Edit = "edit";

    public static void Map(IEndpointRouteBuilder office)
    {
        office.MapGet("/cases/{number}/acts/{act}", ShowAsync);
        // It checks the token itself: what was typed must stay also when the token has aged.
        office.MapPost("/cases/{number}/acts/{act}", SendAsync).DisableAntiforgery();
    }

    private static Task<IResult> ShowAsync(OfficeDoor door, ActRead acts, HttpContext http, string office, string number, string act) =>
        door.EnterAsync(
            http,
            office,
            async room =>
                (await acts.ReadAsync(Requester.Of(http), room, number, act, isShown: true)).IsRefused(out var refusal, out var model)
                    ? OfficeDoor.Refused(refusal)
                // Asked before anything is typed.
                : model.Act.Decides && SignInFirst.ProofMissing(http) is { } again ? again
                : Form(http, room, await acts.ForeseeAsync(room, model), StatusCodes.Status200OK)
        );

    private static async Task<IResult> SendAsync(OfficeDoor door, ActRead acts, HttpContext http, string office, string number, string act)
    {
        var sent = await SentForm.ReadAsync(http);
        if (Requester.Of(http).IsAnonymous)
        {
            return SessionEnded.Show(http, sent.Form);
        }

        return await door.EnterAsync(
            http,
            office,
            async room =>
            {
                if ((await acts.ReadAsync(Requester.Of(http), room, number, act, isShown: false)).IsRefused(out var refusal, out var model))
                {
                    return OfficeDoor.Refused(refusal);
                }

                model = model with { Form = FilledForm.Of(model.Act.Fields, sent.Form) with { Choices = model.Form.Choices } };
                if (model.Act.Decides && !SignInFirst.IsProofFresh(http))
                {
                    return Form(http, room, model with { MustProve = true }, StatusCodes.Status401Unauthorized);
                }

                return FormCommand.Of(sent.Form) is { } command && sent.IsOurs
                    ? await TakeAsync(acts, http, room, model with { Command = command }, sent[Go])
                    : Form(
                        http,
                        room,
                        model with
                        {
                            Told = sent[Go] == Edit ? null : SentForm.Aged,
                        },
                        StatusCodes.Status422UnprocessableEntity
                    );
            }
        );
    }

    private static async Task<IResult> TakeAsync(ActRead acts, HttpContext http, OfficeRoom room, ActFormModel model, string? go)
    {
        if (go == Edit)
        {
            return Form(http, room, await acts.ForeseeAsync(room, model), StatusCodes.Status200OK);
        }

        if (go == Preview)
        {
            var foreseen = await acts.ForeseeAsync(room, model, model.Form.Given);
            return foreseen.Form.Refusal is { } no
                ? Form(http, room, await acts.MeanwhileAsync(foreseen), RefusalStatus.Of(no.Code))
                : PageResults.Show<ActPreviewPage, ActFormModel>(OfficeDoor.Context(http, room), foreseen);
        }

        return (await acts.DoAsync(Requester.Of(http), room, model)).IsRefused(out var refusal, out var after)
            ? Form(http, room, await acts.RefusedAsync(room, model, refusal), RefusalStatus.Of(refusal.Code))
            : OfficeDoor.Go(FormattableString.Invariant($"{model.FilePath}?done={after.Version}"));
    }

    private static RazorComponentResult<ActFormPage> Form(HttpContext http, OfficeRoom room, ActFormModel model, int status) =>
        PageResults.Show<ActFormPage, ActFormModel>(OfficeDoor.Context(http, room), model, status);
}
