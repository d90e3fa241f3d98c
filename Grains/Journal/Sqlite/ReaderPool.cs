using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace TownReform.Grains.Journal.Sqlite;

/// <summary>A few reading connections of a file. A read takes microseconds, and waits only when what it is about is committed and not yet
/// in the tables.</summary>
internal sealed class ReaderPool(string path, GroupCommit writer) : IDisposable
{
    private const int Most = 4;

    private readonly ConcurrentBag<SqliteConnection> idle = [];
    private readonly SemaphoreSlim places = new(Most, Most);

    /// <summary>Reads about anything.</summary>
    public async ValueTask<T> ReadAsync<T>(Func<SqliteConnection, T> read, CancellationToken cancellation)
    {
        await writer.SettleAsync().WaitAsync(cancellation);
        return await ReadSettledAsync(read, cancellation);
    }

    /// <summary>Reads about one stream.</summary>
    public async ValueTask<T> ReadAsync<T>(string stream, Func<SqliteConnection, T> read, CancellationToken cancellation)
    {
        await writer.SettleAsync(stream).WaitAsync(cancellation);
        return await ReadSettledAsync(read, cancellation);
    }

    public void Dispose()
    {
        while (idle.TryTake(out var connection))
        {
            connection.Dispose();
        }

        places.Dispose();
    }

    private async ValueTask<T> ReadSettledAsync<T>(Func<SqliteConnection, T> read, CancellationToken cancellation)
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
}
