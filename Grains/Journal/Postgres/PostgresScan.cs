using System.Data;
using System.Runtime.CompilerServices;
using Npgsql;
using TownReform.Grains.Journal.Audit;
using TownReform.Grains.Journal.Reading;
using TownReform.Grains.Journal.Redo;

namespace TownReform.Grains.Journal.Postgres;

/// <summary>Reads a world on PostgreSQL whole, in one snapshot: the commits of all writers in an order in which every stream's records
/// rise.</summary>
/// <param name="world">World whose read model and outbox are read.</param>
public sealed class PostgresScan(string connectionString, string world = Address.Live) : IJournalScan
{
    private const string Waiting = "SELECT count(*) FROM outbox WHERE world = $1";

    private const string Redo = "SELECT writer, no, frame FROM redo ORDER BY writer, no";

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

    private const string Cases =
        $"SELECT {CaseRows.Columns}, s.version FROM cases c LEFT JOIN standing s ON s.world = c.world AND s.number = "
        + "c.number WHERE c.world = $1 ORDER BY c.number";

    private const string Work =
        $"SELECT {ScannedRows.WorkColumns}, s.version FROM standing s WHERE s.world = $1 AND s.work IS NOT NULL ORDER BY s.number";

    public async IAsyncEnumerable<Scanned> ScanAsync([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await using var connection = await OpenAsync(connectionString, cancellation);
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
        var ahead = new UnappliedRows(world);
        await foreach (var row in RowsAsync(connection, Redo, null, cancellation))
        {
            if (ahead.Take(row.GetInt64(0), row.GetInt64(1), row.GetFieldValue<byte[]>(2)) is { } fault)
            {
                yield return fault;
            }
        }

        await foreach (var row in RowsAsync(connection, Waiting, world, cancellation))
        {
            yield return new ScannedWaiting(row.GetInt64(0) + ahead.Effects);
        }

        await foreach (var part in JournalAsync(connection, cancellation))
        {
            yield return part;
        }

        var moved = new List<CaseRow>();
        await foreach (var part in CasesAsync(connection, ahead, moved, cancellation))
        {
            yield return part;
        }

        await foreach (var row in RowsAsync(connection, Work, world, cancellation))
        {
            if (ahead.Of(row.GetString(0), row.GetInt64(4)) is null)
            {
                yield return ScannedRows.Work(row);
            }
        }

        foreach (var fault in await PostgresRowCheck.AllAsync(connection, world, cancellation))
        {
            yield return fault;
        }

        foreach (var row in moved.Where(row => row.Work is not null && row.Workplace is not null))
        {
            yield return new ScannedWork(row.Workplace!, row.Work!);
        }
    }

    // The last row of a case counts: that of redo, where it is ahead of the tables.
    private async IAsyncEnumerable<Scanned> CasesAsync(
        NpgsqlConnection connection,
        UnappliedRows ahead,
        List<CaseRow> moved,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        await foreach (var row in RowsAsync(connection, Cases, world, cancellation))
        {
            var hasStanding = !row.IsDBNull(CaseRows.Count);
            if (ahead.Of(row.GetString(0), hasStanding ? row.GetInt64(CaseRows.Count) : 0) is { } later)
            {
                moved.Add(later);
                yield return new ScannedCase(later with { Work = null });
            }
            else
            {
                yield return hasStanding ? ScannedRows.Case(row) : ScanFaults.Row($"case {row.GetString(0)}", ScanFaults.OnlyCases);
            }
        }
    }

    /// <summary>Commits, records and the writers' ends alone, and whether what follows them is still there.</summary>
    internal async IAsyncEnumerable<Scanned> JournalAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var connection = await OpenAsync(connectionString, cancellation);
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
        var behind = new RowsBehind();
        await foreach (var part in JournalAsync(connection, cancellation))
        {
            if (part is ScannedRecord it)
            {
                behind.Take(it.Record);
            }

            yield return part;
        }

        var ahead = new UnappliedRows(world);
        await foreach (var row in RowsAsync(connection, RedoAndCommits, null, cancellation))
        {
            if ((ahead.Take(row.GetInt64(0), row.GetInt64(1), row.GetFieldValue<byte[]>(2)) ?? Foreign(row)) is { } fault)
            {
                yield return fault with
                {
                    OfRecord = true,
                };
            }
        }

        await foreach (var row in RowsAsync(connection, Standing, world, cancellation))
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
    internal static async IAsyncEnumerable<Scanned> JournalAsync(
        NpgsqlConnection connection,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        var reached = new Dictionary<long, long>();
        await foreach (var row in RowsAsync(connection, Records, null, cancellation))
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

        await foreach (var row in RowsAsync(connection, Ends, null, cancellation))
        {
            yield return new ScannedEnd(
                row.GetInt64(0),
                new ChainCheckpoint(row.GetInt64(1), Convert.ToHexStringLower(row.GetFieldValue<byte[]>(2)))
            );
        }
    }

    private static async IAsyncEnumerable<NpgsqlDataReader> RowsAsync(
        NpgsqlConnection connection,
        string text,
        string? world,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
#pragma warning disable CA2100 // The texts are this file's constants.
        await using var command = new NpgsqlCommand(text, connection);
#pragma warning restore CA2100
        if (world is not null)
        {
            command.Parameters.AddWithValue(world);
        }

        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            yield return rows;
        }
    }

    /// <summary>A connection of one's own, for what takes as long as it takes.</summary>
    internal static async Task<NpgsqlConnection> OpenAsync(string connectionString, CancellationToken cancellation)
    {
        var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, CommandTimeout = 0 }.ToString()
        );
        try
        {
            await connection.OpenAsync(cancellation);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
