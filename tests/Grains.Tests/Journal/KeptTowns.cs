using Microsoft.Extensions.Logging.Abstractions;
using TownReform.Grains.Journal;
using TownReform.Grains.Journal.Memory;
using TownReform.Grains.Journal.Postgres;
using TownReform.Tests.Fixtures;

[assembly: AssemblyFixture(typeof(PrivatePostgres))]

namespace TownReform.Grains.Tests.Journal;

/// <summary>Where a world can be kept.</summary>
public enum Kept
{
    Memory = 1,
    Sqlite = 2,
    Postgres = 3,
}

/// <summary>A new world of each kind, made when first asked for.</summary>
internal sealed class KeptTowns(PrivatePostgres server) : IAsyncDisposable
{
    private MemoryWorld? memory;
    private LiveTown? sqlite;
    private PostgresTown? postgres;

    public async Task<WorldStorage> OfAsync(Kept kept) =>
        kept switch
        {
            Kept.Memory => (memory ??= new MemoryWorld("r1", new Courier())).Storage,
            Kept.Sqlite => (sqlite ??= new LiveTown()).Storage,
            _ => (postgres ??= new PostgresTown(await server.NewDatabaseAsync())).Storage,
        };

    /// <summary>The database of the town on PostgreSQL.</summary>
    public string Connection => postgres!.Connection;

    /// <summary>Changes rows of a durable world behind its back.</summary>
    public async Task ExecuteAsync(Kept kept, string sql)
    {
        if (kept == Kept.Sqlite)
        {
            sqlite!.Execute(sql);
        }
        else
        {
            await postgres!.ExecuteAsync(sql);
        }
    }

    public async ValueTask DisposeAsync()
    {
        memory?.Dispose();
        if (sqlite is not null)
        {
            await sqlite.DisposeAsync();
        }

        if (postgres is not null)
        {
            await postgres.DisposeAsync();
        }
    }
}

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
