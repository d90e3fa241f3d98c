using CsCheck;
using TownReform.Grains.Journal;
using TownReform.Grains.Journal.Audit;
using TownReform.Grains.Journal.Sqlite;

namespace TownReform.Grains.Tests.Journal;

/// <summary>What a third party finds in a file that somebody has changed.</summary>
public sealed class AuditTests
{
    [Fact]
    public async Task Verify_BesideTheOpenWorld_CountsEverything()
    {
        await using var town = new SqliteTown();
        await town.Journal.RecordAsync("case/1", 3);
        await town.Journal.RecordAsync("case/2", 2);
        var report = SqliteAudit.Verify(town.File, null, TestContext.Current.CancellationToken);
        (report.Whole, report.Records, report.Streams, report.Commits).ShouldBe((true, 5, 2, 5));
    }

    [Fact]
    public async Task Verify_PayloadEdited_NamesTheRecord() =>
        await ExpectAsync(
            "UPDATE journal SET payload = replace(payload, '受理', '准予') WHERE stream = 'case/1' AND version = 2",
            ChainFaultKind.Edited,
            "case/1",
            2
        );

    [Fact]
    public async Task Verify_ActorEdited_NamesTheRecord() =>
        await ExpectAsync(
            "UPDATE journal SET actor_id = 'S666' WHERE stream = 'case/2' AND version = 1",
            ChainFaultKind.Edited,
            "case/2",
            1
        );

    [Fact]
    public async Task Verify_MomentUnreadable_NamesTheRecord() =>
        await ExpectAsync(
            "UPDATE journal SET at = 'yesterday' WHERE stream = 'case/2' AND version = 1",
            ChainFaultKind.Edited,
            "case/2",
            1
        );

    [Fact]
    public async Task Verify_MiddleRecordDeleted_NamesTheGap() =>
        await ExpectAsync("DELETE FROM journal WHERE stream = 'case/1' AND version = 2", ChainFaultKind.Missing, "case/1", 2);

    [Fact]
    public async Task Verify_StreamTailCut_IsSeenByTheCommit() =>
        await ExpectAsync("DELETE FROM journal WHERE stream = 'case/1' AND version = 3", ChainFaultKind.Cut, null, null);

    [Fact]
    public async Task Verify_WholeStreamDeleted_IsSeenByTheCommit() =>
        await ExpectAsync("DELETE FROM journal WHERE stream = 'case/2'", ChainFaultKind.Cut, null, null);

    [Fact]
    public async Task Verify_TailCutWithItsCommits_IsSeenByTheCheckpoint()
    {
        await using var town = await FilledAsync();
        var checkpoint = (await town.World.VerifyAsync(TestContext.Current.CancellationToken)).Checkpoint.ShouldNotBeNull();
        await town.TamperAsync("DELETE FROM journal WHERE commit_no > 4; DELETE FROM commits WHERE no > 4");
        SqliteAudit.Verify(town.File, null, TestContext.Current.CancellationToken).Whole.ShouldBeTrue();
        SqliteAudit
            .Verify(town.File, checkpoint, TestContext.Current.CancellationToken)
            .Fault.ShouldNotBeNull()
            .Kind.ShouldBe(ChainFaultKind.Cut);
    }

    [Fact]
    public async Task Verify_CheckpointPassed_IsWhole()
    {
        await using var town = await FilledAsync();
        var checkpoint = (await town.World.VerifyAsync(TestContext.Current.CancellationToken)).Checkpoint;
        await town.Journal.RecordAsync("case/3", 2);
        SqliteAudit.Verify(town.File, checkpoint, TestContext.Current.CancellationToken).Whole.ShouldBeTrue();
    }

