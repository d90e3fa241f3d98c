using System.Data;
using System.Runtime.CompilerServices;
using Npgsql;
using TownReform.Grains.Journal.Audit;
using TownReform.Grains.Journal.Reading;
using TownReform.Grains.Journal.Redo;

namespace TownReform.Grains.Journal.Postgres;

/// <summary>The record of a world on PostgreSQL, in one snapshot.</summary>
/// <param name="world">World whose cases are compared with their records.</param>
internal sealed class PostgresJournalScan(string connectionString, string world = Address.Live)
{
    private const string RedoAndCommits =
        "SELECT r.writer, r.no, r.frame, c.root FROM redo r LEFT JOIN commits c ON c.writer = r.writer AND c.no = r.no ORDER BY "
        + "r.writer, r.no";

    private const string Standing = "SELECT number, version FROM standing WHERE world = $1 ORDER BY number";

    // Commits whose records are gone are there, and records whose commit is gone.
    private static readonly string Records = $"""
        SELECT {RecordRows.Columns(
            SqlDialect.Postgres(0)
        )}, coalesce(c.writer, r.writer), coalesce(c.no, r.commit_no), c.records, c.prev_root, c.root
        FROM commits c FULL JOIN journal r ON r.writer = c.writer AND r.commit_no = c.no ORDER BY c.seq NULLS LAST, r.seq
        """;

    private const string Ends = "SELECT id, commit_no, root FROM writers WHERE commit_no > 0 ORDER BY id";

    /// <summary>Commits, records and the writers' ends alone, and whether what follows them is still there.</summary>
    public async IAsyncEnumerable<Scanned> EverythingAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var connection = await ScanConnection.OpenAsync(connectionString, cancellation);
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
        var behind = new RowsBehind();
        await foreach (var part in EverythingAsync(connection, cancellation))
        {
            if (part is ScannedRecord it)
            {
                behind.Take(it.Record);
            }

            yield return part;
        }

        var ahead = new UnappliedRows(world);
        await foreach (var row in ScanConnection.RowsAsync(connection, RedoAndCommits, null, cancellation))
        {
            if ((ahead.Take(row.GetInt64(0), row.GetInt64(1), row.GetFieldValue<byte[]>(2)) ?? Foreign(row)) is { } fault)
            {
                yield return fault with
                {
                    OfRecord = true,
                };
            }
        }

        await foreach (var row in ScanConnection.RowsAsync(connection, Standing, world, cancellation))
        {
            var (number, shown) = (row.GetString(0), row.GetInt64(1));
            if (ahead.Of(number, shown) is null && behind.Look(world, number, shown) is { } fault)
            {
                yield return fault;
            }
        }
    }

    // What is left to follow is what was committed, and nothing else.
    private static ScannedUnreadable? Foreign(NpgsqlDataReader row) =>
        !row.IsDBNull(3)
        && RedoFrame.Read(row.GetFieldValue<byte[]>(2).AsSpan(0, RedoFrame.Head)) is { } frame
        && frame.Root.AsSpan().SequenceEqual(row.GetFieldValue<byte[]>(3))
            ? null
            : new ScannedUnreadable(
                new ChainFault(
                    ChainFaultKind.Inserted,
                    null,
                    null,
                    row.GetInt64(1),
                    new(
                        $"表 redo 中写入者 {row.GetInt64(0)} 的第 {row.GetInt64(1)} 次提交不是其所记的那一次。",
                        $"Commit {row.GetInt64(1)} of writer {row.GetInt64(0)} in table redo isn't the one that it recorded."
                    )
                ),
                OfRecord: true
            );

    /// <summary>The same within the caller's snapshot.</summary>
    public static async IAsyncEnumerable<Scanned> EverythingAsync(
        NpgsqlConnection connection,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        var reached = new Dictionary<long, long>();
        await foreach (var row in ScanConnection.RowsAsync(connection, Records, null, cancellation))
        {
            var (writer, commit) = (row.GetInt64(RecordRows.Count), row.GetInt64(RecordRows.Count + 1));
            if (reached.GetValueOrDefault(writer) != commit && !row.IsDBNull(RecordRows.Count + 2))
            {
                reached[writer] = commit;
                yield return new ScannedCommit(
                    new JournalCommit(
                        commit,
                        row.GetInt32(RecordRows.Count + 2),
                        row.GetFieldValue<byte[]>(RecordRows.Count + 3),
                        row.GetFieldValue<byte[]>(RecordRows.Count + 4),
                        writer
                    )
                );
            }

            if (!row.IsDBNull(0))
            {
                yield return ScannedRows.Record(row, commit, writer, null, static _ => null);
            }
        }

        await foreach (var row in ScanConnection.RowsAsync(connection, Ends, null, cancellation))
        {
            yield return new ScannedEnd(
                row.GetInt64(0),
                new ChainCheckpoint(row.GetInt64(1), Convert.ToHexStringLower(row.GetFieldValue<byte[]>(2)))
            );
        }
    }
}
