using System.Globalization;
using System.Net;
using TownReform.Silo.Identity;
using TownReform.Silo.Identity.Storage;
using TownReform.Silo.Tests.Fixtures;

namespace TownReform.Silo.Tests.Live;

/// <summary>A process that serves the web beside a silo with a folder (SQLite), which has no HTTP itself.</summary>
public sealed class WebBesideFolderTests : IDisposable
{
    private const int BadInput = 2,
        SeedsDiffer = 3;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("town");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Web_BesideAPracticeTown_HasItsAccountsItsClockAndItsSeeds()
    {
        var data = Path.Combine(folder.FullName, "data");
        var (ports, http) = (SiloProcess.FreePorts(), SiloProcess.FreePorts().Silo);
        string[] town = ["--data", data, "--gateway-port", ports.Gateway.ToString(CultureInfo.InvariantCulture)];

        // Nothing is served of a folder without a town, and no accounts are made in it.
        await using (var early = SiloProcess.LaunchWeb(http, Repository.Seeds, town))
        {
            (await early.ExitAsync()).ShouldBe(BadInput);
            await early.ComplainsAsync("holds no town");
            Directory.Exists(data).ShouldBeFalse();
        }

        await using var silo = await SiloProcess.StartWithAsync(data, ports, "--clock", "2019-06-03T09:00");
        var other = Repository.CopySeedsFor(TimeProvider.System.GetUtcNow(), Path.Combine(folder.FullName, "seeds"));
        await File.AppendAllLinesAsync(Path.Combine(other, "calendar", "china.csv"), ["2027-12-31,holiday,元旦"], Stop);
        await using (var stranger = SiloProcess.LaunchWeb(http, other, town))
        {
            (await stranger.ExitAsync()).ShouldBe(SeedsDiffer);
            await stranger.ComplainsAsync("calendar");
        }

        await using var web = await SiloProcess.StartWebAsync(http, Repository.Seeds, town);
        await using (var accounts = AccountDatabase.OnSqlite(data))
        {
            var officer = new Account("a1", AccountKind.Staff, "reviewer", new("审查员", "Reviewer"), Town: "yandian", Staff: "YD-024");
            var hash = await new Passwords().HashAsync(WebCluster.Password);
            (await new AccountStore(accounts).AddAsync(officer, hash, mustChange: false, TimeProvider.System.GetUtcNow())).ShouldBeTrue();
        }

        using var browser = new BrowserSession(http);
        (await browser.SignInAsync("reviewer", WebCluster.Password)).Status.ShouldBe(HttpStatusCode.OK);
        (await browser.GetAsync("/o/government-service")).Status.ShouldBe(HttpStatusCode.OK);
        (await browser.GetAsync("/health/ready")).Text.ShouldBe("ready (practice town)");
        var board = await browser.GetAsync("/api/v1/board/yandian");
        board.Text.ShouldContain("2019-06-03T");

        // Runs need a silo in the process; that is said in words.
        var runs = await browser.GetAsync("/api/v1/simulations", ("Sec-Fetch-Site", "same-origin"));
        (runs.Status, runs.Text.Contains("no silo", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.NotFound, true));

        // Without a silo it lives, isn't ready, and answers in words.
        await silo.KillAsync();
        (await browser.GetAsync("/health/live")).Status.ShouldBe(HttpStatusCode.OK);
        var ready = await browser.GetAsync("/health/ready");
        (ready.Status, ready.Text).ShouldBe((HttpStatusCode.ServiceUnavailable, "no silo answers / 没有节点应答"));
        (await web.StopAsync()).ShouldBe(0);
    }
}
