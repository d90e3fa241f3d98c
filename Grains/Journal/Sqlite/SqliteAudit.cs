using System.Text.Json;
using Microsoft.Data.Sqlite;
using TownReform.Grains.Journal.Audit;
using TownReform.Grains.Journal.Reading;
using TownReform.Grains.Journal.Storage;

namespace TownReform.Grains.Journal.Sqlite;

/// <summary>Verifies the file of a durable world, read-only: beside a running silo, or by a third party with a copy. Memory grows with the
/// number of streams, not of records.</summary>
public static class SqliteAudit
{
    /// <param name="path">The journal's file (<c>town.sqlite</c>). A copy of a running town needs its <c>-wal</c> file beside it, and its
    /// redo log for the last tenth of a second.</param>
    /// <param name="expected">A checkpoint from an earlier report; without one, a tail cut together with its commits can't be
    /// noticed.</param>
    /// <exception cref="SqliteException">It is no SQLite file, or damaged where it begins.</exception>
    public static ChainReport Verify(string path, ChainCheckpoint? expected = null, CancellationToken cancellation = default) =>
        Verify(path, looksAtPages: true, expected, cancellation);

    /// <param name="looksAtPages">Whether the file's pages and indexes are looked through too.</param>
    internal static ChainReport Verify(string path, bool looksAtPages, ChainCheckpoint? expected, CancellationToken cancellation)
    {
        using var file = new StoredTown(path);
        var verifier = new ChainVerifier(expected);
        foreach (var part in SqliteJournalScan.Everything(file).Concat(looksAtPages ? SqliteJournalScan.Pages(file) : []))
        {
            cancellation.ThrowIfCancellationRequested();
            if (!verifier.Take(part))
            {
                break;
            }
        }

        return verifier.Finish();
    }

    /// <summary>One stream of the file, in order of version.</summary>
    public static IReadOnlyList<JournalRecord> Read(string path, string world, string stream, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        using var file = new StoredTown(path);
        return
        [
            .. SqliteReads
                .Ask(file.Connection, RecordRows.OfStreamWith(file.RecordColumns), world, stream, 0L, long.MaxValue)
                .ToList(RecordRows.Read),
            .. file
                .Ahead.SelectMany(commit => commit.Read())
                .SelectMany(append => append.Records)
                .Where(record => record.World == world && record.Stream == stream),
        ];
    }

    /// <summary>What the towns of the file were founded as: real, or for practice (培训环境).</summary>
    /// <exception cref="SqliteException">The file is damaged there, or no town's record.</exception>
    public static FoundedAs ReadFounded(string path, string world)
    {
        using var file = new StoredTown(path);
        var stored = FoundedRows.Of(file.Connection, world);
        foreach (
            var record in file
                .Ahead.SelectMany(commit => commit.Read())
                .SelectMany(append => append.Records)
                .Where(record => record.World == world)
        )
        {
            var practice = record.Kind == FoundedRows.Kind && FoundedForPractice(record) ? true : stored.Practice;
            var last =
                practice == true && (stored.LastReceived is null || record.ReceivedAt > stored.LastReceived)
                    ? record.ReceivedAt
                    : stored.LastReceived;
            stored = new FoundedAs(practice, last);
        }

        return stored;
    }

    private static bool FoundedForPractice(JournalRecord record)
    {
        using var payload = JsonDocument.Parse(record.Payload);
        return payload.RootElement.TryGetProperty("practice", out var practice) && practice.ValueKind == JsonValueKind.True;
    }

    /// <summary>Committed effects that wait in the file for delivery, as far as a damaged file can be read; that it is damaged,
    /// <see cref="Verify(string, ChainCheckpoint?, CancellationToken)"/> tells.</summary>
    public static long CountEffects(string path)
    {
        using var file = new StoredTown(path);
        using var rows = new ScanRows(file.Query("SELECT count(*) FROM outbox"), "outbox");
        return (rows.Read() ? rows.Row.GetInt64(0) : 0) + file.EffectsAhead;
    }
}
