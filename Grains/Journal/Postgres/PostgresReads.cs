using System.Data.Common;
using Npgsql;

namespace TownReform.Grains.Journal.Postgres;

/// <summary>Reading connections: a small pool whose statements are prepared by themselves. A read that meets a restarting server is
/// repeated for a while.</summary>
internal sealed class PostgresReads : IAsyncDisposable
{
    /// <summary>Connections at once.</summary>
    public const int Most = 16;

    private static readonly RetryPolicy WhileServerRestarts = new(
        fault => fault is NpgsqlException { IsTransient: true },
        firstPause: TimeSpan.FromMilliseconds(200),
        longestPause: TimeSpan.FromMilliseconds(800),
        patience: TimeSpan.MaxValue,
        most: 10
    );

    private readonly NpgsqlDataSource source;

    public PostgresReads(string connectionString)
    {
        source = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(connectionString)
            {
                MaxPoolSize = Most,
                NoResetOnClose = true,
                MaxAutoPrepare = 40,
                AutoPrepareMinUsages = 2,
            }
        );
    }

    /// <summary>All rows of a query.</summary>
    public Task<List<T>> ListAsync<T>(string text, Func<DbDataReader, T> read, CancellationToken cancellation, params object[] values) =>
        PatientlyAsync(() => ReadAsync(text, read, values, cancellation), cancellation);

    /// <summary>Changes rows.</summary>
    /// <returns>How many.</returns>
    public Task<int> ExecuteAsync(string text, CancellationToken cancellation, params object[] values) =>
        PatientlyAsync(
            async () =>
            {
                await using var command = source.CreateCommand(text);
                Bind(command, values);
                return await command.ExecuteNonQueryAsync(cancellation);
            },
            cancellation
        );

    /// <summary>Does what may be done again, and does it again for a while when it meets a restarting server.</summary>
    public static Task<T> PatientlyAsync<T>(Func<Task<T>> work, CancellationToken cancellation) =>
        WhileServerRestarts.RunAsync(work, cancellation: cancellation);

    /// <inheritdoc cref="PatientlyAsync{T}"/>
    public static Task PatientlyAsync(Func<Task> work, CancellationToken cancellation) =>
        PatientlyAsync(
            async () =>
            {
                await work();
                return true;
            },
            cancellation
        );

    public ValueTask<NpgsqlConnection> OpenAsync(CancellationToken cancellation) => source.OpenConnectionAsync(cancellation);

    public ValueTask DisposeAsync() => source.DisposeAsync();

    private async Task<List<T>> ReadAsync<T>(string text, Func<DbDataReader, T> read, object[] values, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand(text);
        return await ToListAsync(command, read, values, cancellation);
    }

    /// <summary>All rows of a question.</summary>
    public static async Task<List<T>> ToListAsync<T>(
        NpgsqlCommand command,
        Func<DbDataReader, T> read,
        object[] values,
        CancellationToken cancellation
    )
    {
        Bind(command, values);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellation))
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    private static void Bind(NpgsqlCommand command, object[] values)
    {
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }
    }
}
