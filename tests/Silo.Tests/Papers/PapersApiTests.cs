using System.Net;
using System.Net.Http.Headers;
using TownReform.Silo.Tests.Api;

namespace TownReform.Silo.Tests.Papers;

/// <summary>Papers over HTTP: handed in, used in an application, read by those who may read the case and by nobody else.</summary>
public sealed class PapersApiTests(SignedInSilo silo) : IClassFixture<SignedInSilo>
{
    private static readonly byte[] Pdf = [.. "%PDF-1.7\nhello"u8];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Paper_HandedInAndUsed_IsReadByThoseOfTheCaseAlone()
    {
        var (party, other) = (silo.Party("P-1"), silo.Party("P-2"));
        using var taken = await UploadAsync(party, Pdf, "执照 \"1\"\r\nX-Bad: 1.pdf");
        taken.StatusCode.ShouldBe(HttpStatusCode.Created, await taken.Content.ReadAsStringAsync(Stop));
        var paper = await SignedInSilo.JsonAsync(taken);
        var (sha, field) = (paper.GetProperty("sha256").GetString()!, paper.GetProperty("field").GetString()!);

        using var own = await silo.GetAsync(party, $"/api/v1/papers/{sha}");
        own.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await own.Content.ReadAsByteArrayAsync(Stop)).ShouldBe(Pdf);
        own.Content.Headers.ContentType!.MediaType.ShouldBe("application/pdf");
        own.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        own.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("sandbox;");
        own.Headers.Contains("X-Bad").ShouldBeFalse();
        own.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("inline");
        own.Content.Headers.ContentDisposition.FileNameStar!.ShouldStartWith("执照");
        using var foreign = await silo.GetAsync(other, $"/api/v1/papers/{sha}");
        foreign.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var nobody = await silo.GetAsync(null, $"/api/v1/papers/{sha}");
        nobody.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        using var stolen = await silo.PostAsync(other, "/api/v1/towns/yandian/cases", Opening("P-2", field), SignedInSilo.Fresh());
        ((int)stolen.StatusCode).ShouldBe(422, "whoever knows a hash has not handed the file in");
        (await SignedInSilo.JsonAsync(stolen)).GetProperty("code").GetInt32().ShouldBe((int)RefusalCode.PaperUnknown);

        using var opened = await silo.PostAsync(party, "/api/v1/towns/yandian/cases", Opening("P-1", field), SignedInSilo.Fresh());
        opened.StatusCode.ShouldBe(HttpStatusCode.Created, await opened.Content.ReadAsStringAsync(Stop));
        var @case = (await SignedInSilo.JsonAsync(opened)).Case();
        @case.Fields.Single(one => one.Name == "papers").Value.ShouldBe(field);
        var officer = silo.Staff("yandian", @case.Officers[0]);
        using var read = await silo.GetAsync(officer, $"/api/v1/papers/{sha}?case={@case.Number}&save=true");
        read.StatusCode.ShouldBe(HttpStatusCode.OK);
        read.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        using var hidden = await silo.GetAsync(other, $"/api/v1/papers/{sha}?case={@case.Number}");
        hidden.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var absent = await silo.GetAsync(officer, $"/api/v1/papers/{new string('0', 64)}?case={@case.Number}");
        absent.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("a.svg", "<svg/>", 415)]
    [InlineData("a.pdf", "<html>", 415)]
    [InlineData("a.pdf", "", 422)]
    public async Task Upload_WhatIsNotTaken_SaysWhy(string name, string content, int status)
    {
        using var answer = await UploadAsync(silo.Party("P-3"), System.Text.Encoding.UTF8.GetBytes(content), name);
        ((int)answer.StatusCode).ShouldBe(status);
        (await SignedInSilo.JsonAsync(answer)).GetProperty("errors").GetProperty("file")[0].GetString().ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task Upload_TooLarge_IsToldAndNotKept()
    {
        var large = new byte[(20 << 20) + 1];
        "%PDF-1.7"u8.CopyTo(large);
        using var answer = await UploadAsync(silo.Party("P-4"), large, "a.pdf");
        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task Upload_WhatIsNoForm_SaysWhatToSend()
    {
        var party = silo.Party("P-5");
        using var json = await silo.PostAsync(party, "/api/v1/papers", new { file = "x" }, null);
        ((int)json.StatusCode).ShouldBeOneOf(400, 415);
        using var empty = new MultipartFormDataContent { { new StringContent("x"), "note" } };
        using var without = await SendAsync(party, empty);
        without.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        using var cut = new StringContent("--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a.pdf\"\r\n\r\n%PDF-");
        cut.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=b");
        using var broken = await SendAsync(party, cut);
        broken.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    private static object Opening(string party, string papers) =>
        new
        {
            procedure = "permit",
            item = "YD-XK-001",
            party = new
            {
                id = party,
                name = "某店",
                organisation = false,
            },
            fields = new Dictionary<string, string> { ["papers"] = papers },
        };

    private async Task<HttpResponseMessage> UploadAsync(string account, byte[] content, string name)
    {
        // By hand: the client would clean the name.
        var head = $"--b\r\nContent-Disposition: form-data; name=\"file\"; filename*=UTF-8''{Uri.EscapeDataString(name)}\r\n\r\n";
        using var form = new ByteArrayContent([.. System.Text.Encoding.UTF8.GetBytes(head), .. content, .. "\r\n--b--\r\n"u8]);
        form.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=b");
        return await SendAsync(account, form);
    }

    private async Task<HttpResponseMessage> SendAsync(string account, HttpContent content)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/papers") { Content = content };
        request.Headers.Add("X-Test-Account", account);
        return await silo.Http.SendAsync(request, Stop);
    }
}
