using Npgsql;

namespace TownReform.Benchmarks.Speed.Running;

/// <summary>A database of its own on the private server.</summary>
internal sealed class PostgresGround : Ground
{
    private readonly PrivateServer server;
    private readonly string connection;

    private PostgresGround(int cases, PrivateServer server, string connection)
        : base(cases) => (this.server, this.connection) = (server, connection);

    public override string Place => connection;

    public override TimeSpan ServerTime => server.ProcessorTime;

    public static async Task<PostgresGround> MakeAsync(int cases, PrivateServer server, CancellationToken cancellation) =>
        new(cases, server, await server.NewDatabaseAsync(cancellation));

    public override Task SettleAsync(CancellationToken cancellation) => server.CheckpointAsync(cancellation);

    public override async Task TendAsync(CancellationToken cancellation)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand("VACUUM (ANALYZE)");
        command.CommandTimeout = 1200;
        await command.ExecuteNonQueryAsync(cancellation);
        await server.CheckpointAsync(cancellation);
    }

    public override async Task<long> CountAsync(KeptSteps kept)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand(kept.Sql);
        command.CommandTimeout = 120;
        return Convert.ToInt64(await command.ExecuteScalarAsync(), null);
    }

    public override async ValueTask DisposeAsync() => await server.DropAsync(connection);
}
