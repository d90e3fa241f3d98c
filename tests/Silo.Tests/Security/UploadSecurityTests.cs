using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using TownReform.Silo.Tests.Api;

namespace TownReform.Silo.Tests.Security;

/// <summary>Files that are something else than they say (OWASP ASVS 5.0, chapter 5; size 5.2.1 and scanner 5.4.3 are in
/// PaperStoreTests).</summary>
public sealed class UploadSecurityTests(SignedInSilo silo) : IClassFixture<SignedInSilo>
{
    private static readonly byte[] Png = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Others =>
        new()
        {
            { "page.png", "<!DOCTYPE html><script>alert(1)</script>" },
            { "drawing.png", "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>" }, // 1.3.4
            { "drawing.jpg", "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><svg>&e;</svg>" }, // 1.5.1
            { "program.pdf", "MZ\u0090\0" },
            { "script.pdf", "#!/bin/sh\nrm -rf /" },
            { "late.pdf", "<script>alert(1)</script>%PDF-1.7" },
            { "drawing.svg", "%PDF-1.7" },
            { "page.pdf.html", "%PDF-1.7" },
            { "page.html\0.pdf.php", "%PDF-1.7" },
            { "pdf", "%PDF-1.7" },
            { "turned\u202Efdp.exe", "%PDF-1.7" },
        };

    [Theory]
    [MemberData(nameof(Others))]
    public async Task V5_2_2_Files_OfAnotherSortThanTheirName_AreNotTaken(string name, string content)
    {
        using var answer = await UploadAsync(System.Text.Encoding.Latin1.GetBytes(content), name);
        answer.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType, await answer.Content.ReadAsStringAsync(Stop));
    }

    // Both a picture and a page: it is only ever served as the picture, out of the site's own context.
    [Fact]
    public async Task V3_2_1_Files_ThatAreTwoThings_AreServedAsOne()
    {
        byte[] both = [.. Png, .. "<html><script>alert(document.cookie)</script></html>"u8];
        using var taken = await UploadAsync(both, "both.png");
        taken.StatusCode.ShouldBe(HttpStatusCode.Created);
        var sha256 = (await SignedInSilo.JsonAsync(taken)).GetProperty("sha256").GetString();
        using var served = await silo.GetAsync(Party, $"/api/v1/papers/{sha256}", ("Accept", "text/html"));
        served.Content.Headers.ContentType!.MediaType.ShouldBe("image/png");
        served.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        var policy = served.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldStartWith("sandbox");
        policy.ShouldNotContain("allow-scripts");
    }

    // Only the list of what is inside is read: a file of some kilobytes that unpacks to a gigabyte costs nothing.
    [Fact]
    public async Task V5_2_3_Archives_ThatUnpackToManyTimesTheirSize_AreNotUnpacked()
    {
        using var packed = new MemoryStream();
        using (var archive = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            await using var inside = archive.CreateEntry("OFD.xml", CompressionLevel.SmallestSize).Open();
            var zeros = new byte[1 << 20];
            for (var i = 0; i < 1024; i++)
            {
                inside.Write(zeros);
            }
        }

        packed.Length.ShouldBeLessThan(2 << 20);
        var before = GC.GetTotalAllocatedBytes();
        using var answer = await UploadAsync(packed.ToArray(), "bomb.ofd");
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        (GC.GetTotalAllocatedBytes() - before).ShouldBeLessThan(100 << 20);

        using var other = new MemoryStream();
        using (var archive = new ZipArchive(other, ZipArchiveMode.Create, leaveOpen: true))
        {
            archive.CreateEntry("../../OFD.xml");
            archive.CreateEntry("word/document.xml");
        }

        using var refused = await UploadAsync(other.ToArray(), "other.ofd");
        refused.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
    }

    [Theory]
    [InlineData("../../../etc/cron.d/x.pdf")]
    [InlineData("..\\..\\windows\\x.pdf")]
    [InlineData("/etc/x.pdf")]
    [InlineData("C:\\x.pdf")]
    [InlineData("CON.pdf")]
    [InlineData("<img src=x onerror=alert(1)>.pdf")]
    [InlineData("a\r\nSet-Cookie: a=b.pdf")]
    public async Task V5_3_2_And_5_4_2_Names_LeadNowhereAndSayNothingElse(string name)
    {
        using var taken = await UploadAsync([.. "%PDF-1.7 "u8, .. System.Text.Encoding.UTF8.GetBytes(name)], name);
        taken.StatusCode.ShouldBe(HttpStatusCode.Created, await taken.Content.ReadAsStringAsync(Stop));
        var paper = await SignedInSilo.JsonAsync(taken);
        paper.GetProperty("name").GetString()!.ShouldNotContain("/");
        paper.GetProperty("name").GetString()!.ShouldNotContain("\\");
        paper.GetProperty("name").GetString()!.ShouldAllBe(sign => !char.IsControl(sign) && sign != '\u202E');
        using var served = await silo.GetAsync(Party, $"/api/v1/papers/{paper.GetProperty("sha256").GetString()}");
        served.StatusCode.ShouldBe(HttpStatusCode.OK);
        served.Headers.Contains("Set-Cookie").ShouldBeFalse();
        served.Content.Headers.GetValues("Content-Disposition").ShouldHaveSingleItem();
    }

    private string Party => silo.Party("371581198801012233");

    private async Task<HttpResponseMessage> UploadAsync(byte[] content, string name)
    {
        // By hand: the client would clean the name.
        var head = $"--b\r\nContent-Disposition: form-data; name=\"file\"; filename*=UTF-8''{Uri.EscapeDataString(name)}\r\n\r\n";
        using var form = new ByteArrayContent([.. System.Text.Encoding.UTF8.GetBytes(head), .. content, .. "\r\n--b--\r\n"u8]);
        form.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=b");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/papers") { Content = form };
        request.Headers.Add(SignedInSilo.Asks, Party);
        return await silo.Http.SendAsync(request, Stop);
    }
}
