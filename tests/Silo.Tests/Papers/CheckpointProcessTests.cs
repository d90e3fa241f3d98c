using TownReform.Grains.Journal.Audit;
using TownReform.Grains.Journal.Sqlite;
using TownReform.Grains.Receipts;
using TownReform.Silo.Tests.Fixtures;
using TownReform.Tests.Fixtures;

namespace TownReform.Silo.Tests.Papers;

/// <summary>A real silo writes signed checkpoints outside its data: while it runs, and when it stops, after its last commit.</summary>
public sealed class CheckpointProcessTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("town");

    private string Data => Path.Combine(folder.FullName, "data");

    private string Kept => Path.Combine(folder.FullName, "kept");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Silo_ThatRunsAndStops_HasKeptItsEnd_AndANewKeyKeepsTheOldOne()
    {
        await using (
            var silo = await SiloProcess.StartWithAsync(Data, SiloProcess.FreePorts(), "--checkpoint-to", Kept, "--checkpoint-every", "1")
        )
        {
            await Eventually.HoldsAsync("a checkpoint is written", () => Task.FromResult(Lines() > 0));
            await silo.StopAsync();
        }

        await using (
            var again = await SiloProcess.StartWithAsync(
                Data,
                SiloProcess.FreePorts(),
                "--checkpoint-to",
                Kept,
                "--checkpoint-every",
                "3600",
                "--new-signing-key"
            )
        )
        {
            var before = Lines();
            await again.StopAsync();
            Lines().ShouldBe(before + 1, "the end is written when it stops");
        }

        var stored = await new KeyFile(Data).ReadAsync(TestContext.Current.CancellationToken);
        stored.Select(key => key.Private is null).ShouldBe([true, false]);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(Path.Combine(Data, KeyFile.Name)).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        var check = new CheckpointCheck(Kept, PublicKeys.Of(stored));
        var last = 0L;
        await foreach (var part in new SqliteScan(Path.Combine(Data, "town.sqlite")).ScanAsync(TestContext.Current.CancellationToken))
        {
            check.Take(part);
            last = part is ScannedCommit commit ? commit.Commit.No : last;
        }

        check.Finish().Fault.ShouldBeNull();
        CheckpointText
            .Read(File.ReadAllLines(Path.Combine(Kept, "writer-0.checkpoints"))[^1], PublicKeys.Of(stored))
            .ShouldNotBeNull()
            .End.Commit.ShouldBe(last);
    }

    private int Lines() =>
        Directory.Exists(Kept) ? Directory.GetFiles(Kept, "*.checkpoints").Sum(file => File.ReadAllLines(file).Length) : 0;
}
