using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TownReform.Silo.Identity;
using TownReform.Silo.Web.Acts;

namespace TownReform.Silo.Web.My;

/// <summary>What is done with the draft of an application.</summary>
internal static class DraftPages
{
    // It checks its token itself, as each form of a party does: the framework's check would come before the door.
    public static void Map(IEndpointRouteBuilder my) => my.MapPost("/apply/{item}/draft/delete", DeleteAsync).DisableAntiforgery();

    /// <summary>Saves what was typed, and shows the form again.</summary>
    public static async Task<IResult> SaveAsync(HttpContext http, ApplicationDrafts drafts, Requester who, ApplyModel model)
    {
        // A draft needn't be whole; a file that isn't taken is told at once.
        model = model with
        {
            Applicant = model.Applicant with { Faults = [] },
        };
        return model.IsFaulty ? MyPages.ShowForm(http, model)
            : await drafts.SaveAsync(who, model) ? new SeeOther(model.Path)
            : MyPages.ShowForm(http, model with { DraftFault = ApplicationDrafts.TooLong });
    }

    private static async Task<IResult> DeleteAsync(ApplicationDrafts drafts, MyDesk mine, Requester who, HttpContext http, string item)
    {
        var sent = await SentForm.ReadAsync(http);
        if (!await drafts.KnowsAsync(who, item))
        {
            return TypedResults.NotFound();
        }

        if (!sent.IsOurs)
        {
            var list = await mine.ListAsync(who, null) with { Drafts = await drafts.ListAsync(who), Told = NotDeleted };
            return PageResults.Show<MyCasesPage, MyCasesModel>(
                PageContexts.WithForms(http),
                list,
                StatusCodes.Status422UnprocessableEntity
            );
        }

        await drafts.DeleteAsync(who, item);
        return new SeeOther("/my?told=draft-deleted");
    }

    private static readonly Words NotDeleted = new(
        "页面已过期，草稿没有删除。请再次选择删除。",
        "The page had grown old, and the draft was not deleted. Choose again to delete it."
    );
}
