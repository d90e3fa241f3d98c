using System.IO.Compression;
using TownReform.Browser.Tests.Fixtures;
using TownReform.Browser.Tests.Journeys;

namespace TownReform.Browser.Tests.Pages;

/// <summary>What a page may weigh, with everything that it loads, compressed: a phone on a village's network opens it at once.</summary>
public class ByteBudgetTests(WebTown town)
{
    private const int Public = 30 * 1024,
        CaseFile = 45 * 1024,
        Inbox = 20 * 1024,
        Tasks = 50;

    [Theory]
    [InlineData("/")]
    [InlineData("/?kind=permit&town=yandian")]
    [InlineData("/items/YD-XK-001")]
    [InlineData("/track")]
    public async Task PublicPage_WithAllItLoads_IsWithinItsBudget(string path)
    {
        await using var stranger = await town.StrangerAsync(seat => seat with { Chinese = true });
        (await LoadedAsync(stranger, path)).ShouldBeLessThanOrEqualTo(Public, path);
    }

    [Fact]
    public async Task CaseFile_WithAllItLoads_IsWithinItsBudget()
    {
        var number = await town.OpenCaseAsync("accept", "recommend", "grant");
        var view = await town.ReadAsync(number);
        await using var officer = await town.OfficerAsync(view.Officers[0], seat => seat with { Chinese = true });
        (await LoadedAsync(officer, $"/o/{PermitJourney.Service}/cases/{number}")).ShouldBeLessThanOrEqualTo(CaseFile);
    }

    [Fact]
    public async Task Inbox_OfFifty_IsWithinItsBudget()
    {
        for (var n = 0; n < Tasks; n++)
        {
            await town.OpenCaseAsync();
        }

        var officer = (await town.ReadAsync(await town.OpenCaseAsync())).Officers[0];
        using var answer = await town.Silo.GetAsync(
            town.Silo.Staff(WebTown.Town, officer),
            $"/o/{PermitJourney.Service}?tab=office",
            ("Cookie", "lang=zh")
        );
        var page = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        var rows = System.Text.Encoding.UTF8.GetString(page).Split("<th scope=\"row\">").Length - 1;
        rows.ShouldBe(Tasks);
        page.Length.ShouldBeLessThanOrEqualTo(Inbox);
    }

    private static async Task<int> LoadedAsync(Person person, string path)
    {
        var bodies = new List<Task<byte[]>>();
        person.Page.Response += (_, answer) => bodies.Add(answer.BodyAsync());
        await person.Page.GotoAsync(path, new() { WaitUntil = WaitUntilState.Load });
        return (await Task.WhenAll(bodies)).Sum(Compressed);
    }

    private static int Compressed(byte[] body)
    {
        using var kept = new MemoryStream();
        using (var gzip = new GZipStream(kept, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(body);
        }

        return (int)kept.Length;
    }
}
