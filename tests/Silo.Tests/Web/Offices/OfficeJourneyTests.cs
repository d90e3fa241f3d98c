using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using TownReform.Silo.Identity;
using TownReform.Silo.Tests.Fixtures;
using TownReform.Tests.Fixtures;

namespace TownReform.Silo.Tests.Web.Offices;

/// <summary>A clerk's day in a browser without script, on a real silo: from the next task to the decision.</summary>
public sealed class OfficeJourneyTests(OfficeSilo silo) : IClassFixture<OfficeSilo>
{
    private const string Office = "/o/government-service";

    private static IElement Shown(Answer answer) => new HtmlParser().ParseDocument(answer.Text).QuerySelector("main")!;

    private static string File(CaseView view) => $"{Office}/cases/{view.Number}";

    [Fact]
    public async Task Permit_FromWindowToSeal_IsDoneByFormsAlone()
    {
        var opened = await silo.OpenAsync();
        using var window = await silo.StaffAsync(opened.Officers[0]);
        var next = await window.GetAsync($"{Office}/next");
        next.Status.ShouldBe(HttpStatusCode.SeeOther);
        next.Location.ShouldNotBeNull().ShouldStartWith($"{Office}/cases/GY");
        Shown(await window.GetAsync(File(opened))).ReadAll(".list a.button").ShouldContain("accept");

        var accepted = await window.SubmitAsync($"{File(opened)}/acts/accept", $"{File(opened)}/acts/accept", ("go", "do"));
        accepted.Location.ShouldBe($"{File(opened)}?done=2");
        var told = Shown(await window.GetAsync(accepted.Location!)).QuerySelector("[role=status]").Read();
        told.ShouldContain("accept");
        told.ShouldContain("review");
        var issued = Shown(await window.GetAsync(File(opened))).QuerySelector("a[href^='/documents/']").ShouldNotBeNull("it was accepted");
        (await window.GetAsync(issued.GetAttribute("href")!)).Status.ShouldBe(HttpStatusCode.OK);

        var view = await silo.ReadAsync(opened.Number);
        using var reviewer = await silo.StaffAsync(view.Officers[0]);
        await reviewer.SubmitAsync(
            $"{File(opened)}/acts/recommend",
            $"{File(opened)}/acts/recommend",
            ("f.recommendation", "grant"),
            ("go", "do")
        );

        view = await silo.ReadAsync(opened.Number);
        using var decider = await silo.StaffAsync(view.Officers[0]);
        var grant = $"{File(opened)}/acts/grant";
        var preview = await decider.SubmitAsync(grant, grant, ("f.reason", "条件齐全"), ("go", "preview"));
        preview.Status.ShouldBe(HttpStatusCode.OK);
        Shown(preview).Read().ShouldContain("You are about to decide: grant");
        (await silo.ReadAsync(opened.Number)).Version.ShouldBe(view.Version, "looking ahead records nothing");

        var granted = await decider.PostAsync(grant, [.. Hidden(preview), ("go", "do")]);
        granted.Status.ShouldBe(HttpStatusCode.SeeOther, granted.Text);
        (await silo.ReadAsync(opened.Number)).Step.ShouldBe("delivery");
        await Eventually.GivesAsync(
            "the decision has its number",
            async () => (await silo.ReadAsync(opened.Number)).Certificate is { } number && number.Length > 0 ? number : null
        );
    }

