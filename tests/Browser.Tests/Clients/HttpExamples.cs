using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using TownReform.Browser.Tests.Fixtures;
using TownReform.Silo.Identity;
using TownReform.Silo.Identity.Storage;

namespace TownReform.Browser.Tests.Clients;

/// <summary>The examples of <c>docs/clients.md</c>, as an integrator would copy them.</summary>
internal static partial class HttpExamples
{
    private const string Heading = "### Examples";

    /// <summary>The example in a language, whole.</summary>
    public static string Of(string language)
    {
        var page = File.ReadAllText(Path.Combine(SourceFolder.Path, "docs", "clients.md"));
        var examples = page[page.IndexOf(Heading, StringComparison.Ordinal)..];
        return Block().Matches(examples).Single(block => block.Groups[1].Value == language).Groups[2].Value;
    }

    /// <summary>An example opens one case of its party and tells where it stands.</summary>
    /// <param name="run">Runs it with what it reads of its environment.</param>
    public static async Task OpensAsync(WebTown town, Func<Dictionary<string, string>, Task<string>> run)
    {
        var (party, services) = (town.NewParty(), town.Silo.Services);
        var now = TimeProvider.System.GetUtcNow();
        var account = new Account($"example-{party}", AccountKind.Party, $"example-{party}", new("当事人", "Party")) { Parties = [party] };
        var hash = await new Passwords().HashAsync("nine small boats at ease");
        (await services.GetRequiredService<AccountStore>().AddAsync(account, hash, mustChange: false, now)).ShouldBeTrue();
        var (text, key) = ApiKeys.New(account.Id, "example", KeyScopes.Read | KeyScopes.ApplyForParty, now, now.AddDays(1));
        await services.GetRequiredService<ApiKeyStore>().AddAsync(key);
        var said = await run(
            new()
            {
                ["TOWN"] = town.Address.TrimEnd('/'),
                ["KEY"] = text,
                ["PARTY"] = party,
            }
        );
        var told = Told().Match(said);
        told.Success.ShouldBeTrue(said);
        var view = await town.ReadAsync(told.Groups[1].Value);
        (view.Party.Id, view.Step).ShouldBe((party, told.Groups[2].Value));
        await using var own = await town.OfPartyAsync(party);
        await own.OpenAsync("/my");
        (await own.Page.Locator("main ul.list > li").CountAsync()).ShouldBe(1, "sent twice, opened once");
    }

    /// <summary>Runs a program to its end.</summary>
    /// <returns>What it said; fails where it failed.</returns>
    public static async Task<string> RunAsync(string folder, Dictionary<string, string> environment, string program, params string[] line)
    {
        var start = new ProcessStartInfo(program, line)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var (said, complained) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(0, $"{program} {string.Join(' ', line)}\n{await said}\n{await complained}");
        return await said;
    }

    [GeneratedRegex("^```(\\w+)\\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("^([A-Z]{2}[0-9]{8}): (\\S+)$", RegexOptions.Multiline)]
    private static partial Regex Told();
}
