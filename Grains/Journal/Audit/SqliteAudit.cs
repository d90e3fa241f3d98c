using Microsoft.Data.Sqlite;
using TownReform.Grains.Journal.Sqlite;

namespace TownReform.Grains.Journal.Audit;

/// <summary>Verifies the file of a durable world, read-only: beside a running silo, or by a third party with a copy. Memory grows with the number of streams, not of records.</summary>
public static class SqliteAudit
{
    /// <param name="path">The journal's file (<c>town.sqlite</c>). A copy of a running town needs its <c>-wal</c> file beside it.</param>
    /// <param name="expected">A checkpoint from an earlier report; without one, a tail cut together with its commits can't be noticed.</param>
    public static ChainReport Verify(string path, ChainCheckpoint? expected = null, CancellationToken cancellation = default)
    {
        using var connection = OpenReadOnly(path);
        using var snapshot = connection.BeginTransaction(deferred: true);
        var verifier = new ChainVerifier(expected);
        using var commits = Read(connection, snapshot, "SELECT no, records, prev_root, root FROM commits ORDER BY no");
        using var records = Read(connection, snapshot, $"SELECT {JournalRows.Columns}, commit_no FROM journal ORDER BY seq");
        long reached = 0;
        while (records.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            var no = records.GetInt64(12);
            while (reached < no && commits.Read())
            {
                reached = TakeCommit(verifier, commits);
            }

            if (!TakeRecord(verifier, records, no))
            {
                return verifier.Finish();
            }
        }

        while (commits.Read())
        {
            TakeCommit(verifier, commits);
        }

        return verifier.Finish();
    }

    /// <summary>One stream of the file, in order of version.</summary>
    public static IReadOnlyList<JournalRecord> Read(string path, string world, string stream, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        using var connection = OpenReadOnly(path);
        return JournalRows.Of(connection, world, stream, 0);
    }

    /// <summary>Committed effects that wait in the file for delivery.</summary>
    public static long CountEffects(string path)
    {
        using var connection = OpenReadOnly(path);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM outbox";
        return (long)command.ExecuteScalar()!;
    }

    private static long TakeCommit(ChainVerifier verifier, SqliteDataReader commits)
    {
        var commit = new JournalCommit(commits.GetInt64(0), commits.GetInt32(1), commits.GetFieldValue<byte[]>(2), commits.GetFieldValue<byte[]>(3));
        verifier.Take(commit);
        return commit.No;
    }

    private static bool TakeRecord(ChainVerifier verifier, SqliteDataReader records, long commit)
    {
        try
        {
            return verifier.Take(JournalRows.Read(records), commit);
        }
        catch (FormatException e)
        {
            // A moment or an id that no longer reads as one was edited.
            return verifier.Unreadable(records.GetString(1), records.GetInt64(2), commit, e.Message);
        }
    }

    private static SqliteDataReader Read(SqliteConnection connection, SqliteTransaction snapshot, string text)
    {
#pragma warning disable CA2100 // The texts are this file's constants.
        var command = new SqliteCommand(text, connection, snapshot);
#pragma warning restore CA2100
        return command.ExecuteReader();
    }

    private static SqliteConnection OpenReadOnly(string path)
    {
        var connection = JournalFile.Open(path, SqliteOpenMode.ReadOnly);
        try
        {
            using var probe = connection.CreateCommand();
            probe.CommandText = "SELECT count(*) FROM commits";
            probe.ExecuteScalar();
            return connection;
        }
        catch (SqliteException) when (!File.Exists(path + "-wal"))
        {
            // On a medium where no shared-memory file can be made; without a -wal file the file itself is whole.
            connection.Dispose();
            return JournalFile.Open($"file:{Path.GetFullPath(path)}?immutable=1", SqliteOpenMode.ReadOnly);
        }
    }
}
