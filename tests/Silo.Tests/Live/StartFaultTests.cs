#pragma warning disable CA1416 // These tests start shells.
using Npgsql;
using TownReform.Grains.Journal.Storage;
using TownReform.Silo.Tests.Fixtures;
using TownReform.Tests.Fixtures;

namespace TownReform.Silo.Tests.Live;

/// <summary>A start that can't be is refused in one sentence that says what to do, and nothing else.</summary>
public sealed class StartFaultTests : IDisposable
{
    private const int BadInput = 2,
        InUse = 4;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("town");

    private string Data => Path.Combine(folder.FullName, "data");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Start_FewFilesMayBeOpen_SaysHowToAllowMore() =>
        await RefusedAsync(BadInput, "ulimit -n 4096", "ulimit -n 64", "--data", Data);

    [Fact]
    public async Task Start_NotADatabase_NamesTheFile()
    {
        OwnersOnly.Make(Data);
        await File.WriteAllBytesAsync(
            Path.Combine(Data, "town.sqlite"),
            [.. Enumerable.Range(0, 9000).Select(n => (byte)(n * 7 % 251))],
            TestContext.Current.CancellationToken
        );
        OwnersOnly.Shut(Data);
        await RefusedAsync(BadInput, Path.Combine(Data, "town.sqlite"), ":", "--data", Data);
    }

    [Fact]
    public async Task Start_FolderIsAFile_SaysSo()
    {
        await File.WriteAllTextAsync(Data, "", TestContext.Current.CancellationToken);
        await RefusedAsync(BadInput, Data, ":", "--data", Data);
    }

    /// <summary>Not "in use by another process", nor a stack trace.</summary>
    [Fact]
    public async Task Start_FolderThatCanOnlyBeRead_SaysSo()
    {
        await using (var silo = await SiloProcess.StartAsync(Data, SiloProcess.FreePorts()))
        {
            (await silo.StopAsync()).ShouldBe(0);
        }

        using var closed = ReadOnlyPlace.Make(Data);
        Assert.SkipUnless(closed.IsClosed, "Nothing closes a folder to this account here.");
        await RefusedAsync(BadInput, Data, ":", "--data", Data);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Start_SnapshotsAreNoiseOrCutShort_StartsAndNamesTheFile(bool noise)
    {
        await using (var silo = await SiloProcess.StartAsync(Data, SiloProcess.FreePorts()))
        {
            (await silo.StopAsync()).ShouldBe(0);
        }

        var snapshots = Path.Combine(Data, "orleans.sqlite");
        await File.WriteAllBytesAsync(
            snapshots,
            noise
                ? [.. Enumerable.Range(0, 200_000).Select(n => (byte)(n * 7 % 251))]
                : (await File.ReadAllBytesAsync(snapshots, TestContext.Current.CancellationToken))[..3000],
            TestContext.Current.CancellationToken
        );
        await using var again = await SiloProcess.StartAsync(Data, SiloProcess.FreePorts());
        again.Complaints.ShouldContain(
            line => line.Contains("orleans.sqlite.damaged-", StringComparison.Ordinal),
            string.Join('\n', again.Complaints)
        );
        Directory.GetFiles(Data, "orleans.sqlite.damaged-*").Where(file => file.EndsWith('Z')).ShouldHaveSingleItem();
        (await again.StopAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Start_LockFileTakenAway_IsRefusedAllTheSame()
    {
        await using var silo = await SiloProcess.StartAsync(Data, SiloProcess.FreePorts());
        File.Delete(Path.Combine(Data, "townreform.lock"));
        await RefusedAsync(InUse, Data, ":", "--data", Data);
        (await silo.StopAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Start_FilesThatOthersMayRead_AreShutToThem()
    {
        await using (var silo = await SiloProcess.StartAfterAsync("umask 022", Data, SiloProcess.FreePorts()))
        {
            Modes().ShouldAllBe(mode => (mode & Others) == 0);
            (await silo.StopAsync()).ShouldBe(0);
        }

        File.SetUnixFileMode(Data, File.GetUnixFileMode(Data) | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        File.SetUnixFileMode(
            Path.Combine(Data, "town.sqlite"),
            File.GetUnixFileMode(Path.Combine(Data, "town.sqlite")) | UnixFileMode.OtherRead
        );
        await using var again = await SiloProcess.StartAsync(Data, SiloProcess.FreePorts());
        Modes().ShouldAllBe(mode => (mode & Others) == 0);
        again.Complaints.ShouldContain(line => line.Contains("0600", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_PostgresSaysNo_SaysTheRemedy()
    {
        var (free, _) = SiloProcess.FreePorts();
        await RefusedAsync(BadInput, "nobody listens", ":", Storage($"Host=127.0.0.1;Port={free};Username=u;Database=d"));

        await using var server = new PrivatePostgres();
        var connection = new NpgsqlConnectionStringBuilder(await server.NewDatabaseAsync());
        await RunAsync(connection, "CREATE ROLE plain LOGIN PASSWORD 'right'", "CREATE DATABASE others");
        var plain = new NpgsqlConnectionStringBuilder(connection.ToString())
        {
            Username = "plain",
            Password = "right",
            Database = "others",
        };
        await RefusedAsync(BadInput, "GRANT CREATE, USAGE ON SCHEMA public TO \"plain\"", ":", Storage(plain.ToString()));
        plain.Database = "missing";
        await RefusedAsync(BadInput, "CREATE DATABASE \"missing\" OWNER \"plain\"", ":", Storage(plain.ToString()));
    }

    private const UnixFileMode Others =
        UnixFileMode.GroupRead
        | UnixFileMode.GroupWrite
        | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherWrite
        | UnixFileMode.OtherExecute;

    private IEnumerable<UnixFileMode> Modes() => Directory.GetFiles(Data).Prepend(Data).Select(File.GetUnixFileMode);

    private static string[] Storage(string connection) => ["--storage", "postgres", "--connection", connection];

    private static async Task RefusedAsync(int code, string saying, string before, params string[] storage)
    {
        await using var silo = SiloProcess.LaunchAfter(before, storage);
        (await silo.ExitAsync()).ShouldBe(code, string.Join('\n', silo.Complaints));
        var said = silo.Complaints.Where(line => line.Length > 0).ToArray();
        said.Length.ShouldBe(1, string.Join('\n', said));
        said[0].ShouldContain(saying);
    }

    private static async Task RunAsync(NpgsqlConnectionStringBuilder server, params string[] texts)
    {
        await using var admin = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(server.ToString()) { Database = "postgres", Pooling = false }.ToString()
        );
        await admin.OpenAsync(TestContext.Current.CancellationToken);
        foreach (var text in texts)
        {
#pragma warning disable CA2100 // Texts of this file.
            await using var command = new NpgsqlCommand(text, admin);
#pragma warning restore CA2100
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
    }
}
