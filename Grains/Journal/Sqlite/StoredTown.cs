using Microsoft.Data.Sqlite;
using TownReform.Grains.Journal.Reading;
using TownReform.Grains.Journal.Redo;
using TownReform.Grains.Journal.Sqlite.Redo;

namespace TownReform.Grains.Journal.Sqlite;

/// <summary>A world's file as it stands at one moment, read-only: its tables, and the commits that the redo log has beyond them.</summary>
internal sealed class StoredTown : IDisposable
{
    private readonly RedoVerdict verdict;
    private SqliteTransaction? snapshot;

    /// <exception cref="SqliteException">The file can't be opened, or its first tables can't be read.</exception>
    public StoredTown(string path)
    {
        Connection = JournalFile.OpenReadOnly(path);
        try
        {
            verdict = Read(path);
            Lost = ReadLost();
            HasLabels = Has("case_labels");
            RecordColumns = ReadColumns();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public SqliteConnection Connection { get; }

    /// <summary>Commits that are safe and not yet in the tables, in order, as far as they follow.</summary>
    public IReadOnlyList<RedoCommit> Ahead => verdict.Ahead;

    /// <summary>Why these aren't all; null when they are.</summary>
    public RedoDamage? Damage => verdict.Damage;

    /// <summary>Commits that a salvage could not save, as ranges.</summary>
    public IReadOnlyList<(long First, long Last)> Lost { get; }

    /// <summary>Whether the tables say that a redo log belongs to them.</summary>
    public bool HasLog { get; private set; }

    /// <summary>False in files of before cases bore labels. Known before anything damaged is read, which ends the snapshot.</summary>
    public bool HasLabels { get; }

    /// <summary>The columns of its records; known like <see cref="HasLabels"/>.</summary>
    public string RecordColumns { get; }

    /// <summary>What else is damaged in the log, and costs nothing.</summary>
    public IReadOnlyList<Words> Notices => verdict.Notices;

    /// <summary>Effects that left with them. Whether they have arrived meanwhile nobody can tell from here.</summary>
    public long EffectsAhead => Ahead.Sum(commit => (long)commit.Frame.Effects);

    private List<(long First, long Last)> ReadLost()
    {
        if (!Has("lost_commits"))
        {
            return [];
        }

        return Query("SELECT first, last FROM lost_commits ORDER BY first").ToList(reader => (reader.GetInt64(0), reader.GetInt64(1)));
    }

    private string ReadColumns()
    {
        using var command = Query("SELECT count(*) FROM pragma_table_info('journal') WHERE name = 'received_at'");
        return RecordRows.Columns(SqlDialect.Sqlite, receipt: (long)command.ExecuteScalar()! > 0);
    }

    /// <summary>A question within the snapshot.</summary>
    /// <param name="world">Parameter <c>$1</c>, where the text has one.</param>
    public SqliteCommand Query(string text, string? world = null)
    {
#pragma warning disable CA2100 // The texts are constants of the callers.
        var command = new SqliteCommand(text, Connection, snapshot);
#pragma warning restore CA2100
        if (world is not null)
        {
            command.Parameters.AddWithValue("$1", world);
        }

        return command;
    }

    public void Dispose()
    {
        snapshot?.Dispose();
        Connection.Dispose();
    }

    // The log first: what it lets go of meanwhile is in the tables by then, so that nothing can be missing between the two. A silo that
    // runs may have moved on in between: what is missing is believed when it is so twice.
    private RedoVerdict Read(string path)
    {
        RedoVerdict? before = null;
        while (true)
        {
            var log = RedoReading.Of(path, Position().Commit);
            snapshot = Connection.BeginTransaction(deferred: true);
            var began = Began();
            HasLog = began is not null;
            var read = RedoVerdict.Of(log, path, Position(), began, RootOf);
            if (read.Damage is null || read.IsSame(before))
            {
                return read;
            }

            before = read;
            snapshot.Dispose();
            snapshot = null;
        }
    }

    private LogPosition Position()
    {
        using var command = Query(Has("lost_commits") ? TownTables.Stands : TownTables.StandsOfBefore);
        using var reader = command.ExecuteReader();
        return TownTables.ReadPosition(reader);
    }

    // Files of before lack some.
    private bool Has(string table)
    {
        using var count = Query("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = $name");
        count.Parameters.AddWithValue("$name", table);
        return (long)count.ExecuteScalar()! > 0;
    }

    private long? Began()
    {
        if (!Has("redo_log"))
        {
            return null;
        }

        using var began = Query("SELECT began FROM redo_log WHERE id = 1");
        return began.ExecuteScalar() as long?;
    }

    private byte[]? RootOf(long commit)
    {
        using var root = Query("SELECT root FROM commits WHERE no = $no");
        root.Parameters.AddWithValue("$no", commit);
        return root.ExecuteScalar() as byte[];
    }
}
