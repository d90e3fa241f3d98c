using TownReform.Grains.Journal;
using TownReform.Grains.Journal.Memory;
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
    private SqliteTown? sqlite;
    private PostgresTown? postgres;

    public async Task<WorldStorage> OfAsync(Kept kept) =>
        kept switch
        {
            Kept.Memory => (memory ??= new MemoryWorld("r1", new Courier())).Storage,
            Kept.Sqlite => (sqlite ??= new SqliteTown()).Storage,
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
