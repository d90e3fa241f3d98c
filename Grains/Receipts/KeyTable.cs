using System.Globalization;
using Npgsql;
using TownReform.Grains.Journal.Postgres;
using TownReform.Grains.Journal.Storage;

namespace TownReform.Grains.Receipts;

/// <summary>Keys of a cluster: a table that all its silos read, in a schema of its own.</summary>
internal sealed class KeyTable : IKeyStore, IDisposable
{
    /// <summary>Names of the schema's scripts start so.</summary>
    public const string Scripts = "ReceiptsPostgres/";

    private readonly Lazy<NpgsqlDataSource> source;

    /// <exception cref="PostgresUnusableException">When first asked: the server can't be reached or used.</exception>
    public KeyTable(string connectionString) =>
        source = new(() =>
        {
            PostgresSchema.Apply(connectionString, typeof(KeyTable).Assembly, Scripts);
            return NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { MaxPoolSize = 2 });
        });

    public Task<IReadOnlyList<StoredKey>> ReadAsync(CancellationToken cancellation) =>
        PostgresReads.PatientlyAsync<IReadOnlyList<StoredKey>>(() => ReadOnceAsync(cancellation), cancellation);

    public async Task ReplaceAsync(string? instead, StoredKey key, CancellationToken cancellation)
    {
        await using var connection = await source.Value.OpenConnectionAsync(cancellation);
        await using var all = await connection.BeginTransactionAsync(cancellation);
        await ExecuteAsync(connection, "LOCK TABLE receipts.keys IN EXCLUSIVE MODE", cancellation);
        var present = await ReadAsync(connection, cancellation);
        if ((present.Count == 0 ? null : present[^1].Id) == instead)
        {
            await ExecuteAsync(connection, "UPDATE receipts.keys SET private = NULL WHERE private IS NOT NULL", cancellation);
            await ExecuteAsync(
                connection,
                "INSERT INTO receipts.keys (x, y, since, private) VALUES ($1, $2, $3, $4)",
                cancellation,
                key.X,
                key.Y,
                key.Since.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
                key.Private!
            );
        }

        await all.CommitAsync(cancellation);
    }

    public void Dispose()
    {
        if (source.IsValueCreated)
        {
            source.Value.Dispose();
        }
    }

    private async Task<IReadOnlyList<StoredKey>> ReadOnceAsync(CancellationToken cancellation)
    {
        await using var connection = await source.Value.OpenConnectionAsync(cancellation);
        return await ReadAsync(connection, cancellation);
    }

    private static async Task<IReadOnlyList<StoredKey>> ReadAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("SELECT x, y, since, private FROM receipts.keys ORDER BY id", connection);
        return await PostgresReads.ToListAsync(
            command,
            row => new StoredKey(
                row.GetString(0),
                row.GetString(1),
                DateTimeOffset.Parse(row.GetString(2), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
                row.IsDBNull(3) ? null : row.GetFieldValue<byte[]>(3)
            ),
            [],
            cancellation
        );
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string text, CancellationToken cancellation, params object[] values)
    {
#pragma warning disable CA2100 // Constants of this file.
        await using var command = new NpgsqlCommand(text, connection);
#pragma warning restore CA2100
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        await command.ExecuteNonQueryAsync(cancellation);
    }
}
