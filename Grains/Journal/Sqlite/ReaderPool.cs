using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace TownReform.Grains.Journal.Sqlite;

/// <summary>A few reading connections of a file. A read takes microseconds and never waits for the writer.</summary>
internal sealed class ReaderPool(string path) : IDisposable
{
    private const int Most = 4;

    private readonly ConcurrentBag<SqliteConnection> idle = [];
    private readonly SemaphoreSlim places = new(Most, Most);

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
}
