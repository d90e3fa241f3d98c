using CsCheck;
using TownReform.Grains.Journal;
using TownReform.Grains.Journal.Audit;
using TownReform.Grains.Tests.Fixtures;
using TownReform.Tests.Fixtures;

namespace TownReform.Grains.Tests.Journal.Tampering;

/// <summary>A journal that somebody has written into at random: it is always noticed, and the first broken record is named (I2).</summary>
[ShowsClause("I2")]
public sealed class TamperingTests(PrivatePostgres server)
{
    [Fact]
    public async Task Verify_AnythingDoneToAJournal_NamesTheFirstBrokenRecord()
    {
        await using var history = await TamperedHistory.RecordedAsync(SqliteTampered.Create());
        await AnythingAsync(history, Iterations.Of(600));
    }

    [Fact]
    public async Task Verify_AnythingDoneToADatabaseOfTwoWriters_NamesTheFirstBrokenRecord()
    {
        await using var history = await TamperedHistory.RecordedAsync(new PostgresTampered(await server.NewDatabaseAsync()));
        history.Commits.Select(commit => commit.Writer).Distinct().Count().ShouldBe(2);
        await AnythingAsync(history, Iterations.Of(150));
    }

    [Fact]
    public async Task Verify_EachRecordDeletedOrEdited_NamesIt()
    {
        await using var history = await TamperedHistory.RecordedAsync(SqliteTampered.Create(), commits: 20);
        var (all, kinds) = (
            new Tamperings(history),
            new[] { nameof(Tamperings.Delete), nameof(Tamperings.Edit), nameof(Tamperings.RehashStream) }
        );
        foreach (var (n, kind) in Enumerable.Range(0, history.Rows.Count).SelectMany(n => kinds.Select(kind => (n, kind))))
        {
            await FoundAsync(
                history,
                kind switch
                {
                    nameof(Tamperings.Delete) => all.Delete(n, 0, n),
                    nameof(Tamperings.Edit) => all.Edit(n, 0, n),
                    _ => all.RehashStream(n, 0, n),
                }
            );
        }
    }

    [Fact]
    public async Task Verify_EverythingComputedAnew_IsFoundByTheKeptCheckpointOnly()
    {
        await using var history = await TamperedHistory.RecordedAsync(SqliteTampered.Create());
        await history.Journal.ExecuteAsync(history.Rewritten(history.Rows[40]));
        (await history.Journal.VerifyAsync()).Whole.ShouldBeTrue();
        var fault = (await history.Journal.VerifyAsync(history.Checkpoint)).Fault.ShouldNotBeNull();
        (fault.Kind, fault.Commit).ShouldBe((ChainFaultKind.Edited, history.Checkpoint.Commit));
    }

    [Fact]
    public async Task Append_ForNobody_IsKeptAsNobody()
    {
        await using var journal = SqliteTampered.Create();
        var plain = Sample.Event(1);
        await journal.CommitAsync([
            new JournalAppend(
                "case/1",
                JournalHead.None,
                [plain with { Stamp = plain.Stamp with { Actor = plain.Stamp.Actor with { For = "" } } }],
                []
            ),
        ]);
        await journal.SealAsync();
        (await journal.RowsAsync()).Single().Record.ActorFor.ShouldBeNull();
        (await journal.VerifyAsync()).Whole.ShouldBeTrue();
    }

    /// <summary>Whatever is drawn is noticed and named.</summary>
    internal static async Task AnythingAsync(TamperedHistory history, int iterations)
    {
        (await history.Journal.VerifyAsync(history.Checkpoint)).Whole.ShouldBeTrue();
        var all = new Tamperings(history).All;
        var number = Gen.Int[0, 1_000_000];
        await Gen.Select(Gen.Int[0, all.Count - 1], number, number, number)
            .SampleAsync(
                (which, a, b, variant) => FoundAsync(history, all[which](a, b, variant)),
                iter: iterations,
                seed: Iterations.Seed("0N0XIzNsQ0O2"),
                threads: 1
            );
    }

    private static async Task FoundAsync(TamperedHistory history, Tampering? tampering)
    {
        if (tampering is null)
        {
            return;
        }

        await history.Journal.ResetAsync();
        await history.Journal.ExecuteAsync(tampering.Sql);
        var blind = await history.Journal.VerifyAsync();
        blind.Whole.ShouldBe(tampering.Kept, tampering.Sql);
        var fault = (tampering.Kept ? await history.Journal.VerifyAsync(history.Checkpoint) : blind).Fault.ShouldNotBeNull(tampering.Sql);
        tampering.Named(fault).ShouldBeTrue($"{tampering.What}: {tampering.Sql} was told as {fault}");
    }
}
