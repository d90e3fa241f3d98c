using System.Text.Json;
using TownReform.Client.Terminal;
using TownReform.Client.Tests.Live;
using TownReform.Tests.Fixtures;

namespace TownReform.Client.Tests.Load;

/// <summary>Loads on a live town in a process of its own.</summary>
public sealed class LiveLoadTests(LiveConsole live) : IClassFixture<LiveConsole>, IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("load");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Load_OpenLoopOfAMix_AnswersEverythingAndIsSound()
    {
        var report = await live.AskAsync(
            $"load --rate 20 --warm-up 0s --duration 2s --pace 20ms --mix permit=1,confirmation=1,penalty-summary=1 --out {folder.FullName}"
        );
        var figures = report.GetProperty("figures");
        (Number(figures, "arrived"), Number(figures, "ended"), Number(figures, "failed")).ShouldBe((40, 40, 0));
        figures.GetProperty("perSecond").EnumerateArray().Sum(n => n.GetInt64()).ShouldBe(Number(figures, "answered"));
        report
            .GetProperty("audit")
            .GetProperty("checks")
            .EnumerateArray()
            .Single(c => c.GetProperty("check").GetString() == "acknowledged")
            .GetProperty("looked")
            .GetInt64()
            .ShouldBe(Number(figures, "answered"));
        using var written = JsonDocument.Parse(
            await File.ReadAllTextAsync(Path.Combine(folder.FullName, "load.json"), TestContext.Current.CancellationToken)
        );
        Number(written.RootElement.GetProperty("figures"), "answered").ShouldBe(Number(figures, "answered"));
        var page = await File.ReadAllTextAsync(Path.Combine(folder.FullName, "load.html"), TestContext.Current.CancellationToken);
        page.ShouldContain("压力测试");
        page.ShouldNotContain("http-equiv=\"refresh\"");
    }

    [Fact]
    public async Task Load_WarmUp_IsAuditedAndNotMeasured()
    {
        var report = await live.AskAsync("load --rate 20 --warm-up 1s --duration 2s --pace 20ms --mix permit");
        var figures = report.GetProperty("figures");
        (Number(figures, "arrived"), Number(figures, "answered")).ShouldBe((40, 200));
        report.GetProperty("audit").GetProperty("acknowledged").GetInt64().ShouldBe(300);
        report.GetProperty("terms").GetProperty("warmUpSeconds").GetDouble().ShouldBe(1);
    }

    [Fact]
    public async Task Load_ManyApproversOfOneCase_OneWinsEach()
    {
        var figures = (await live.AskAsync("load --concurrency 4 --warm-up 0s --duration 1s --hot case --approvers 8")).GetProperty(
            "figures"
        );
        var cases = Number(figures, "ended");
        cases.ShouldBeGreaterThan(0);
        // Each case was open to eight deciders: seven are told that it has gone on.
        figures.GetProperty("refused").EnumerateArray().Sum(r => Number(r, "count")).ShouldBe(cases * 7);
    }

    [Fact]
    public async Task Load_WithoutAudit_SaysSo()
    {
        var typed = await live.TypeAsync("load --concurrency 1 --warm-up 0s --duration 1s --no-audit");
        typed.Code.ShouldBe(ExitCode.Done, typed.Complained);
        typed.Complained.ShouldContain("--no-audit");
    }

    // More cases arrive while nobody answers than one block of case numbers holds: cases wait for their number too.
    [Fact]
    public async Task Load_TownCrashesAndComesBack_FinishesEveryCase()
    {
        var load = live.AskAsync("load --rate 200 --warm-up 0s --duration 6s --mix permit");
        await KillDuringAsync(load);
        await live.RestartAsync();
        var figures = (await load).GetProperty("figures");
        (Number(figures, "arrived"), Number(figures, "ended") + Number(figures, "held"), Number(figures, "failed")).ShouldBe(
            (1200, 1200, 0),
            figures.ToString()
        );
        Number(figures, "retried").ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Load_TownGoneAndCtrlC_TellsWhatWasAnsweredForALaterAudit()
    {
        using var ctrlC = new CancellationTokenSource();
        var load = live.TypeAsync($"load --rate 50 --warm-up 0s --duration 60s --mix permit --out {folder.FullName}", ctrlC);
        await KillDuringAsync(load);
        await ctrlC.CancelAsync();
        var typed = await load;
        typed.Code.ShouldBe(ExitCode.Unreachable, typed.Complained);
        typed.Said.ShouldContain("Commands answered");
        typed.Complained.ShouldContain("could not be audited");
        using var written = JsonDocument.Parse(
            await File.ReadAllTextAsync(Path.Combine(folder.FullName, "load.json"), TestContext.Current.CancellationToken)
        );
        var answered = Number(written.RootElement.GetProperty("figures"), "answered");
        answered.ShouldBeGreaterThan(0);

        await live.RestartAsync();
        await live.SettledAsync();
        var audit = await live.AskAsync($"audit check --acknowledged {Path.Combine(folder.FullName, "acknowledged.csv")}");
        Number(audit, "acknowledged").ShouldBe(answered);
    }

    // When it is under way.
    private async Task KillDuringAsync(Task load)
    {
        var before = await RecordsAsync();
        await Eventually.HoldsAsync(
            "a hundred records are made",
            async () =>
            {
                load.IsCompleted.ShouldBeFalse();
                return await RecordsAsync() >= before + 100;
            }
        );

        await live.KillAsync();
    }

    private async Task<long> RecordsAsync() => Number(await live.AskAsync("audit verify"), "records");

    private static long Number(JsonElement of, string name) => of.GetProperty(name).GetInt64();
}
