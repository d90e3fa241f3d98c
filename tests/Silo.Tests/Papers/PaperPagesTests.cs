using System.Net;
using System.Text.RegularExpressions;
using TownReform.Silo.Tests.Api;

namespace TownReform.Silo.Tests.Papers;

/// <summary>Documents and receipts as pages, and the page by which anybody checks a receipt, without script.</summary>
public sealed partial class PaperPagesTests(SignedInSilo silo) : IClassFixture<SignedInSilo>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Documents_OfACase_AreReadAsJsonAndAsAPageByItsPartyAlone()
    {
        var party = silo.Party("D-1");
        var opened = await silo.OpenAsync("D-1", party);
        var list = await SignedInSilo.JsonAsync(await silo.GetAsync(party, $"/api/v1/cases/{opened.Number}/documents"));
        var document = list.GetProperty("documents")[0];
        document.GetProperty("id").GetString().ShouldBe("1-receipt-of-papers");
        using var page = await silo.GetAsync(party, $"/documents/{opened.Number}/1-receipt-of-papers");
        var html = await page.Content.ReadAsStringAsync(Stop);
        html.ShouldContain("Receipt of papers");
        html.ShouldContain("data:image/svg&#x2B;xml;base64,");
        html.ShouldNotContain("<script>");
        using var asHtml = await silo.GetAsync(
            party,
            $"/api/v1/cases/{opened.Number}/documents/1-receipt-of-papers",
            ("Accept", "text/html")
        );
        asHtml.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        foreach (
            var path in new[]
            {
                $"/documents/{opened.Number}/1-receipt-of-papers",
                $"/receipts/{opened.Number}",
                $"/api/v1/cases/{opened.Number}/documents",
                $"/api/v1/cases/{opened.Number}/receipt",
            }
        )
        {
            using var foreign = await silo.GetAsync(silo.Party("D-2"), path);
            foreign.StatusCode.ShouldBe(HttpStatusCode.NotFound, path);
        }

        using var none = await silo.GetAsync(party, $"/documents/{opened.Number}/2-acceptance");
        none.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Receipt_ByTextFileAndWords_IsCheckedByAnybody()
    {
        var party = silo.Party("D-3");
        var opened = await silo.OpenAsync("D-3", party);
        var issued = await SignedInSilo.JsonAsync(await silo.GetAsync(party, $"/api/v1/cases/{opened.Number}/receipt?at=1"));
        var (signed, words) = (
            issued.GetProperty("signed").GetString()!,
            string.Join(' ', issued.GetProperty("words").EnumerateArray().Select(word => word.GetString()))
        );
        using var printed = await silo.GetAsync(party, $"/receipts/{opened.Number}?record=1");
        (await printed.Content.ReadAsStringAsync(Stop)).ShouldContain(words.Split(' ')[0]);

        (await PageAsync($"/verify?receipt={signed}", HttpStatusCode.OK)).ShouldContain("It holds");
        (await PageAsync($"/verify?receipt={signed[..^9]}AAAAAAAAA", HttpStatusCode.UnprocessableEntity)).ShouldContain("signature");
        (await PageAsync($"/verify?number={opened.Number}&record=1&words={Uri.EscapeDataString(words)}", HttpStatusCode.OK)).ShouldContain(
            "It holds"
        );
        var wrong = await PageAsync(
            $"/verify?number={opened.Number}&record=2&words={Uri.EscapeDataString(words)}",
            HttpStatusCode.UnprocessableEntity
        );
        var nowhere = await PageAsync(
            $"/verify?number=YD99999999&record=2&words={Uri.EscapeDataString(words)}",
            HttpStatusCode.UnprocessableEntity
        );
        Summary().Match(wrong).Value.ShouldBe(Summary().Match(nowhere).Value, "a stranger doesn't learn which cases there are");
        (await PageAsync("/verify", HttpStatusCode.OK)).ShouldNotContain("role=\"alert\"");

        using var form = new MultipartFormDataContent { { new StringContent(signed), "file", "receipt.jws" } };
        using var answer = await silo.Http.PostAsync(new Uri("/verify?lang=en", UriKind.Relative), form, Stop);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private async Task<string> PageAsync(string path, HttpStatusCode status)
    {
        using var answer = await silo.GetAsync(null, path);
        answer.StatusCode.ShouldBe(status, path);
        return await answer.Content.ReadAsStringAsync(Stop);
    }

    [GeneratedRegex("role=\"alert\">.*?</div>", RegexOptions.Singleline)]
    private static partial Regex Summary();
}
