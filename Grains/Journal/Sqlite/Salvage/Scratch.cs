using System.Data.Common;
using Microsoft.Data.Sqlite;
using TownReform.Grains.Journal.Redo;

namespace TownReform.Grains.Journal.Sqlite.Salvage;

/// <summary>
/// Where a salvage gathers what it finds, in a file that goes again: as many rows as a town has don't fit into memory. Rows stand as they
/// were stored, with the columns of today's tables.
/// </summary>
internal sealed class Scratch : IDisposable
{
    /// <summary>What <c>source</c> says of a row: it stood in the tables, or in the redo log.</summary>
    private const int OfTables = 0,
        OfLog = 1;

    /// <summary>Commits in one transaction.</summary>
    private const int Together = 64;

    /// <summary>What <c>kept</c> says of a record: it goes into the new file; or it isn't as it was recorded. Nothing: it can't
    /// follow.</summary>
    public const int Kept = 1,
        Damaged = 2;

    private static readonly IReadOnlySet<long> None = new HashSet<long>();

    private readonly string path;
    private readonly SqliteConnection connection;
    private readonly SqliteCommand record,
        commit,
        effect,
        letter;

    /// <param name="path">A new file.</param>
    public Scratch(string path)
    {
        this.path = path;
        SchemaUpgrade.Apply(path, typeof(SqliteWorld).Assembly, SqliteWorld.Scripts);
        connection = JournalFile.Open(path, SqliteOpenMode.ReadWrite);
        Do("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF");
        foreach (
            var (table, found) in new[]
            {
                ("journal", "found"),
                ("commits", "found_commits"),
                ("outbox", "found_effects"),
                ("dead_letters", "found_letters"),
            }
        )
        {
            Do(
                $"CREATE TABLE {found} (found_id INTEGER PRIMARY KEY, source INTEGER NOT NULL, kept INTEGER NOT NULL DEFAULT 0, "
                    + $"{string.Join(", ", Columns(table))})"
            );
        }

        (record, commit, effect, letter) = (
            Insert("journal", "found"),
            Insert("commits", "found_commits"),
            Insert("outbox", "found_effects"),
            Insert("dead_letters", "found_letters")
        );
    }

    /// <summary>Columns of a table, in the order in which a row has them.</summary>
    public IReadOnlyList<string> Columns(string table) =>
        [.. List($"SELECT name FROM pragma_table_info('{table}') ORDER BY cid", reader => reader.GetString(0))];

    /// <summary>Commits of the redo log.</summary>
    /// <param name="applied">The last commit that the tables have; effects of later ones left with them, and none has arrived.</param>
    /// <returns>Commits that stand where others do: of another course of the town, they could not be taken.</returns>
    public IReadOnlyList<long> Take(IEnumerable<RedoCommit> commits, long applied)
    {
        var others = new List<long>();
        var log = path + ".log";
        SchemaUpgrade.Apply(log, typeof(SqliteWorld).Assembly, SqliteWorld.Scripts);
        using (var tables = new TownTables(log))
        {
            foreach (var batch in commits.Chunk(Together))
            {
                if (!TryApply(tables, batch))
                {
                    others.AddRange(batch.Where(commit => !TryApply(tables, [commit])).Select(commit => commit.No));
                }
            }
        }

        using (var attach = Command("ATTACH $log AS log"))
        {
            attach.Parameters.AddWithValue("$log", log);
            attach.ExecuteNonQuery();
        }

        Copy("journal", "found", "");
        Copy("commits", "found_commits", "");
        Copy(
            "outbox",
            "found_effects",
            "WHERE EXISTS (SELECT 1 FROM log.journal j WHERE j.world = t.world AND j.stream = t.stream AND j.version = t.version "
                + $"AND j.commit_no > {applied})"
        );
        Do("DETACH log");
        File.Delete(log);
        return others;
    }

    private static bool TryApply(TownTables tables, RedoCommit[] commits)
    {
        try
        {
            tables.Apply(commits, None);
            return true;
        }
        catch (SqliteException e) when (e.SqliteErrorCode == SQLitePCL.raw.SQLITE_CONSTRAINT)
        {
            return false;
        }
    }

    private void Copy(string table, string found, string which) =>
        Do($"INSERT INTO {found} (source, {string.Join(", ", Columns(table))}) SELECT {OfLog}, t.* FROM log.{table} t {which}");

    /// <summary>A row of <c>journal</c> as it stands on a page.</summary>
    public void TakeRecord(PageRow row) => Take(record, row);

    /// <summary>A row of <c>commits</c> as it stands on a page.</summary>
    public void TakeCommit(PageRow row) => Take(commit, row);

    /// <summary>A row of <c>outbox</c> as it stands on a page.</summary>
    public void TakeEffect(PageRow row) => Take(effect, row);

    /// <summary>A row of <c>dead_letters</c> as it stands on a page.</summary>
    public void TakeLetter(PageRow row) => Take(letter, row);

    public void Do(string sql)
    {
        using var command = Command(sql);
        command.ExecuteNonQuery();
    }

    public SqliteCommand Command(string sql)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // The texts are put together from names of tables and columns.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command;
    }

    public List<T> List<T>(string sql, Func<DbDataReader, T> read)
    {
        using var command = Command(sql);
        return command.ToList(read);
    }

    public void Dispose()
    {
        record.Dispose();
        commit.Dispose();
        effect.Dispose();
        letter.Dispose();
        connection.Dispose();
    }

    private SqliteCommand Insert(string table, string found)
    {
        var columns = Columns(table);
        var command = Command(
            $"INSERT INTO {found} (source, {string.Join(", ", columns)}) VALUES ({OfTables}, "
                + $"{string.Join(", ", columns.Select((_, n) => $"$c{n}"))})"
        );
        for (var n = 0; n < columns.Count; n++)
        {
            command.Parameters.AddWithValue($"$c{n}", DBNull.Value);
        }

        return command;
    }

    // Rows of before have fewer columns than today's.
    private static void Take(SqliteCommand insert, PageRow row)
    {
        for (var n = 0; n < insert.Parameters.Count; n++)
        {
            insert.Parameters[n].Value =
                n == 0 ? row.Number
                : n < row.Values.Length ? row.Values[n] ?? DBNull.Value
                : DBNull.Value;
        }

        insert.ExecuteNonQuery();
    }
}
