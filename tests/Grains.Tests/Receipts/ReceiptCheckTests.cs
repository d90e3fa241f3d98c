using TownReform.Grains.Tests.Journal.Tampering;
using TownReform.Tests.Fixtures;

namespace TownReform.Grains.Tests.Receipts;

/// <summary>Somebody writes into the record behind its back, and knows how hashes are made. Every receipt that was issued before tells it:
/// any receipt where the chains were left as they were, and every one that covers the place where all of them were made anew.</summary>
public sealed class ReceiptCheckTests(PrivatePostgres server)
{
    [Fact]
    public async Task Check_UntouchedRecord_EveryReceiptHoldsAndCountsWhatFollowed()
    {
        await using var history = await TamperedHistory.RecordedAsync(SqliteTampered.Create(), commits: 9);
        var receipts = new SignedReceipts(history);
        foreach (var (of, signed) in receipts.All)
        {
            var verdict = await receipts.CheckAsync(signed, history.Journal.Scan);
            verdict.Faults.ShouldBeEmpty($"{of.Stream} #{of.Version}");
            verdict.RecordsSince.ShouldBe(history.Rows.Count(row => row.Stream == of.Stream && row.Version > of.Version));
            verdict.CommitsSince.ShouldBe(history.Commits.Count(commit => commit.No > of.Commit));
        }
    }

    [Fact]
    public async Task Check_RecordEdited_EveryReceiptTellsIt()
    {
        await using var history = await TamperedHistory.RecordedAsync(SqliteTampered.Create(), commits: 9);
        await EveryTellsAsync(history, $"UPDATE journal SET payload = '{{}}' WHERE {history.Rows[9].Where}");
    }

    [Fact]
    public async Task Check_RecordTakenOut_EveryReceiptTellsIt()
    {
        await using var history = await TamperedHistory.RecordedAsync(SqliteTampered.Create(), commits: 9);
        var gone = history.Rows[9];
        await EveryTellsAsync(history, $"DELETE FROM journal WHERE {gone.Where}");
        var receipts = new SignedReceipts(history);
        (await receipts.CheckAsync(receipts.All[9].Signed, history.Journal.Scan))
            .Faults.Select(finding => finding.Fault)
            .ShouldBe([ReceiptFault.RecordMissing, ReceiptFault.ChainBroken]);
    }

    [Fact]
    public async Task Check_TwoRecordsExchanged_EveryReceiptTellsIt()
    {
        await using var history = await TamperedHistory.RecordedAsync(SqliteTampered.Create(), commits: 9);
        var (one, other) = (history.Rows[5].Seq, history.Rows[10].Seq);
        await EveryTellsAsync(
            history,
            $"UPDATE journal SET seq = -1 WHERE seq = {one}; UPDATE journal SET seq = {one} WHERE seq = {other}; UPDATE journal SET seq "
                + $"= {other} WHERE seq = -1"
        );
    }

    [Fact]
    public async Task Check_EverythingComputedAnew_EveryReceiptThatCoversThePlaceTellsIt()
    {
        await using var history = await TamperedHistory.RecordedAsync(SqliteTampered.Create(), commits: 9);
        var (receipts, broken) = (new SignedReceipts(history), history.Rows[12]);
        await history.Journal.ExecuteAsync(history.Rewritten(broken));
        (await history.Journal.VerifyAsync()).Whole.ShouldBeTrue("nothing inside the file can tell");
        foreach (var (of, signed) in receipts.All)
        {
            var faults = (await receipts.CheckAsync(signed, history.Journal.Scan)).Faults.Select(finding => finding.Fault).ToList();
            faults.Contains(ReceiptFault.CommitChanged).ShouldBe(of.Commit >= broken.Commit, $"{of.Stream} #{of.Version}");
            faults
                .Contains(ReceiptFault.RecordChanged)
                .ShouldBe(of.Stream == broken.Stream && of.Version >= broken.Version, $"{of.Stream} #{of.Version}");
        }
    }

    [Fact]
    public async Task Check_EndCutWithItsCommits_EveryReceiptOfTheEndTellsIt()
    {
        await using var history = await TamperedHistory.RecordedAsync(SqliteTampered.Create(), commits: 9);
        var receipts = new SignedReceipts(history);
        await history.Journal.ExecuteAsync("DELETE FROM journal WHERE commit_no >= 6; DELETE FROM commits WHERE no >= 6");
        (await history.Journal.VerifyAsync()).Whole.ShouldBeTrue("nothing inside the file can tell");
        foreach (var (of, signed) in receipts.All)
        {
            var faults = (await receipts.CheckAsync(signed, history.Journal.Scan)).Faults.Select(finding => finding.Fault);
            faults.ShouldBe(of.Commit < 6 ? [] : [ReceiptFault.RecordMissing, ReceiptFault.CommitMissing]);
        }
    }

    [Fact]
    public async Task Check_DatabaseOfTwoWriters_EveryReceiptTellsWhatWasDone()
    {
        await using var history = await TamperedHistory.RecordedAsync(new PostgresTampered(await server.NewDatabaseAsync()), commits: 9);
        var receipts = new SignedReceipts(history);
        foreach (var (_, signed) in receipts.All)
        {
            (await receipts.CheckAsync(signed, history.Journal.Scan)).Faults.ShouldBeEmpty();
        }

        await EveryTellsAsync(history, $"UPDATE journal SET payload = '{{}}' WHERE {history.Rows[9].Where}");
        await EveryTellsAsync(history, $"DELETE FROM journal WHERE {history.Rows[9].Where}");
        var cut = history.Rows[^1];
        await EveryTellsAsync(
            history,
            $"DELETE FROM journal WHERE writer = {cut.Writer} AND commit_no = {cut.Commit}; DELETE FROM commits WHERE writer = "
                + $"{cut.Writer} AND no = {cut.Commit}"
        );
    }

    private static async Task EveryTellsAsync(TamperedHistory history, string sql)
    {
        await history.Journal.ResetAsync();
        var receipts = new SignedReceipts(history);
        await history.Journal.ExecuteAsync(sql);
        foreach (var (of, signed) in receipts.All)
        {
            (await receipts.CheckAsync(signed, history.Journal.Scan)).Holds.ShouldBeFalse($"{of.Stream} #{of.Version}: {sql}");
        }
    }
}
