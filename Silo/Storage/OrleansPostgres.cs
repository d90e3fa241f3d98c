using Npgsql;
using TownReform.Grains.Journal.Postgres;
using TownReform.Grains.Journal.Storage;

namespace TownReform.Silo.Storage;

/// <summary>The database of Orleans' own stores (membership, snapshots, reminders): that of the record, so that declaring a silo dead
/// closes its writer in one transaction.</summary>
internal sealed class OrleansPostgres : IAsyncDisposable, IDisposable
{
    /// <summary>Connections that Orleans' providers hold at most.</summary>
    private const int Most = 16;

    /// <summary>The record's schema comes first: membership closes its writers.</summary>
    /// <exception cref="PostgresUnusableException">The server can't be reached or used.</exception>
    public OrleansPostgres(string connectionString)
    {
        PostgresSchema.Apply(connectionString, typeof(PostgresWorld).Assembly, PostgresWorld.Scripts);
        PostgresSchema.Apply(connectionString, typeof(OrleansPostgres).Assembly, "OrleansPostgres/");
        Source = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(connectionString)
            {
                MaxPoolSize = Most,
                NoResetOnClose = true,
                MaxAutoPrepare = 30,
                AutoPrepareMinUsages = 2,

                // A server that can't be reached is a fault to find out in seconds.
                Timeout = 5,
                CommandTimeout = 10,

                // A session that began while the server could only be read stays so; a sign of life that can't be written for long is a
                // silo declared dead.
                ConnectionLifetime = 10,
            }
        );
    }

    public NpgsqlDataSource Source { get; }

    public void Dispose() => Source.Dispose();

    public ValueTask DisposeAsync() => Source.DisposeAsync();
}
