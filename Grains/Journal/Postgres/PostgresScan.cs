using System.Data;
using System.Runtime.CompilerServices;
using Npgsql;
using TownReform.Grains.Journal.Audit;
using TownReform.Grains.Journal.Reading;

namespace TownReform.Grains.Journal.Postgres;

/// <summary>Reads a world on PostgreSQL whole, in one snapshot: the commits of all writers in an order in which every stream's records
/// rise.</summary>
/// <param name="world">World whose read model and outbox are read.</param>
public sealed class PostgresScan(string connectionString, string world = Address.Live) : IJournalScan
{
    private const string Waiting = "SELECT count(*) FROM outbox WHERE world = $1";

    private const string Redo = "SELECT writer, no, frame FROM redo ORDER BY writer, no";

    private const string Cases =
        $"SELECT {CaseRows.Columns}, s.version FROM cases c LEFT JOIN standing s ON s.world = c.world AND s.number = "
        + "c.number WHERE c.world = $1 ORDER BY c.number";

    private const string Work =
        $"SELECT {ScannedRows.WorkColumns}, s.version FROM standing s WHERE s.world = $1 AND s.work IS NOT NULL ORDER BY s.number";

    public async IAsyncEnumerable<Scanned> ScanAsync([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await using var connection = await ScanConnection.OpenAsync(connectionString, cancellation);
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
        var ahead = new UnappliedRows(world);
        await foreach (var fault in AheadAsync(connection, ahead, cancellation))
        {
            yield return fault;
        }

        await foreach (var row in ScanConnection.RowsAsync(connection, Waiting, world, cancellation))
        {
            yield return new ScannedWaiting(row.GetInt64(0) + ahead.Effects);
        }

        await foreach (var part in PostgresJournalScan.EverythingAsync(connection, cancellation))
        {
            yield return part;
        }

        var moved = new List<CaseRow>();
        await foreach (var part in CasesAsync(connection, ahead, moved, cancellation))
        {
            yield return part;
        }

        await foreach (var row in ScanConnection.RowsAsync(connection, Work, world, cancellation))
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

    private static async IAsyncEnumerable<Scanned> AheadAsync(
        NpgsqlConnection connection,
        UnappliedRows ahead,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        await foreach (var row in ScanConnection.RowsAsync(connection, Redo, null, cancellation))
        {
            if (ahead.Take(row.GetInt64(0), row.GetInt64(1), row.GetFieldValue<byte[]>(2)) is { } fault)
            {
                yield return fault;
            }
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
        await foreach (var row in ScanConnection.RowsAsync(connection, Cases, world, cancellation))
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
}
