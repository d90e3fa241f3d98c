using System.Runtime.CompilerServices;
using Npgsql;

namespace TownReform.Grains.Journal.Postgres;

/// <summary>A connection for whoever reads a world whole.</summary>
internal static class ScanConnection
{
    /// <summary>The rows of a question.</summary>
    /// <param name="world">Parameter <c>$1</c>, where the text has one.</param>
    public static async IAsyncEnumerable<NpgsqlDataReader> RowsAsync(
        NpgsqlConnection connection,
        string text,
        string? world,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
#pragma warning disable CA2100 // The texts are constants of the callers.
        await using var command = new NpgsqlCommand(text, connection);
#pragma warning restore CA2100
        if (world is not null)
        {
            command.Parameters.AddWithValue(world);
        }

        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            yield return rows;
        }
    }

    /// <summary>A connection of one's own, for what takes as long as it takes.</summary>
    public static async Task<NpgsqlConnection> OpenAsync(string connectionString, CancellationToken cancellation)
    {
        var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, CommandTimeout = 0 }.ToString()
        );
        try
        {
            await connection.OpenAsync(cancellation);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
