using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using TownReform.Silo.Hosting;
using TownReform.Silo.Tests.Fixtures;
using TownReform.Tests.Fixtures;

namespace TownReform.Silo.Tests.Identity;

/// <summary>Accounts for trying: on loopback alone, with passwords of one start.</summary>
public sealed class DemoAccountTests : IDisposable
{
    private static readonly string[] Some =
    [
        "guyun-window",
        "yandian-reviewer",
        "yandian-decider",
        "guyun-head",
        "yandian-officer",
        "guyun-committee",
        "shen-organisation",
        "citizen",
        "enterprise",
        "agent",
        "leader",
        "auditor",
        "operator",
    ];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("town");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("--demo-accounts")]
    [InlineData("--demo-accounts", "--http", "8080", "--address", "10.0.0.1")]
    public void DemoAccounts_WithoutPagesOrBeyondLoopback_AreRefused(params string[] line) =>
        SiloOptions.Parse(line, _ => null).Fault.ShouldNotBeNull();

    [Fact]
    public void DemoAccounts_OnLoopback_AreTaken() =>
        SiloOptions.Parse(["--demo-accounts", "--http", "8080"], _ => null).Fault.ShouldBeNull();

    [Fact]
    public async Task DemoAccounts_OfOneStart_ServeUntilTheNext()
    {
        var (http, _) = SiloProcess.FreePorts();
        string[] pages = ["--http", http.ToString(CultureInfo.InvariantCulture)];
        Dictionary<string, string> printed;
        await using (var silo = await SiloProcess.StartWithAsync(folder.FullName, SiloProcess.FreePorts(), [.. pages, "--demo-accounts"]))
        {
            printed = await PrintedAsync(silo);
            foreach (var name in Some)
            {
                printed.ShouldContainKey(name);
            }

            // Each is who the table says, from the office that the town's record says.
            using var browser = new BrowserSession(http);
            var page = await browser.SignInAsync("yandian-decider", printed["yandian-decider"]);
            page.Status.ShouldBe(HttpStatusCode.OK);
            (await browser.GetAsync("/account")).Text.ShouldContain("Government Service Bureau");
            page.Text.ShouldContain("Demo accounts are on");
        }

        await using (await SiloProcess.StartWithAsync(folder.FullName, SiloProcess.FreePorts(), pages))
        {
            using var browser = new BrowserSession(http);
            (await browser.SignInAsync("citizen", printed["citizen"])).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        }
    }

    // Names and passwords, by the table that the silo printed.
    private static async Task<Dictionary<string, string>> PrintedAsync(SiloProcess silo)
    {
        Dictionary<string, string> Read() =>
            silo
                .Printed.Select(line => Regex.Match(line, "^  ([a-z-]+) +([a-z0-9]{4}-[a-z0-9]{4}-[a-z0-9]{4}) "))
                .Where(row => row.Success)
                .ToDictionary(row => row.Groups[1].Value, row => row.Groups[2].Value);
        await Eventually.HoldsAsync("the accounts are printed", () => Read().ContainsKey("operator"));
        return Read();
    }
}
