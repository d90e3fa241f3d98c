using Microsoft.Extensions.Logging.Abstractions;
using TownReform.Grains.Journal;
using TownReform.Grains.Journal.Postgres;

namespace TownReform.Grains.Tests.Journal;

/// <summary>One silo's world in a database; several can share one.</summary>
internal sealed class PostgresTown : IAsyncDisposable
{
    private static int generations;

    public PostgresTown(string connection, int port = 1)
    {
        Connection = connection;
        Writer = new WriterName("127.0.0.1", port, Interlocked.Increment(ref generations));
        World = new PostgresWorld(Address.Live, connection, Writer, Courier, Time, NullLogger.Instance);
    }

    public string Connection { get; }

    public WriterName Writer { get; }

    public Courier Courier { get; } = new();

    public HurriedTime Time { get; } = new();

    public PostgresWorld World { get; }

    public IJournal Journal => World;

    public WorldStorage Storage => World.Storage;

    /// <summary>Changes rows behind the world's back, or looks at them.</summary>
    public async Task<object?> ExecuteAsync(string sql)
    {
        await using var connection = new Npgsql.NpgsqlConnection($"{Connection};Pooling=false");
        await connection.OpenAsync();
#pragma warning disable CA2100 // Tests write these texts.
        await using var command = new Npgsql.NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync();
    }

    public ValueTask DisposeAsync() => World.DisposeAsync();
}
