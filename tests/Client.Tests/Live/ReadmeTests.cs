namespace TownReform.Client.Tests.Live;

/// <summary>README is true: its commands end as it says and answer what it prints, and its client program builds and runs.</summary>
public sealed class ReadmeTests : IAsyncDisposable
{
    /// <summary>What this test can't run: all tests, and what needs a database, certificates or another machine.</summary>
    private static readonly string[] Elsewhere = ["tests/run", "./cluster", "--storage postgres", "--address", "--tls-certificate", "--gateway 127.0.0.1:4"];

    /// <summary>Figures that a run of a shorter period, or another machine, gives otherwise.</summary>
    private static readonly string[] OtherFigures = ["simulate", "compare", "load"];

    private readonly ReadmeTown town = new();

    public ValueTask DisposeAsync() => town.DisposeAsync();

    [Fact]
    public async Task Readme_AsPrinted_IsTrue()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(town.Folder, "README.md"), TestContext.Current.CancellationToken);
        var commands = ReadmePage.Commands(page).Where(c => !Elsewhere.Any(e => c.Command.Contains(e, StringComparison.Ordinal))).ToList();
        commands.Count.ShouldBeGreaterThan(18, "README's commands are not found any more");

        Task? program = null;
        List<string> untrue = [];
        foreach (var shown in commands)
        {
            if (shown.Command.StartsWith("kill", StringComparison.Ordinal))
            {
                await (program ?? Task.CompletedTask);
            }

            untrue.AddRange(await FaultsAsync(shown));
            if (program is null && town.Lives)
            {
                program = ProgramRunsAsync(page);
            }
        }

        (program is { IsCompleted: true }).ShouldBeTrue("README starts a town, and kills it when the program has run");
        await program!;
        untrue.ShouldBeEmpty();
    }

    private async Task<IEnumerable<string>> FaultsAsync(ReadmePage.Shown shown)
    {
        var (code, said) = await town.TypeAsync(shown.Command);
        if (code != 0)
        {
            return [$"{shown.Command}: ended with {code}: {said}"];
        }

        var figures = OtherFigures.Any(o => shown.Command.StartsWith($"./townreform {o} ", StringComparison.Ordinal));
        var lines = said.Split('\n');
        return shown.Answer.Where(printed => !figures && !ReadmePage.Has(lines, printed)).Select(printed => $"{shown.Command}: doesn't say '{printed}' but: {said}");
    }

    private async Task ProgramRunsAsync(string page)
    {
        var (program, answer) = ReadmePage.Client(page);
        await File.WriteAllTextAsync(Path.Combine(town.Folder, "app.cs"), program.Replace("30000", town.GatewayPort, StringComparison.Ordinal));
        var (code, said) = await town.ShellAsync("dotnet run app.cs");
        code.ShouldBe(0, said);
        said.Split('\n').ShouldContain(answer, said);
    }
}