    [Fact]
    public async Task Verify_ForgedRecordAppended_NamesIt()
    {
        await using var town = await FilledAsync();
        var last = (await town.Journal.ReadAsync("case/2", 0, TestContext.Current.CancellationToken))[^1];
        var forged = ChainLink.After(Address.Live, Sample.Append("case/2", last.Head(), 99))[0];
        await town.TamperAsync(
            $"""
            INSERT INTO journal SELECT seq + 1, commit_no, world, 'case/2', {forged.Version}, '{forged.At.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'}', kind, actor_id, actor_office, actor_for,
                '{forged.CommandId}', '{System.Text.Encoding.UTF8.GetString(forged.Payload.Span)}', x'{Convert.ToHexString(
                forged.PreviousHash.Span
            )}', x'{Convert.ToHexString(
                forged.Hash.Span
            )}', '{forged.ReceivedAt!.Value.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'}', NULL, x'{Convert.ToHexString(
                forged.Digest!.Value.ToArray()
            )}'
            FROM journal ORDER BY seq DESC LIMIT 1
            """
        );
        var fault = SqliteAudit.Verify(town.File, null, TestContext.Current.CancellationToken).Fault.ShouldNotBeNull();
        (fault.Kind, fault.Stream, fault.Version).ShouldBe((ChainFaultKind.Inserted, "case/2", forged.Version));
    }

    [Fact]
    public async Task Verify_CopyOnReadOnlyMedium_IsRead()
    {
        await using var town = await FilledAsync();
        await town.World.DisposeAsync();
        File.SetAttributes(town.File, FileAttributes.ReadOnly);
        SqliteAudit.Verify(town.File, null, TestContext.Current.CancellationToken).Whole.ShouldBeTrue();
    }

    /// <summary>Any single change at any place is found, and never blamed on a record before it.</summary>
    [Fact]
    public void Take_AnyOneChange_IsFoundAndNotBefore() =>
        Gen.Select(Gen.Int[2, 12], Gen.Int[2, 12], Gen.Int[0, 4], Gen.Int[0, 1000])
            .Sample(
                (first, second, change, place) =>
                {
                    var records = Chain("case/1", first).Concat(Chain("case/2", second)).ToList();
                    var last = records.Count - 1;
                    var at = place % records.Count;
                    var changed = Change(records, change, at);
                    var verifier = new ChainVerifier();
                    changed.TrueForAll(record => verifier.Take(record));
                    var report = verifier.Finish();
                    var cutTail = change == 1 && (at == first - 1 || at == last);
                    return cutTail ? report.Whole : !report.Whole && report.Records >= at - 1 && report.Records <= at + 1;
                },
                iter: 2000,
                seed: "0N0XIzNsQ0O2"
            );

    private static List<JournalRecord> Change(List<JournalRecord> records, int change, int at)
    {
        var other = at + 1 < records.Count ? at + 1 : at - 1;
        switch (change)
        {
            case 0:
                records[at] = records[at] with { Payload = "{}"u8.ToArray() };
                break;
            case 1:
                records.RemoveAt(at);
                break;
            case 2:
                records.Insert(at, records[at] with { CommandId = Sample.Id(12345) });
                break;
            case 3:
                (records[at], records[other]) = (
                    records[at] with
                    {
                        Payload = records[other].Payload,
                    },
                    records[other] with
                    {
                        Payload = records[at].Payload,
                    }
                );
                break;
            default:
                records[at] = records[at] with { ActorFor = "somebody" };
                break;
        }

        return records;
    }

    private static List<JournalRecord> Chain(string stream, int records)
    {
        var chain = new List<JournalRecord>();
        var head = JournalHead.None;
        for (var i = 0; i < records; i++)
        {
            var record = ChainLink.After(Address.Live, Sample.Append(stream, head, i + 1))[0];
            chain.Add(record);
            head = record.Head();
        }

        return chain;
    }

    private static async Task<SqliteTown> FilledAsync()
    {
        var town = new SqliteTown();
        await town.Journal.RecordAsync("case/1", 3);
        await town.Journal.RecordAsync("case/2", 4);
        return town;
    }

    private static async Task ExpectAsync(string sql, ChainFaultKind kind, string? stream, long? version)
    {
        await using var town = await FilledAsync();
        await town.TamperAsync(sql);
        var fault = SqliteAudit.Verify(town.File, null, TestContext.Current.CancellationToken).Fault.ShouldNotBeNull();
        (fault.Kind, fault.Stream, fault.Version).ShouldBe((kind, stream, version));
    }
}
