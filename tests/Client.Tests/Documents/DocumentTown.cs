using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using TownReform.Silo.Tests.Fixtures;

namespace TownReform.Client.Tests.Documents;

/// <summary>A copy of the sources with what is built of the console, as a user has it, and the town that the documents start there, on
/// ports of its own.</summary>
internal sealed partial class DocumentTown : IAsyncDisposable
{
    private const string SiloLine = "dotnet run -c Release --project Silo -- --data ";
    private const string BuiltConsole = "artifacts/bin/Client/release";

    private static readonly string[] Folders = ["Client", "docs", "Grains", "Grains.Interfaces", "Silo"];

    private readonly (int Silo, int Gateway) ports = SiloProcess.FreePorts();
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("documents");
    private SiloProcess? silo;
    private int typed;

    public DocumentTown()
    {
        var root = Path.GetDirectoryName(Repository.Seeds)!;
        foreach (var file in Directory.EnumerateFiles(root).Concat(Folders.SelectMany(f => Sources(Path.Combine(root, f)))))
        {
            Copy(root, file);
        }

        foreach (var file in Directory.EnumerateFiles(Path.Combine(root, BuiltConsole), "*", SearchOption.AllDirectories))
        {
            Copy(root, file);
        }

        // The script builds again when a source is newer than this.
        File.SetLastWriteTimeUtc(Path.Combine(Folder, BuiltConsole, "townreform.dll"), TimeProvider.System.GetUtcNow().UtcDateTime);
        Repository.CopySeedsFor(TimeProvider.System.GetUtcNow(), Path.Combine(Folder, "seeds"));
        ShortenYear();
    }

    public string Folder => folder.FullName;

    public string GatewayPort => ports.Gateway.ToString(CultureInfo.InvariantCulture);

    public bool Lives => silo is { HasExited: false };

    /// <summary>Types a command as printed, at this town instead of the one at the default port; gives exit code and all that was
    /// said.</summary>
    /// <param name="chinese">For a reader of Chinese.</param>
    public async Task<(int Code, string Said)> TypeAsync(string command, bool chinese = false)
    {
        if (command.StartsWith(SiloLine, StringComparison.Ordinal))
        {
            return await StartAsync(command[SiloLine.Length..]);
        }

        if (Query().Match(command) is { Success: true } query)
        {
            return (0, Ask(query.Groups["file"].Value, query.Groups["sql"].Value));
        }

        // Ten seconds of load are other tests'; here the line has to be taken and to end well.
        var line = command.Replace("--duration 10s", "--duration 1s --warm-up 0s", StringComparison.Ordinal);
        return await ShellAsync(
            line.Replace("./townreform ", $"./townreform --gateway 127.0.0.1:{GatewayPort} ", StringComparison.Ordinal),
            chinese
        );
    }

    /// <summary>Runs a line in the shell. Its output goes to a file: build servers that it leaves would keep a pipe open.</summary>
    public async Task<(int Code, string Said)> ShellAsync(string line, bool chinese = false)
    {
        var said = Path.Combine(Folder, $"said{Interlocked.Increment(ref typed)}");
        var start = new ProcessStartInfo("bash", ["-c", $"exec >'{said}' 2>&1\n{line}"]) { WorkingDirectory = Folder };
        start.Environment.Remove("LC_ALL");
        start.Environment["LANG"] = chinese ? "zh_CN.UTF-8" : "C.UTF-8";
        using var shell = Process.Start(start)!;
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (shell.ExitCode, await File.ReadAllTextAsync(said));
    }

    public async ValueTask DisposeAsync()
    {
        if (silo is not null)
        {
            await silo.DisposeAsync();
        }

        folder.Delete(recursive: true);
    }

    private async Task<(int, string)> StartAsync(string data)
    {
        if (silo is not null)
        {
            await silo.DisposeAsync();
        }

        var place = Path.Combine(Folder, data.Trim());
        silo = await SiloProcess.StartAsync(place, ports, Path.Combine(Folder, "seeds"));
        return (0, $"ready: gateway 127.0.0.1:30000, data {place} (Ctrl-C stops)");
    }

    private string Ask(string file, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(Folder, file)};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The document's own text.
        command.CommandText = sql;
#pragma warning restore CA2100
        using var rows = command.ExecuteReader();
        List<string> lines = [];
        while (rows.Read())
        {
            lines.Add(string.Join('|', Enumerable.Range(0, rows.FieldCount).Select(i => rows.GetValue(i))));
        }

        return string.Join('\n', lines);
    }

    /// <summary>Runs of a month instead of a year: the same commands in seconds.</summary>
    private void ShortenYear()
    {
        var scenario = Path.Combine(Folder, "seeds", "scenarios", "first-year.yaml");
        File.WriteAllText(scenario, LaterDay().Replace(Until().Replace(File.ReadAllText(scenario), "until: 2019-05-08"), "2019-05-06"));
    }

    private void Copy(string root, string file)
    {
        var to = Path.Combine(Folder, Path.GetRelativePath(root, file));
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        File.Copy(file, to);
    }

    private static IEnumerable<string> Sources(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(f => !Built().IsMatch(f));

    [GeneratedRegex("^sqlite3 -readonly (?<file>\\S+) \"(?<sql>[^\"]+)\"$")]
    private static partial Regex Query();

    [GeneratedRegex(@"^until: \S+", RegexOptions.Multiline)]
    private static partial Regex Until();

    [GeneratedRegex(@"2019-(0[6-9]|1[0-2])-\d\d")]
    private static partial Regex LaterDay();

    [GeneratedRegex(@"/(bin|obj)/")]
    private static partial Regex Built();
}
