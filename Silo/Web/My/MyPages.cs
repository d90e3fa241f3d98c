using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TownReform.Silo.Identity;
using TownReform.Silo.Web.Acts;

namespace TownReform.Silo.Web.My;

/// <summary>Pages of citizens, enterprises and their agents: apply, see where a case stands, do what is waited for.</summary>
internal static class MyPages
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var pages = app.MapGroup("/my").ExcludeFromDescription().AddEndpointFilter(PartyDoor.LetInAsync);
        // Forms check their token themselves: what was typed must stay also when the token has aged.
        pages.MapGet("", ListAsync);
        pages.MapGet("/apply/{item}", BeginAsync);
        pages.MapPost("/apply/{item}", SendApplicationAsync).DisableAntiforgery();
        pages.MapGet("/cases/{number}", OpenAsync);
        DraftPages.Map(pages);
        RatingPages.Map(pages);
        FeePages.Map(pages);
        pages.MapGet("/cases/{number}/acts/{act}", BeginActAsync);
        pages.MapPost("/cases/{number}/acts/{act}", SendActAsync).DisableAntiforgery();
    }

    private static async Task<IResult> ListAsync(
        MyDesk desk,
        ApplicationDrafts drafts,
        Requester who,
        HttpContext http,
        string? before,
        string? told
    )
    {
        var list = await desk.ListAsync(who, before) with
        {
            Drafts = before is null ? await drafts.ListAsync(who) : [],
            Told = told == "draft-deleted" ? TellingWords.Of(told) : null,
        };
        return PageResults.Show<MyCasesPage, MyCasesModel>(PageContexts.WithForms(http), list);
    }

    private static async Task<IResult> BeginAsync(ApplyDesk desk, ApplicationDrafts drafts, Requester who, HttpContext http, string item) =>
        await desk.BeginAsync(who, item) is { } model ? ShowForm(http, await drafts.FillAsync(who, model)) : TypedResults.NotFound();

    private static async Task<IResult> SendApplicationAsync(
        ApplyDesk desk,
        ApplicationDrafts drafts,
        FormPapers papers,
        Requester who,
        HttpContext http,
        string item
    )
    {
        var sent = await SentForm.ReadAsync(http);
        if (await desk.ReadAsync(item, sent.Form) is not { } model)
        {
            return TypedResults.NotFound();
        }

        if (!sent.IsOurs)
        {
            return ShowForm(http, model with { Told = SentForm.Aged });
        }

        model = model with { Form = await papers.TakeAsync(http, who, model.Form, sent.Form) };
        switch (sent["stage"])
        {
            case "submit":
                return await SubmitAsync(http, desk, drafts, who, model);
            case "check":
                var foreseen = await desk.CheckAsync(who, model);
                return foreseen.Outlook is null
                    ? ShowForm(http, foreseen)
                    : PageResults.Show<CheckAnswersPage, ApplyModel>(PageContexts.WithForms(http), foreseen);
            case "draft":
                return await DraftPages.SaveAsync(http, drafts, who, model);
            default:
                return ShowForm(http, model with { Applicant = model.Applicant with { Faults = [] } });
        }
    }

    private static async Task<IResult> SubmitAsync(
        HttpContext http,
        ApplyDesk desk,
        ApplicationDrafts drafts,
        Requester who,
        ApplyModel model
    )
    {
        var (number, refused) = await desk.SendAsync(who, model);
        if (number is null)
        {
            return ShowForm(http, refused);
        }

        await drafts.DeleteAsync(who, model.Item.Code);
        return new SeeOther($"{MyCaseModel.PathOf(number)}?told=opened");
    }

    private static async Task<IResult> OpenAsync(MyDesk desk, Requester who, HttpContext http, string number, string? told) =>
        (await desk.OpenAsync(who, number, TellingWords.Of(told))).IsRefused(out _, out var file)
            ? TypedResults.NotFound()
            : PageResults.Show<MyCasePage, MyCaseModel>(PageContexts.WithForms(http), file);

    private static async Task<IResult> BeginActAsync(MyDesk desk, Requester who, HttpContext http, string number, string act) =>
        !(await desk.OpenAsync(who, number)).IsRefused(out _, out var file) && MyDesk.Begin(file, act) is { } model
            ? PageResults.Show<MyActPage, MyActModel>(PageContexts.WithForms(http), model)
            : TypedResults.NotFound();

    private static async Task<IResult> SendActAsync(
        MyDesk desk,
        FormPapers papers,
        Requester who,
        HttpContext http,
        string number,
        string act
    )
    {
        var sent = await SentForm.ReadAsync(http);
        if ((await desk.OpenAsync(who, number)).IsRefused(out _, out var file))
        {
            return TypedResults.NotFound();
        }

        if (await desk.ReadAsync(file, act, sent.Form) is not { } read)
        {
            return TypedResults.NotFound();
        }

        if (sent.IsOurs)
        {
            read = read with { Form = await papers.TakeAsync(http, who, read.Form, sent.Form) };
        }

        var (done, model) =
            !sent.IsOurs ? (null, read with { Told = SentForm.Aged })
            : read.Form.IsFaulty ? (null, read)
            : await desk.SendAsync(who, read);
        return done is not null
            ? new SeeOther($"{file.Path}?told=done")
            : PageResults.Show<MyActPage, MyActModel>(PageContexts.WithForms(http), model, StatusCodes.Status422UnprocessableEntity);
    }

    internal static IResult ShowForm(HttpContext http, ApplyModel model) =>
        PageResults.Show<ApplyPage, ApplyModel>(
            PageContexts.WithForms(http),
            model,
            model.IsFaulty ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK
        );
}

/// <summary>What a page says has just happened, by a word in its address: no text of an address is ever shown.</summary>
internal static class TellingWords
{
    public static Words? Of(string? told) =>
        told switch
        {
            "opened" => new(
                "申请已提交，受理编号见下。窗口将在规定期限内答复，请记下编号，或打印本页。",
                "Your application was submitted; its number stands below. The window answers within the limit. Keep the number, or "
                    + "print this page."
            ),
            "rated" => new("感谢您的评价，已记录。", "Thank you; your rating is on record."),
            "paid" => new("收缴平台已报告缴费，缴费凭证见下。", "The payment channel has reported your payment; the receipt stands below."),
            "draft-deleted" => new("草稿已删除。", "The draft was deleted."),
            "done" => new("已办理，已记入案卷。", "Done, and on the record."),
            _ => null,
        };
}
