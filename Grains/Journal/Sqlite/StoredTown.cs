using Microsoft.Data.Sqlite;
using TownReform.Grains.Journal.Redo;
using TownReform.Grains.Journal.Sqlite.Redo;

namespace TownReform.Grains.Journal.Sqlite;

/// <summary>A world's file as it stands at one moment, read-only: its tables, and the commits that the redo log has beyond them.</summary>
internal sealed class StoredTown : IDisposable
{
    private readonly SqliteTransaction? snapshot;

    public StoredTown(string path)
    {
        Connection = JournalFile.OpenReadOnly(path);
        try
        {
            // The log first: what it lets go of meanwhile is in the tables by then, so that nothing can be missing between the two.
            (var redo, Damage) = Redo(path);
            snapshot = Connection.BeginTransaction(deferred: true);
            var applied = Applied();
            Ahead = [.. redo.Where(commit => commit.No > applied)];
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public SqliteConnection Connection { get; }

    /// <summary>Commits that are safe and not yet in the tables, in order.</summary>
    public IReadOnlyList<RedoCommit> Ahead { get; }

    /// <summary>The first commit of the log that somebody has changed; null when none is.</summary>
    public RedoDamage? Damage { get; }

    /// <summary>Effects that left with them. Whether they have arrived meanwhile nobody can tell from here.</summary>
    public long EffectsAhead => Ahead.Sum(commit => (long)commit.Frame.Effects);

    /// <summary>A question within the snapshot.</summary>
    /// <param name="world">Parameter <c>$world</c>, where the text has one.</param>
    public SqliteCommand Query(string text, string? world = null)
    {
#pragma warning disable CA2100 // The texts are constants of the callers.
        var command = new SqliteCommand(text, Connection, snapshot);
#pragma warning restore CA2100
        if (world is not null)
        {
            command.Parameters.AddWithValue("$world", world);
        }

        return command;
    }

    public void Dispose()
    {
        snapshot?.Dispose();
        Connection.Dispose();
    }

    private (IReadOnlyList<RedoCommit> Commits, RedoDamage? Damage) Redo(string path)
    {
        while (true)
        {
            var applied = Applied();
            var read = RedoLog.Read(path, applied);
            if (read.Damage is null || Applied() == applied)
            {
                return read;
            }

            // A running silo wrote over what is in the tables by now.
        }
    }

    private long Applied()
    {
        using var last = Query("SELECT coalesce(max(no), 0) FROM commits");
        return (long)last.ExecuteScalar()!;
    }
}
