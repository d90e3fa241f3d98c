using System.Net;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using TownReform.Silo.Identity;
using TownReform.Silo.Tests.Fixtures;
using TownReform.Silo.Tests.Web.Offices;

namespace TownReform.Silo.Tests.Web.Audit;

/// <summary>Pages of auditors and leaders on a real silo, and that they are nobody else's.</summary>
public sealed class AuditPagesTests(OfficeSilo silo) : IClassFixture<OfficeSilo>
{
    private const string Reason = "reason=%E7%AC%AC%E5%9B%9B%E5%AD%A3%E5%BA%A6%E6%8A%BD%E6%9F%A5";

    private static IElement Shown(Answer answer) => new HtmlParser().ParseDocument(answer.Text).QuerySelector("main")!;

    [Fact]
    public async Task Case_WithAReason_IsShownRecordByRecordAsStored()
    {
        var granted = await silo.GrantAsync();
        using var auditor = await silo.KindAsync(AccountKind.Auditor);
        var one = $"/audit/cases/{granted.Number}";
        (await auditor.GetAsync($"/audit?case={granted.Number}")).Location.ShouldBe(one);
        Shown(await auditor.GetAsync("/audit?case=GY99999999")).QuerySelector("[role=status]").Read().ShouldContain("no case 'GY99999999'");

        Shown(await auditor.GetAsync(one)).QuerySelector("ol.record").ShouldBeNull("it says first what it is for");
        (await auditor.GetAsync($"{one}?reason=abc")).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await auditor.GetAsync($"{one}/proof")).Location.ShouldBe(one);

        var page = Shown(await auditor.GetAsync($"{one}?{Reason}"));
        var stored = await silo.Town.Audit.ReadStreamAsync($"case/{granted.Number}", 0);
        stored.Length.ShouldBeGreaterThan(3);
        page.QuerySelectorAll("ol.record > li").Length.ShouldBe(stored.Length);
        page.Read().ShouldContain(stored[^1].Hash);
        page.QuerySelector(".fault").ShouldBeNull();

        var proof = JsonDocument.Parse((await auditor.GetAsync($"{one}/proof?{Reason}")).Text).RootElement;
        proof.GetProperty("records").GetArrayLength().ShouldBe(stored.Length);
        proof.GetProperty("keys").GetProperty("keys").GetArrayLength().ShouldBeGreaterThan(0);
        var receipts = silo.Town.Grains.GetGrain<IReceiptGrain>(Address.Live);
        var verdict = await receipts.CheckAsync(proof.GetProperty("receipt").GetProperty("signed").GetString()!);
        verdict.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Chains_WhenAsked_AreRecomputed()
    {
        using var auditor = await silo.KindAsync(AccountKind.Auditor);
        Shown(await auditor.GetAsync("/audit")).Read().ShouldContain("Check them now");
        var checked_ = Shown(await auditor.GetAsync("/audit?verify=true"));
        checked_.QuerySelector("[role=status]").Read().ShouldContain("Whole: nothing edited");
        checked_.QuerySelector(".code").Read().Length.ShouldBe(64);
    }

    [Fact]
    public async Task Board_OfLeadersAndHeads_IsNobodyElses()
    {
        await silo.OpenAsync();
        using var leader = await silo.KindAsync(AccountKind.Leader);
        Shown(await leader.GetAsync("/board")).ReadAll("h2").ShouldBe(["Guyun Town", "Yandian Town"]);
        var board = Shown(await leader.GetAsync("/board/guyun"));
        board.QuerySelectorAll(".figures li").Length.ShouldBe(7);
        (await leader.GetAsync("/board/nowhere")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await leader.GetAsync("/audit")).Status.ShouldBe(HttpStatusCode.NotFound);

        using var head = await silo.StaffAsync("GY-041");
        (await head.GetAsync("/board/guyun")).Status.ShouldBe(HttpStatusCode.OK);
        (await head.GetAsync("/board/yandian")).Status.ShouldBe(HttpStatusCode.NotFound);
        using var officer = await silo.StaffAsync("GY-043");
        (await officer.GetAsync("/board/guyun")).Status.ShouldBe(HttpStatusCode.NotFound);
        using var stranger = silo.Stranger();
        (await stranger.GetAsync("/board/guyun")).Location.ShouldBe("/sign-in?return=%2Fboard%2Fguyun");
        (await stranger.GetAsync("/audit")).Location.ShouldBe("/sign-in?return=%2Faudit");
    }
}
