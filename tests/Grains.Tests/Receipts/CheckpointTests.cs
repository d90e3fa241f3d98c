using TownReform.Grains.Journal.Audit;
using TownReform.Grains.Receipts;
using TownReform.Grains.Tests.Journal.Tampering;
using TownReform.Tests.Fixtures;

namespace TownReform.Grains.Tests.Receipts;

/// <summary>Signed checkpoints that are kept outside tell what nothing inside the record can: a cut tail, and chains that were made
/// anew.</summary>
public sealed class CheckpointTests(PrivatePostgres server) : IDisposable
{
    private static readonly StoredKey Key = StoredKey.New(DateTimeOffset.UnixEpoch);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("checkpoints");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Check_UntouchedRecord_AllHold()
    {
        await using var history = await TamperedHistory.RecordedAsync(SqliteTampered.Create(), commits: 12);
        Keep(history);
        var verdict = await CheckAsync(history);
        (verdict.Checked, verdict.Fault, verdict.Notices.Count).ShouldBe((12, null, 0), "each commit has one");
    }

    [Fact]
    public async Task Check_EndCutWithItsCommits_NamesTheFirstThatIsGone()
    {
        await using var history = await TamperedHistory.RecordedAsync(SqliteTampered.Create(), commits: 12);
        Keep(history);
        await history.Journal.ExecuteAsync("DELETE FROM journal WHERE commit_no >= 9; DELETE FROM commits WHERE no >= 9");
        (await history.Journal.VerifyAsync()).Whole.ShouldBeTrue();
        var fault = (await CheckAsync(history)).Fault.ShouldNotBeNull();
        (fault.Kind, fault.Commit).ShouldBe((ChainFaultKind.Cut, 9));
        fault.Why.En.ShouldContain("writer-0.checkpoints:9");
    }

    [Fact]
    public async Task Check_EverythingComputedAnew_NamesTheFirstCommitThatDiffers()
    {
        await using var history = await TamperedHistory.RecordedAsync(SqliteTampered.Create(), commits: 12);
        Keep(history);
        var broken = history.Rows[15];
        await history.Journal.ExecuteAsync(history.Rewritten(broken));
        (await history.Journal.VerifyAsync()).Whole.ShouldBeTrue();
        var fault = (await CheckAsync(history)).Fault.ShouldNotBeNull();
        (fault.Kind, fault.Commit).ShouldBe((ChainFaultKind.Edited, broken.Commit));
    }

    [Fact]
    public async Task Check_CommitsExchanged_IsNoticed()
    {
        await using var history = await TamperedHistory.RecordedAsync(SqliteTampered.Create(), commits: 12);
        Keep(history);
        await history.Journal.ExecuteAsync("UPDATE commits SET no = -no WHERE no IN (4, 7); UPDATE commits SET no = 11 + no WHERE no < 0");
        (await CheckAsync(history)).Fault.ShouldNotBeNull().Commit.ShouldBe(4);
    }

    [Fact]
    public async Task Check_OneWriterOfTwoWasPutBack_NamesItsFile()
    {
        await using var history = await TamperedHistory.RecordedAsync(new PostgresTampered(await server.NewDatabaseAsync()), commits: 12);
        Keep(history);
        (await CheckAsync(history)).Fault.ShouldBeNull();
        var last = history.Commits[^1];
        await history.Journal.ExecuteAsync($"DELETE FROM commits WHERE writer = {last.Writer} AND no = {last.No}");
        (await CheckAsync(history)).Fault.ShouldNotBeNull().Why.En.ShouldContain($"writer-{last.Writer}.checkpoints");
    }

    [Fact]
    public async Task Check_LineOfSomebodyElse_IsNamed_ATornOneIsNoticed()
    {
        await using var history = await TamperedHistory.RecordedAsync(SqliteTampered.Create(), commits: 3);
        Keep(history);
        var (file, kept) = (new CheckpointFolder(folder.FullName), File.ReadAllLines(Named(0)));
        await File.AppendAllTextAsync(Named(0), kept[0][..40], TestContext.Current.CancellationToken);
        file.Add(0, kept[2]);
        var torn = await CheckAsync(history);
        (torn.Fault, torn.Checked).ShouldBe((null, 4));
        torn.Notices.ShouldHaveSingleItem().En.ShouldContain("writer-0.checkpoints:4");
        var other = StoredKey.New(DateTimeOffset.UnixEpoch);
        file.Add(0, CheckpointText.Sign(new(0, new(2, new string('a', 64)), DateTimeOffset.UnixEpoch), other.Open()));
        (await CheckAsync(history)).Fault.ShouldNotBeNull().Why.En.ShouldContain("writer-0.checkpoints:6");
    }

    private string Named(long writer) => Path.Combine(folder.FullName, $"writer-{writer}.checkpoints");

    private void Keep(TamperedHistory history)
    {
        var (kept, signing) = (new CheckpointFolder(folder.FullName), Key.Open());
        foreach (var (n, commit) in history.Commits.Index())
        {
            var end = new ChainCheckpoint(commit.No, Convert.ToHexStringLower(commit.Root.Span));
            kept.Add(commit.Writer, CheckpointText.Sign(new(commit.Writer, end, DateTimeOffset.UnixEpoch.AddMinutes(n)), signing));
        }
    }

    private async Task<CheckpointVerdict> CheckAsync(TamperedHistory history)
    {
        var check = new CheckpointCheck(folder.FullName, PublicKeys.Of([Key]));
        await foreach (var part in history.Journal.Scan.ScanAsync(TestContext.Current.CancellationToken))
        {
            check.Take(part);
        }

        return check.Finish();
    }
}
