namespace TownReform.Client.Tests.Documents;

/// <summary>README and docs/ are true: their commands end as they say and answer what is printed, and the client program builds and
/// runs.</summary>
public sealed class DocumentTests : IAsyncDisposable
{
    /// <summary>Commands that this test can't run: all tests, and what needs a database, certificates or another machine.</summary>
    private static readonly string[] Elsewhere =
    [
        "tests/run",
        "./cluster",
        "--storage postgres",
        "--address",
        "--tls-certificate",
        "--gateway 127.0.0.1:4",
    ];

    /// <summary>Figures that a run of a shorter period, or another machine, gives otherwise.</summary>
    private static readonly string[] OtherFigures = ["simulate", "compare", "load"];

    private readonly DocumentTown town = new();

    public ValueTask DisposeAsync() => town.DisposeAsync();

    /// <remarks>One reader goes through all of them in one folder: a later document uses what an earlier one has started.</remarks>
    [Fact]
    public async Task Documents_AsPrinted_AreTrue()
    {
        var commands = Documents
            .ToRun.SelectMany(page => DocumentPage.Commands(page.Text).Select(shown => (Page: page, Shown: shown)))
            .Where(c => !Elsewhere.Any(e => c.Shown.Command.Contains(e, StringComparison.Ordinal)))
            .ToList();
        commands.Count.ShouldBeGreaterThanOrEqualTo(21, "the commands of the documents are not found any more");

        Task? program = null;
        List<string> untrue = [];
        foreach (var (page, shown) in commands)
        {
            if (shown.Command.StartsWith("kill", StringComparison.Ordinal))
            {
                await (program ?? Task.CompletedTask);
            }

            untrue.AddRange(
                (await FaultsAsync(shown)).Concat(await FaultsInChineseAsync(page, shown)).Select(fault => $"{page.Path}: {fault}")
            );
            if (program is null && town.Lives)
            {
                program = ProgramRunsAsync(Documents.Of("docs/clients.md").Text);
            }
        }

        (program is { IsCompleted: true }).ShouldBeTrue("a document starts a town, and kills it when the program has run");
        await program!;
        untrue.ShouldBeEmpty();
    }

    private async Task<IEnumerable<string>> FaultsAsync(DocumentPage.Shown shown, bool chinese = false)
    {
        var (code, said) = await town.TypeAsync(shown.Command, chinese);
        if (code != 0)
        {
            return [$"{shown.Command}: ended with {code}: {said}"];
        }

        var figures = OtherFigures.Any(o => shown.Command.StartsWith($"./townreform {o} ", StringComparison.Ordinal));
        var lines = said.Split('\n');
        return shown
            .Answer.Where(printed => !figures && !DocumentPage.Has(lines, printed))
            .Select(printed => $"{shown.Command}: doesn't say '{printed}' but: {said}");
    }

    // A Chinese page prints answers only where asking once more changes nothing that a later line shows.
    private async Task<IEnumerable<string>> FaultsInChineseAsync(Documents.Page page, DocumentPage.Shown shown)
    {
        var chinese = Documents.ChineseOf(page) is { } twin
            ? DocumentPage.Commands(twin.Text).FirstOrDefault(s => s.Typed == shown.Typed && s.Answer.Count > 0)
            : null;
        return chinese is null || OtherFigures.Any(o => shown.Command.Contains($" {o} ", StringComparison.Ordinal))
            ? []
            : await FaultsAsync(chinese, chinese: true);
    }

    private async Task ProgramRunsAsync(string page)
    {
        var (program, answer) = DocumentPage.Client(page);
        await File.WriteAllTextAsync(
            Path.Combine(town.Folder, "app.cs"),
            program.Replace("30000", town.GatewayPort, StringComparison.Ordinal)
        );
        var (code, said) = await town.ShellAsync("dotnet run app.cs");
        code.ShouldBe(0, said);
        said.Split('\n').ShouldContain(answer, said);
    }
}
