using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using TownReform.Silo.Tests.Api;

namespace TownReform.Silo.Tests.Web.My;

/// <summary>The page on which a fee is paid: whose it is, when it is there, and the test channel, which stands in a town for training
/// alone.</summary>
public sealed class FeePagesTests : IAsyncLifetime
{
    private readonly SignedInSilo silo = new() { Demo = true };

    public ValueTask InitializeAsync() => silo.InitializeAsync();

    public ValueTask DisposeAsync() => silo.DisposeAsync();

    [Fact]
    public async Task TestChannel_PaysOnceAndOnlyForItsParty()
    {
        var number = await silo.AtFeeAsync("FEE-1");
        var (party, page) = (silo.Party("FEE-1"), $"/my/cases/{number}/fee");
        (await GetAsync(silo.Party("FEE-2"), page)).Status.ShouldBe(HttpStatusCode.NotFound, "a stranger's");
        var shown = await GetAsync(party, page);
        shown.Main.TextContent.ShouldContain("200.00");
        shown.Main.QuerySelector("form").ShouldNotBeNull();

        (await PostAsync(party, page, shown with { Token = "made up" })).ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await silo.PaidAsync(party, number)).ShouldBeFalse();
        (await PostAsync(silo.Party("FEE-2"), page, shown)).ShouldBe(HttpStatusCode.NotFound);
        (await PostAsync(party, page, shown)).ShouldBe(HttpStatusCode.SeeOther);
        (await silo.PaidAsync(party, number)).ShouldBeTrue();
        (await PostAsync(party, page, shown)).ShouldBe(HttpStatusCode.SeeOther, "a double click");
        (await GetAsync(party, page)).Status.ShouldBe(HttpStatusCode.NotFound, "nothing is to be paid any more");
    }

    private async Task<Shown> GetAsync(string account, string path)
    {
        using var answer = await silo.GetAsync(account, path);
        var main = new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return new(
            answer.StatusCode,
            main.QuerySelector("main")!,
            main.QuerySelector("input[name='form-token']")?.GetAttribute("value") ?? "",
            main.QuerySelector("input[name='command']")?.GetAttribute("value") ?? "",
            answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies.First().Split(';')[0] : ""
        );
    }

    private async Task<HttpStatusCode> PostAsync(string account, string path, Shown form)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent([new("form-token", form.Token), new("command", form.Command)]),
        };
        request.Headers.Add(SignedInSilo.Asks, account);
        request.Headers.Add("Cookie", form.Cookie);
        using var answer = await silo.Plain.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    private sealed record Shown(HttpStatusCode Status, IElement Main, string Token, string Command, string Cookie);
}

/// <summary>A granted permit whose fee is waited for.</summary>
internal static class FeeCases
{
    public const string Item = "YD-XK-016";

    public static async Task<string> AtFeeAsync(this SignedInSilo silo, string party)
    {
        using var opened = await silo.PostAsync(
            silo.Party(party),
            "/api/v1/towns/yandian/cases",
            new
            {
                procedure = "permit-with-fee",
                item = Item,
                party = new
                {
                    id = party,
                    name = "某店",
                    organisation = false,
                },
            },
            SignedInSilo.Fresh()
        );
        opened.StatusCode.ShouldBe(HttpStatusCode.Created);
        var view = (await SignedInSilo.JsonAsync(opened)).Case();
        foreach (var act in new[] { "accept", "recommend", "grant-on-payment" })
        {
            object sent = act == "recommend" ? new { fields = new { recommendation = "grant" } } : new { };
            view = await silo.ActAsync(silo.Staff("yandian", view.Officers[0]), view, act, sent);
        }

        return view.Number;
    }

    public static async Task<CaseView> ActAsync(this SignedInSilo silo, string account, CaseView view, string act, object sent)
    {
        using var answer = await silo.PostAsync(
            account,
            $"/api/v1/cases/{view.Number}/acts/{act}",
            sent,
            SignedInSilo.Fresh(),
            ("If-Match", $"\"{view.Version}\"")
        );
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return (await SignedInSilo.JsonAsync(answer)).Case();
    }

    public static async Task<bool> PaidAsync(this SignedInSilo silo, string party, string number)
    {
        using var read = await silo.GetAsync(party, $"/api/v1/cases/{number}");
        return (await SignedInSilo.JsonAsync(read)).Case().Fields.Any(field => field.Name == "paid");
    }
}
