using System.Data;
using Npgsql;
using TownReform.Grains.Journal.Postgres;

namespace TownReform.Grains.Journal.Audit;

/// <summary>Verifies a world on PostgreSQL in one snapshot, beside running silos. Memory grows with the number of streams, not of records.</summary>
public static class PostgresAudit
{
    private const string Records = $"""
        SELECT {PostgresRows.RecordColumns}, r.writer, r.commit_no, c.records, c.prev_root, c.root
        FROM journal r LEFT JOIN commits c ON c.writer = r.writer AND c.no = r.commit_no ORDER BY r.seq
        """;

    /// <param name="expected">A checkpoint from an earlier report of a journal with one writer.</param>
    public static async Task<ChainReport> VerifyAsync(string connectionString, ChainCheckpoint? expected = null, CancellationToken cancellation = default)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, CommandTimeout = 0 }.ToString());
        await connection.OpenAsync(cancellation);
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
        var verifier = new ChainVerifier(expected);
        if (await TakeRecordsAsync(verifier, connection, cancellation))
        {
            await TakeEndsAsync(verifier, connection, cancellation);
        }

        return verifier.Finish();
    }

    private static async Task<bool> TakeRecordsAsync(ChainVerifier verifier, NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Records, connection);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var reached = new Dictionary<long, long>();
        while (await rows.ReadAsync(cancellation))
        {
            var (writer, commit) = (rows.GetInt64(12), rows.GetInt64(13));
            if (reached.GetValueOrDefault(writer) < commit && !rows.IsDBNull(14))
            {
                verifier.Take(new JournalCommit(commit, rows.GetInt32(14), rows.GetFieldValue<byte[]>(15), rows.GetFieldValue<byte[]>(16), writer));
                reached[writer] = commit;
            }

            if (!Take(verifier, rows, commit, writer))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Take(ChainVerifier verifier, NpgsqlDataReader rows, long commit, long writer)
    {
        try
        {
            return verifier.Take(PostgresRows.Record(rows), commit, writer);
        }
        catch (FormatException e)
        {
            // A moment that no longer reads as one was edited.
            return verifier.Unreadable(rows.GetString(1), rows.GetInt64(2), commit, e.Message);
        }
    }

    private static async Task TakeEndsAsync(ChainVerifier verifier, NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("SELECT id, commit_no, root FROM writers WHERE commit_no > 0 ORDER BY id", connection);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            verifier.EndAt(rows.GetInt64(0), new ChainCheckpoint(rows.GetInt64(1), Convert.ToHexStringLower(rows.GetFieldValue<byte[]>(2))));
        }
    }
}
