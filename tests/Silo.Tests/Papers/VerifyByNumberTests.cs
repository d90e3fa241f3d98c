using System.Net;
using TownReform.Silo.Tests.Api;
using TownReform.Silo.Web.Public;
using TownReform.Tests.Fixtures;

namespace TownReform.Silo.Tests.Papers;

/// <summary>The public page that says what the register has of a number, and of nothing else.</summary>
public sealed class VerifyByNumberTests(SignedInSilo silo) : IClassFixture<SignedInSilo>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Number_OfADecision_TellsWhatTheRegisterHas()
    {
        var waiting = await silo.OpenAsync("V-1");
        var number = (await silo.OpenAsync("V-2")).Number;
        var view = await ActAsync(number, "accept", new { });
        await ActAsync(number, "recommend", new { fields = new { recommendation = "grant" } });
        (await PageAsync(number)).Status.ShouldBe(HttpStatusCode.NotFound, "it isn't decided yet");
        await ActAsync(number, "grant", new { fields = new { reason = "条件齐全" } });
        var certificate = await Eventually.GivesAsync(
            "the decision has its number",
            async () => (await ReadAsync(number)).Certificate is { Length: > 0 } given ? given : null
        );
        view = await ActAsync(number, "deliver", new { });
        view.Disposition.ShouldBe(Disposition.Decided);

        var typed = certificate.Replace('〔', '[').Replace('〕', '］').Replace("号", " 号", StringComparison.Ordinal);
        foreach (var asked in (string[])[certificate, typed, number, number.ToLowerInvariant(), $"{number}-1"])
        {
            var found = await PageAsync(asked);
            found.Status.ShouldBe(HttpStatusCode.OK, asked);
            found.Text.ShouldContain("The public register has this decision");
            found.Text.ShouldContain(certificate);
            found.Text.ShouldContain(number);
            found.Text.ShouldNotContain("V-2", Case.Sensitive, "nobody's id is public");
            found.Text.ShouldNotContain(view.Officers.FirstOrDefault() ?? "YD-0");
        }

        // A case that is there and not public is told as one that isn't there.
        var unknown = await PageAsync("YD09999999");
        (unknown.Status, (await PageAsync(waiting.Number)).Status).ShouldBe((HttpStatusCode.NotFound, HttpStatusCode.NotFound));
        var other = (await PageAsync(waiting.Number)).Text.Replace(waiting.Number, "NUMBER", StringComparison.Ordinal);
        other.ShouldBe(unknown.Text.Replace("YD09999999", "NUMBER", StringComparison.Ordinal));
        unknown.Text.ShouldContain("The public register has no such number");
    }

    [Theory]
    [InlineData("' OR 1=1 --")]
    [InlineData("%")]
    [InlineData("烟行许〔2026〕")]
    [InlineData("烟行许〔2026〕99999号")]
    [InlineData("\uD800")]
    [InlineData("-1")]
    public async Task Number_ThatIsNone_IsToldSo(string number) => (await PageAsync(number)).Status.ShouldBe(HttpStatusCode.NotFound);

    [Theory]
    [InlineData("YD00000001", "YD00000001")]
    [InlineData(" yd00000001-12 ", "YD00000001")]
    [InlineData("ＹＤ００００００01", "YD00000001")]
    [InlineData("烟行许〔2026〕1号", null)]
    [InlineData("YD00000001-1-1", null)]
    public void CaseOf_NumbersAsTyped_FindsTheCase(string typed, string? number) => Certificates.CaseOf(typed).ShouldBe(number);

    [Theory]
    [InlineData("烟行许［2026］1号")]
    [InlineData("烟行许(2026)1号")]
    [InlineData("烟行许（2026） 1 号")]
    [InlineData("烟行许【２０２６】1号")]
    [InlineData("烟行许\u200b〔2026〕1号")]
    public void Normal_BracketsAsTyped_AreThoseThatArePrinted(string typed) => Certificates.Normal(typed).ShouldBe("烟行许〔2026〕1号");

    private async Task<(HttpStatusCode Status, string Text)> PageAsync(string number)
    {
        using var answer = await silo.GetAsync(null, $"/verify?number={Uri.EscapeDataString(number)}");
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Stop));
    }

    private async Task<CaseView> ReadAsync(string number) =>
        (await silo.Grains.GetGrain<ICaseGrain>(Address.Case(Address.Live, number)).ReadAsync()).Value!;

    private async Task<CaseView> ActAsync(string number, string act, object body)
    {
        var view = await ReadAsync(number);
        using var answer = await silo.PostAsync(
            silo.Staff("yandian", view.Officers[0]),
            $"/api/v1/cases/{number}/acts/{act}",
            body,
            SignedInSilo.Fresh(),
            ("If-Match", $"\"{view.Version}\"")
        );
        var json = await SignedInSilo.JsonAsync(answer);
        answer.IsSuccessStatusCode.ShouldBeTrue(json.ToString());
        return json.Case();
    }
}
