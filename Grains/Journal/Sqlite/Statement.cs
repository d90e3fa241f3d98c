using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using TownReform.Grains.Journal.Redo;
using TownReform.Grains.Journal.Writing;

namespace TownReform.Grains.Journal.Sqlite;

/// <summary>One prepared statement of the writer, bound by position without allocating. The provider's commands look parameters up by name
/// on each run; at tens of thousands of records a second that is half the writer's time.</summary>
internal sealed class Statement : IDisposable
{
    private readonly sqlite3 database;
    private readonly sqlite3_stmt prepared;

    public Statement(SqliteConnection connection, string sql)
    {
        database = connection.Handle!;
        Check(raw.sqlite3_prepare_v2(database, sql, out prepared));
    }

    public Statement Text(int position, string? value)
    {
        if (value is null)
        {
            return Null(position);
        }

        Span<byte> buffer = stackalloc byte[512];
        return Encoding.UTF8.TryGetBytes(value, buffer, out var bytes)
            ? Utf8(position, buffer[..bytes])
            : Utf8(position, Encoding.UTF8.GetBytes(value));
    }

    public Statement Text(int position, StoredText value) => value.IsThere ? Utf8(position, value.Utf8) : Null(position);

    /// <summary>A moment as stored.</summary>
    public Statement Instant(int position, DateTimeOffset at)
    {
        Span<byte> text = stackalloc byte[Moment.Length];
        Moment.Write(at, text);
        return Utf8(position, text);
    }

    /// <summary>An id as stored: 36 letters.</summary>
    public Statement Id(int position, Guid id)
    {
        Span<byte> text = stackalloc byte[36];
        id.TryFormat(text, out _, "D");
        return Utf8(position, text);
    }

    public Statement Utf8(int position, ReadOnlySpan<byte> value)
    {
        Check(raw.sqlite3_bind_text(prepared, position, value));
        return this;
    }

    public Statement Blob(int position, ReadOnlySpan<byte> value)
    {
        Check(raw.sqlite3_bind_blob(prepared, position, value));
        return this;
    }

    public Statement Number(int position, long value)
    {
        Check(raw.sqlite3_bind_int64(prepared, position, value));
        return this;
    }

    public Statement Null(int position)
    {
        Check(raw.sqlite3_bind_null(prepared, position));
        return this;
    }

    /// <returns>How many rows it changed.</returns>
    /// <exception cref="SqliteException">The statement failed; it changed nothing.</exception>
    public int Run()
    {
        Step();
        return raw.sqlite3_changes(database);
    }

    /// <summary>Runs a statement that may have nothing to do any more: after a full disk or an I/O error SQLite has rolled back by
    /// itself.</summary>
    public void RunOrNothing()
    {
        raw.sqlite3_step(prepared);
        raw.sqlite3_reset(prepared);
    }

    /// <returns>Whether a question has an answer.</returns>
    /// <exception cref="SqliteException">The statement failed.</exception>
    public bool Finds() => Step() == raw.SQLITE_ROW;

    private int Step()
    {
        var result = raw.sqlite3_step(prepared);
        raw.sqlite3_reset(prepared);
        if (result is not (raw.SQLITE_DONE or raw.SQLITE_ROW))
        {
            SqliteException.ThrowExceptionForRC(result, database);
        }

        return result;
    }

    public void Dispose() => prepared.Dispose();

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, database);
}
