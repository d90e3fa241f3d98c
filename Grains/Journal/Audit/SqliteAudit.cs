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
        foreach (var part in SqliteScan.Journal(connection, snapshot))
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

    internal static SqliteConnection OpenReadOnly(string path)
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
