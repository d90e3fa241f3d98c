using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using TownReform.Grains.Journal.Reading;
using TownReform.Grains.Journal.Redo;

namespace TownReform.Grains.Journal.Sqlite;

/// <summary>A few reading connections of a file. A read takes microseconds, and waits only when what it is about is committed and not yet
/// in the tables.</summary>
internal sealed class SqliteReads(string path, JournalWriter writer, UnappliedStreams streams) : IStoreReads, IDisposable
{
    private const int Most = 4;

    private readonly ConcurrentBag<SqliteConnection> idle = [];
    private readonly SemaphoreSlim places = new(Most, Most);

    public SqlDialect Dialect => SqlDialect.Sqlite;

    public async Task<List<T>> ListAsync<T>(
        Freshness freshness,
        string text,
        Func<DbDataReader, T> read,
        CancellationToken cancellation,
        params object[] values
    )
    {
        await (freshness == Freshness.AsItStands ? Task.CompletedTask : writer.Updater.CatchUpAsync().WaitAsync(cancellation));
        return await ReadAsync(connection => Ask(connection, text, values).ToList(read), cancellation);
    }

    /// <summary>All rows of a question about one stream.</summary>
    public async ValueTask<IReadOnlyList<T>> ListOfAsync<T>(
        string stream,
        string text,
        Func<DbDataReader, T> read,
        CancellationToken cancellation,
        params object[] values
    )
    {
        await (
            streams.LastOf(stream) > writer.Updater.Applied ? writer.Updater.CatchUpAsync().WaitAsync(cancellation) : Task.CompletedTask
        );
        return await ReadAsync(connection => Ask(connection, text, values).ToList(read), cancellation);
    }

    /// <remarks>On a connection of its own, since the writer has its own as well.</remarks>
    public Task<int> ExecuteAsync(string text, CancellationToken cancellation, params object[] values) =>
        Task.Run(
            () =>
            {
                using var connection = JournalFile.OpenBeside(path);
                using var command = Ask(connection, text, values);
                return command.ExecuteNonQuery();
            },
            cancellation
        );

    public async ValueTask<T> ReadAsync<T>(Func<SqliteConnection, T> read, CancellationToken cancellation)
    {
        await places.WaitAsync(cancellation);
        try
        {
            var connection = idle.TryTake(out var known) ? known : JournalFile.OpenReader(path);
            try
            {
                return read(connection);
            }
            finally
            {
                idle.Add(connection);
            }
        }
        finally
        {
            places.Release();
        }
    }

    public void Dispose()
    {
        while (idle.TryTake(out var connection))
        {
            connection.Dispose();
        }

        places.Dispose();
    }

    /// <summary>A question with the values of its parameters <c>$1</c>, <c>$2</c> …</summary>
    public static SqliteCommand Ask(SqliteConnection connection, string text, params ReadOnlySpan<object> values)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // Texts are the callers' constants; values are parameters.
        command.CommandText = text;
#pragma warning restore CA2100
        for (var n = 0; n < values.Length; n++)
        {
            // An id is kept as its 36 letters.
            command.Parameters.AddWithValue(FormattableString.Invariant($"${n + 1}"), values[n] is Guid id ? id.ToString("D") : values[n]);
        }

        return command;
    }
}

/// <summary>All rows of a question at once.</summary>
internal static class SqliteLists
{
    /// <summary>The question is asked once, and is gone.</summary>
    public static List<T> ToList<T>(this SqliteCommand command, Func<DbDataReader, T> read)
    {
        using (command)
        {
            using var reader = command.ExecuteReader();
            var rows = new List<T>();
            while (reader.Read())
            {
                rows.Add(read(reader));
            }

            return rows;
        }
    }
}
