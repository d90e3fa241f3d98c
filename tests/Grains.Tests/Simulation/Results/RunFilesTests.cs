using System.Text;
using System.Text.Json;
using TownReform.Grains.Simulation.Results;
using TownReform.Grains.Simulation.Results.Files;

namespace TownReform.Grains.Tests.Simulation.Results;

public sealed class RunFilesTests
{
    [Fact]
    public void Stitch_SameCalls_GivesTheSameBytes()
    {
        using RunFolder one = Run(2),
            two = Run(2);

        foreach (var file in new[] { RunFiles.Cases, RunFiles.Events })
        {
            File.ReadAllBytes(two.File(file)).ShouldBe(File.ReadAllBytes(one.File(file)));
        }
    }

    [Fact]
    public void Stitch_Done_LeavesOnlyTheFiles()
    {
        using var run = Run(2);

        Directory.EnumerateFileSystemEntries(run.Path).Select(Path.GetFileName).Order().ShouldBe([RunFiles.Cases, RunFiles.Events]);
    }

    [Fact]
    public void Stitch_OnlyCases_MakesNoEventLog()
    {
        using var folder = new RunFolder();
        Tell(folder, 1, 1, RunFileKinds.Cases);
        RunFiles.Stitch(folder.Path, 1);

        File.Exists(folder.File(RunFiles.Events)).ShouldBeFalse();
    }

    [Fact]
    public void Stitch_MissingReplication_Fails()
    {
        using var folder = new RunFolder();
        Tell(folder, 1, 2, RunFileKinds.Cases);

        Should.Throw<FileNotFoundException>(() => RunFiles.Stitch(folder.Path, 2));
        File.Exists(folder.File(RunFiles.Cases)).ShouldBeFalse();
    }

    [Fact]
    public void Discard_AfterCancel_LeavesNothing()
    {
        using var folder = new RunFolder();
        Tell(folder, 1, 2, RunFileKinds.Cases | RunFileKinds.Events);
        RunFiles.Discard(folder.Path);
        RunFiles.Discard(folder.Path);

        Directory.EnumerateFileSystemEntries(folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public void Cases_Rows_AreOneForEachCaseInOrder()
    {
        using var run = Run(2);
        var lines = File.ReadAllLines(run.File(RunFiles.Cases));

        lines.Length.ShouldBe(1 + (2 * 2 * 40));
        lines[0].ShouldStartWith("replication,town,number,procedure,");
        lines[1].ShouldStartWith("1,guyun,GY00000001,");
        lines[^1].ShouldStartWith("2,yandian,YD00000040,");
        File.ReadAllText(run.File(RunFiles.Cases)).ShouldNotContain('\r');

        // Spreadsheets take a file without a mark for the encoding of their country.
        File.ReadAllBytes(run.File(RunFiles.Cases)).AsSpan(0, 3).SequenceEqual(Encoding.UTF8.Preamble).ShouldBeTrue();
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("with, comma", "\"with, comma\"")]
    [InlineData("with \"quotes\"", "\"with \"\"quotes\"\"\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData("烟行许〔2019〕1号", "烟行许〔2019〕1号")]
    public void Cases_Field_IsQuotedWhenItMustBe(string certificate, string written)
    {
        using var to = new MemoryStream();
        using (var csv = new CasesCsv(to, leaveOpen: true))
        {
            csv.Write(1, Told.Decided() with { Certificate = certificate });
        }

        Encoding
            .UTF8.GetString(to.ToArray())
            .ShouldBe(
                "1,yandian,YD00000001,permit,permit,I-1,false,false,2019-07-01T09:00:00+08:00,2019-07-04T09:00:00+08:00,"
                    + $"decided,deliver,granted,true,3,5,working,3.00,1,4,0,{written},0.00\n"
            );
    }

    [Fact]
    public void Cases_OpenCase_LeavesWhatIsUnknownEmpty()
    {
        using var to = new MemoryStream();
        using (var csv = new CasesCsv(to, leaveOpen: true))
        {
            csv.Write(1, Told.Open() with { LimitDays = null });
        }

        Encoding
            .UTF8.GetString(to.ToArray())
            .ShouldBe("1,yandian,YD00000001,permit,permit,I-1,false,false,2019-07-01T09:00:00+08:00,,open,deliver,,,3,,,,1,4,0,,0.00\n");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Events_Log_IsTrueToOcel(int replications)
    {
        using var run = Run(replications);
        using var log = JsonDocument.Parse(File.ReadAllBytes(run.File(RunFiles.Events)));

        OcelCheck.Faults(log.RootElement).ShouldBeEmpty();
        log.RootElement.GetProperty("objects")
            .EnumerateArray()
            .Count(o => o.GetProperty("type").ValueEquals("case"))
            .ShouldBe(replications * 80);
    }

    [Fact]
    public void Events_RefusedOpening_HasAnObjectToo()
    {
        using var folder = new RunFolder();
        using (var files = new ReplicationFiles(folder.Path, 1, 1, RunFileKinds.Events, FakeRun.Directory))
        {
            files.Happened(Told.Opened("never opened \"<>") with { Activity = "refused", Item = "unknown" });
            files.Finished(Told.Decided());
            files.Happened(Told.Opened() with { Activity = "certificate-numbered", Officers = [], By = ActorKind.System });
        }

        RunFiles.Stitch(folder.Path, 1);
        using var log = JsonDocument.Parse(File.ReadAllBytes(folder.File(RunFiles.Events)));
        OcelCheck.Faults(log.RootElement).ShouldBeEmpty();
    }

    [Fact]
    public void Events_NothingHappened_IsAnEmptyLog()
    {
        using var folder = new RunFolder();
        new ReplicationFiles(folder.Path, 1, 1, RunFileKinds.Events, FakeRun.Directory).Dispose();
        RunFiles.Stitch(folder.Path, 1);

        using var log = JsonDocument.Parse(File.ReadAllBytes(folder.File(RunFiles.Events)));
        log.RootElement.GetProperty("events").GetArrayLength().ShouldBe(0);
    }

    private static RunFolder Run(int replications)
    {
        var folder = new RunFolder();
        for (var replication = 1; replication <= replications; replication++)
        {
            Tell(folder, replication, replications, RunFileKinds.Cases | RunFileKinds.Events);
        }

        RunFiles.Stitch(folder.Path, replications);
        return folder;
    }

    private static void Tell(RunFolder folder, int replication, int replications, RunFileKinds kinds)
    {
        using var files = new ReplicationFiles(folder.Path, replication, replications, kinds, FakeRun.Directory);
        new FakeRun((ulong)replication).Tell(files, 40);
    }
}
