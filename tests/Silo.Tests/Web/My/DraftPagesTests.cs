using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using TownReform.Silo.Tests.Fixtures;
using TownReform.Silo.Tests.Web.Offices;

namespace TownReform.Silo.Tests.Web.My;

/// <summary>Drafts of applications in a browser without script, on a real silo.</summary>
public sealed class DraftPagesTests(OfficeSilo silo) : IClassFixture<OfficeSilo>
{
    private const string Item = "YD-XK-001",
        Apply = $"/my/apply/{Item}",
        Delete = $"{Apply}/draft/delete",
        Typed = "莘县古云镇 <b>7 号</b>";

    private static IElement Shown(Answer answer) => new HtmlParser().ParseDocument(answer.Text).QuerySelector("main")!;

    private static string? ValueOf(Answer form, string name) =>
        Shown(form).QuerySelector($"[name='{name}']") is { } control
            ? control.LocalName == "textarea"
                ? control.TextContent
                : control.GetAttribute("value")
            : null;

    [Fact]
    public async Task Draft_SavedAndOpenedInAnotherSession_IsThereUntilItIsSubmitted()
    {
        using var first = await silo.PartyAsync("371525199001010011");
        Shown(await first.GetAsync("/my")).QuerySelector("#drafts").ShouldBeNull();
        var saved = await first.SubmitAsync(
            Apply,
            Apply,
            ("applicant-name", ""),
            ("applicant-kind", "organisation"),
            ("green", "true"),
            ("f.point", Typed),
            ("stage", "draft")
        );
        (saved.Status, saved.Location).ShouldBe((HttpStatusCode.SeeOther, Apply));

        using var second = await silo.PartyAsync("371525199001010011");
        var listed = Shown(await second.GetAsync("/my"));
        listed.QuerySelector("#drafts").Read().ShouldBe("Drafts (not submitted)");
        listed.QuerySelectorAll($"a[href='{Apply}']").Length.ShouldBe(2);
        var form = await second.GetAsync(Apply);
        Shown(form).QuerySelector("[role=status]").Read().ShouldStartWith("Draft, not submitted, saved on ");
        ValueOf(form, "applicant-name").ShouldBe("", "the draft says so, not the account");
        ValueOf(form, "f.point").ShouldBe(Typed);
        Shown(form).QuerySelector("input[name=applicant-kind][value=organisation]")!.HasAttribute("checked").ShouldBeTrue();
        Shown(form).QuerySelector("input[name=green]")!.HasAttribute("checked").ShouldBeTrue();

        // What isn't taken leaves the draft as it is.
        var refused = await second.SubmitAsync(Apply, Apply, ("applicant-name", ""), ("stage", "submit"));
        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        Shown(await second.GetAsync("/my")).QuerySelector("#drafts").ShouldNotBeNull();

        var sent = await second.SubmitAsync(Apply, Apply, ("applicant-name", "王某"), ("stage", "submit"));
        sent.Location.ShouldNotBeNull(sent.Text).ShouldStartWith("/my/cases/");
        Shown(await second.GetAsync("/my")).QuerySelector("#drafts").ShouldBeNull();
        Shown(await first.GetAsync(Apply)).QuerySelector("[role=status]").ShouldBeNull();
    }

    [Fact]
    public async Task Draft_OfSomebody_IsNeitherShownToNorDeletedByAnother()
    {
        using var owner = await silo.PartyAsync("371525199001010022");
        using var other = await silo.PartyAsync("371525199001010033");
        await owner.SubmitAsync(Apply, Apply, ("f.point", Typed), ("stage", "draft"));

        Shown(await other.GetAsync("/my")).QuerySelector("#drafts").ShouldBeNull();
        ValueOf(await other.GetAsync(Apply), "f.point").ShouldNotBe(Typed);
        var token = await other.TokenAsync(Apply);
        (await other.PostAsync(Delete, ("form-token", token))).Location.ShouldBe("/my?told=draft-deleted");
        ValueOf(await owner.GetAsync(Apply), "f.point").ShouldBe(Typed);

        // With somebody else's token nothing is deleted, and the page says so.
        var forged = await owner.PostAsync(Delete, ("form-token", "made up"));
        forged.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        Shown(forged).QuerySelector("[role=status]").Read().ShouldContain("the draft was not deleted");
        ValueOf(await owner.GetAsync(Apply), "f.point").ShouldBe(Typed);

        var deleted = await owner.SubmitAsync(Apply, Delete);
        var told = Shown(await owner.GetAsync(deleted.Location.ShouldNotBeNull()));
        told.QuerySelector("[role=status]").Read().ShouldBe("The draft was deleted.");
        told.QuerySelector("#drafts").ShouldBeNull();
        ValueOf(await owner.GetAsync(Apply), "f.point").ShouldNotBe(Typed);
    }

    [Fact]
    public async Task Draft_TooLong_IsRefusedInWordsAndStaysAtTheForm()
    {
        using var browser = await silo.PartyAsync("371525199001010044");
        var typed = new string('字', 30_000);
        var refused = await browser.UploadAsync(Apply, "file.papers", "plan.pdf", ("f.point", typed), ("stage", "draft"));
        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        Shown(refused).QuerySelector("[role=alert]").Read().ShouldContain("longer than 64 KB");
        ValueOf(refused, "f.point").ShouldBe(typed);
        ValueOf(refused, "f.papers").ShouldNotBeNull().ShouldEndWith("plan.pdf");
        Shown(await browser.GetAsync("/my")).QuerySelector("#drafts").ShouldBeNull();
    }

    [Fact]
    public async Task Draft_WithFiles_KeepsThemAndTellsOfThoseThatAreGone()
    {
        using var browser = await silo.PartyAsync("371525199001010055");
        var there = await browser.UploadAsync(Apply, "file.papers", "plan.pdf", ("stage", "draft"));
        there.Location.ShouldBe(Apply, there.Text);
        var form = await browser.GetAsync(Apply);
        var paper = ValueOf(form, "f.papers").ShouldNotBeNull();
        Shown(form).QuerySelector("[role=status]").Read().ShouldContain("kept for 24 hours");

        // As one whose file was removed: the store has none of that hash.
        var gone = $"{new string('a', 64)}{paper[64..].Replace("plan.pdf", "old.pdf", StringComparison.Ordinal)}";
        await browser.SubmitAsync(Apply, Apply, ("f.papers", $"{gone};{paper}"), ("stage", "draft"));
        form = await browser.GetAsync(Apply);
        Shown(form).QuerySelectorAll("input[name='f.papers']").Length.ShouldBe(1);
        ValueOf(form, "f.papers").ShouldBe(paper);
        var told = Shown(form).QuerySelector("[role=status]").Read();
        told.ShouldContain("no longer kept");
        told.ShouldContain("old.pdf");
        told.ShouldNotContain("plan.pdf");
    }

    [Theory]
    [InlineData("/my/apply/NONE")]
    [InlineData("/my/apply/NONE/draft/delete")]
    public async Task Item_ThatIsNotThere_HasNoDraft(string path)
    {
        using var browser = await silo.PartyAsync("371525199001010066");
        var token = await browser.TokenAsync(Apply);
        (await browser.PostAsync(path, ("form-token", token), ("stage", "draft"))).Status.ShouldBe(HttpStatusCode.NotFound);
    }
}