    [Fact]
    public async Task Tasks_TickedInTheInbox_AreActedOnTogetherAndEachSaysWhatBecameOfIt()
    {
        var (first, second) = (await silo.OpenAsync(), await silo.OpenAsync());
        using var window = await silo.StaffAsync(first.Officers[0]);
        var plain = Shown(await window.GetAsync($"{Office}?tab=office"));
        plain.QuerySelectorAll("input[name=case]").ShouldBeEmpty("fifty ticks that nobody asked for would weigh a quarter of the page");
        var many = plain.QuerySelector("a[href*='many=accept']").ShouldNotBeNull().GetAttribute("href")!;
        var inbox = Shown(await window.GetAsync(many));
        inbox.QuerySelector($"input[name=case][value={first.Number}]").ShouldNotBeNull();
        inbox.ReadAll("#many button").ShouldBe(["accept: the ticked ones"]);

        var none = await window.SubmitAsync(many, $"{Office}/batch", ("act", "accept"));
        none.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        Shown(none).QuerySelector("[role=status]").Read().ShouldContain("No case was ticked");

        await window.SubmitAsync($"{File(second)}/acts/accept", $"{File(second)}/acts/accept", ("go", "do"));
        var form = Hidden(await window.GetAsync(many));
        (string, string)[] ticked = [.. form, ("act", "accept"), ("case", first.Number), ("case", second.Number), ("case", "GY99999999")];
        var result = Shown(await window.PostAsync($"{Office}/batch", ticked));
        result.QuerySelector("[role=status]").Read().ShouldBe("accept: 1 done, 2 not done.");
        result.QuerySelectorAll("tbody tr")[0].Read().ShouldContain("it now stands at: review");
        result.QuerySelectorAll("tbody tr")[1].QuerySelector(".refusal").Read().ShouldContain("1005");
        var again = Shown(await window.PostAsync($"{Office}/batch", ticked));
        again.QuerySelector("[role=status]").Read().ShouldBe("accept: 1 done, 2 not done.", "the same form sent twice does nothing twice");
        (await silo.ReadAsync(first.Number)).Version.ShouldBe(2);
    }

    [Fact]
    public async Task Task_OfAnOfficer_IsGivenToAnotherByTheirHead()
    {
        var opened = await silo.OpenAsync();
        var seeds = Grains.Seeds.SeedLoader.Load(Repository.Seeds).Towns["guyun"];
        var ofOffice = seeds.Staff.Where(it => it.Organ == "government-service").ToList();
        var to = ofOffice.First(it => it.Roles.Contains("window") && !opened.Officers.Contains(it.Id)).Id;
        var path = $"{File(opened)}/acts/reassign";
        using var clerk = await silo.StaffAsync(opened.Officers[0]);
        Shown(await clerk.GetAsync(File(opened))).Read().ShouldNotContain("give to another officer");
        using var head = await silo.StaffAsync(ofOffice.First(it => it.Roles.Contains("head")).Id);
        var form = Shown(await head.GetAsync(path));
        form.QuerySelectorAll("[name='f.to']").ShouldNotBeEmpty();
        var none = await head.SubmitAsync(path, path, ("go", "do"));
        none.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        Shown(none).QuerySelector(".summary").Read().ShouldContain("Fill in: to whom");
        var given = await head.SubmitAsync(path, path, ("f.to", to), ("go", "do"));
        given.Status.ShouldBe(HttpStatusCode.SeeOther, given.Text);
        Shown(await head.GetAsync(given.Location!)).QuerySelector("[role=status]").Read().ShouldContain($"given to another officer");
        (await silo.ReadAsync(opened.Number)).Officers.ShouldBe([to]);
    }

    [Fact]
    public async Task Papers_ThatAreMissing_AreTickedFromThoseOfTheItem()
    {
        var opened = await silo.OpenAsync();
        using var window = await silo.StaffAsync(opened.Officers[0]);
        var notify = $"{File(opened)}/acts/notify";
        var ticks = Shown(await window.GetAsync(notify)).QuerySelectorAll("input[type=checkbox][name='f.missing']");
        ticks.Length.ShouldBeGreaterThan(1);
        var first = ticks[0].GetAttribute("value")!;
        var told = await window.SubmitAsync(notify, notify, ("f.missing", first), ("f.missing", "现场照片\n租赁合同"), ("go", "do"));
        told.Status.ShouldBe(HttpStatusCode.SeeOther, told.Text);
        (await silo.ReadAsync(opened.Number)).Fields.Single(field => field.Name == "missing").Value.ShouldBe($"{first};现场照片;租赁合同");
    }

    [Theory]
    [InlineData("GY-XK-001", 1)]
    [InlineData("GY-CF-001", 0)]
    public async Task Guide_OfAPenalty_LetsNobodyApplyForOne(string item, int links)
    {
        using var stranger = silo.Stranger();
        Shown(await stranger.GetAsync($"/items/{item}")).QuerySelectorAll("a[href^='/my/apply/']").Length.ShouldBe(links);
    }

    [Fact]
    public async Task Form_SentTwice_MakesOneRecord()
    {
        var opened = await silo.OpenAsync();
        using var window = await silo.StaffAsync(opened.Officers[0]);
        var accept = $"{File(opened)}/acts/accept";
        (string, string)[] form = [.. Hidden(await window.GetAsync(accept)), ("go", "do")];
        var first = await window.PostAsync(accept, form);
        var second = await window.PostAsync(accept, form);
        (second.Status, second.Location).ShouldBe((first.Status, first.Location));
        (await silo.ReadAsync(opened.Number)).Version.ShouldBe(2);

        var late = await window.SubmitAsync(accept, accept, ("go", "do"));
        late.Status.ShouldBe(HttpStatusCode.Conflict);
        Shown(late).QuerySelector(".refusal").Read().ShouldContain("1005");
        (await window.GetAsync($"{File(opened)}/acts/open")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await window.GetAsync($"{File(opened)}/acts/nothing")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Form_OnAPageThatHasAged_ShowsWhatHappenedAndKeepsWhatWasTyped()
    {
        var prepared = await silo.PrepareAsync();
        using var decider = await silo.StaffAsync(prepared.Officers[0]);
        var refuse = $"{File(prepared)}/acts/refuse";
        var shown = Hidden(await decider.GetAsync(refuse));
        var extend = $"{File(prepared)}/acts/extend";
        (await decider.SubmitAsync(extend, extend, ("f.reason", "需要听证"), ("go", "do"))).Status.ShouldBe(HttpStatusCode.SeeOther);

        var late = await decider.PostAsync(refuse, [.. shown, ("f.reason", "材料不实"), ("go", "do")]);
        late.Status.ShouldBe(HttpStatusCode.PreconditionFailed);
        Shown(late).QuerySelector("section.told").Read().ShouldContain("extend");
        Shown(late).QuerySelector("textarea").Read().ShouldBe("材料不实");
        var again = await decider.PostAsync(refuse, [.. Hidden(late), ("f.reason", "材料不实"), ("go", "do")]);
        again.Status.ShouldBe(HttpStatusCode.SeeOther, again.Text);
        (await silo.ReadAsync(prepared.Number)).Ending.ShouldBe("refused");
    }

    [Fact]
    public async Task Form_WithoutItsToken_CommandsNothingAndLosesNothing()
    {
        var prepared = await silo.PrepareAsync();
        using var decider = await silo.StaffAsync(prepared.Officers[0]);
        var refuse = $"{File(prepared)}/acts/refuse";
        var shown = Hidden(await decider.GetAsync(refuse)).Where(one => one.Name != "form-token").ToArray();
        var forged = await decider.PostAsync(refuse, [.. shown, ("f.reason", "材料不实"), ("go", "do")]);
        forged.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        Shown(forged).QuerySelector("textarea").Read().ShouldBe("材料不实");
        (await silo.ReadAsync(prepared.Number)).Version.ShouldBe(prepared.Version);
    }

    [Fact]
    public async Task Session_EndedInAForm_KeepsWhatWasTypedUntilTheNextSignIn()
    {
        var prepared = await silo.PrepareAsync();
        using var decider = await silo.StaffAsync(prepared.Officers[0]);
        var refuse = $"{File(prepared)}/acts/refuse";
        var shown = Hidden(await decider.GetAsync(refuse));
        using var stranger = silo.Stranger();
        var ended = await stranger.PostAsync(refuse, [.. shown, ("f.reason", "材料不实"), ("go", "do")]);
        ended.Status.ShouldBe(HttpStatusCode.Unauthorized);
        var kept = Hidden(ended).ToArray();
        kept.ShouldBe([("f.reason", "材料不实")]);

        var resumed = await decider.PostAsync(refuse, [.. kept, ("go", "edit")]);
        Shown(resumed).QuerySelector("textarea").Read().ShouldBe("材料不实");
        (await decider.PostAsync(refuse, [.. Hidden(resumed), .. kept, ("go", "do")])).Status.ShouldBe(HttpStatusCode.SeeOther);
    }

    [Fact]
    public async Task Act_WithAFieldMissing_SaysSoAtTheFieldAndRecordsNothing()
    {
        var prepared = await silo.PrepareAsync();
        using var decider = await silo.StaffAsync(prepared.Officers[0]);
        var refuse = $"{File(prepared)}/acts/refuse";
        var answer = await decider.SubmitAsync(refuse, refuse, ("f.reason", "  "), ("go", "preview"));
        answer.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        Shown(answer).QuerySelector(".summary a")!.GetAttribute("href").ShouldBe("#field-reason");
        (await silo.ReadAsync(prepared.Number)).Version.ShouldBe(prepared.Version);
    }

    [Fact]
    public async Task Act_ThatIsNotTheirs_IsRefusedAndStandsOnTheFile()
    {
        var prepared = await silo.PrepareAsync();
        using var window = await silo.StaffAsync("GY-029");
        var grant = $"{File(prepared)}/acts/grant";
        Shown(await window.GetAsync(grant)).QuerySelector(".refusal").Read().ShouldContain("would stand on the file");
        var refused = await window.SubmitAsync(grant, grant, ("go", "do"));
        refused.Status.ShouldBe(HttpStatusCode.Forbidden);
        Shown(refused).QuerySelector(".refusal").Read().ShouldContain("3002");
        (await silo.ReadAsync(prepared.Number)).Version.ShouldBe(prepared.Version + 1);
        Shown(await window.GetAsync(File(prepared))).QuerySelector("ol.record").Read().ShouldContain("refused 'grant'");
    }

    [Fact]
    public async Task File_AsOfARecord_IsAsItWasThen()
    {
        var prepared = await silo.PrepareAsync();
        using var decider = await silo.StaffAsync(prepared.Officers[0]);
        var then = Shown(await decider.GetAsync($"{File(prepared)}?asOf=1"));
        then.QuerySelector(".steps [aria-current]").Read().ShouldBe("intake at the window");
        then.QuerySelectorAll("ol.record > li").Length.ShouldBe(1);
        then.QuerySelectorAll("a.button").ShouldBeEmpty();
        (await decider.GetAsync($"{File(prepared)}?asOf=0")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await decider.GetAsync($"{File(prepared)}?asOf={prepared.Version + 1}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await decider.GetAsync($"{File(prepared)}?asOf=soon")).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Case_OfOthers_IsNotThere()
    {
        var opened = await silo.OpenAsync();
        using var other = await silo.StaffAsync("GY-043");
        var others = await other.GetAsync($"/o/enforcement/cases/{opened.Number}");
        var nobodys = await other.GetAsync("/o/enforcement/cases/GY99999999");
        (others.Status, nobodys.Status).ShouldBe((HttpStatusCode.NotFound, HttpStatusCode.NotFound));
        Shown(others).Read().ShouldBe(Shown(nobodys).Read(), "who asks learns nothing of the difference");
        (await other.GetAsync($"/o/enforcement/cases/{opened.Number}/acts/accept")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await other.GetAsync("/o/enforcement/cases/..%2f..%2fx")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Office_ThatIsNotTheirs_IsShutAndTheirOwnIsNamed()
    {
        using var officer = await silo.StaffAsync("GY-044");
        foreach (var path in new[] { Office, $"{Office}/people", $"{Office}/overdue", $"{Office}/next", "/o/nothing", "/o/system" })
        {
            var answer = await officer.GetAsync(path);
            answer.Status.ShouldBe(HttpStatusCode.Forbidden, path);
            Shown(answer).QuerySelector("a")!.GetAttribute("href").ShouldBe("/o/enforcement", path);
        }

        using var leader = await silo.KindAsync(AccountKind.Leader);
        (await leader.GetAsync(Office)).Status.ShouldBe(HttpStatusCode.Forbidden);
        using var stranger = silo.Stranger();
        (await stranger.GetAsync($"{Office}?tab=office")).Location.ShouldBe("/sign-in?return=%2Fo%2Fgovernment-service%3Ftab%3Doffice");
    }

    [Fact]
    public async Task Work_EachTab_IsShown()
    {
        await silo.OpenAsync();
        using var head = await silo.StaffAsync("GY-021");
        foreach (var tab in new[] { "mine", "office", "waiting", "absent", "overdue" })
        {
            var page = await head.GetAsync($"{Office}?tab={tab}");
            page.Status.ShouldBe(HttpStatusCode.OK, tab);
            Shown(page).QuerySelectorAll(".tabs [aria-current]").Length.ShouldBe(1);
            page.Headers["Cache-Control"].ShouldContain("no-store");
        }

        Shown(await head.GetAsync($"{Office}?tab=office")).QuerySelectorAll("tbody tr").ShouldNotBeEmpty();
        (await head.GetAsync($"{Office}?after=nonsense")).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await head.GetAsync($"{Office}/overdue")).Status.ShouldBe(HttpStatusCode.OK);
    }

    private static IEnumerable<(string Name, string Value)> Hidden(Answer page) =>
        Shown(page)
            .QuerySelectorAll("form input[type=hidden]")
            .Select(input => (input.GetAttribute("name")!, input.GetAttribute("value") ?? ""));
}
