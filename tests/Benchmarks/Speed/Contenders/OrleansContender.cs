using System.Data.Common;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using TownReform.Grains.Journal.Postgres;
using TownReform.Grains.Journal.Storage;
using TownReform.Silo.Hosting;
using TownReform.Silo.Storage;

namespace TownReform.Benchmarks.Speed.Contenders;

/// <summary>
/// Orleans with a plain persistent state over its ADO.NET provider, one write a step. The provider's queries are the ones that this project
/// keeps for its snapshots: one statement a write, where Orleans' own scripts call a function of several.
/// </summary>
internal sealed class OrleansContender(Ground ground, GroundKind kind) : IContender
{
    private readonly List<IDisposable> opened = [];
    private readonly CaseNumbers numbers = new();
    private IHost? host;

    /// <summary>A state's version rises by one with each write.</summary>
    public KeptSteps? Kept { get; } = new("SELECT coalesce(sum(version), 0) FROM states", "orleans.sqlite");

    public async Task StartAsync(CancellationToken cancellation)
    {
        var (invariant, source) = kind == GroundKind.Sqlite ? Sqlite() : Postgres();
        var (silo, gateway) = FreePorts.Two();
        var builder = TownReformSilo.NewHost();
        builder.UseOrleans(orleans => orleans
            .UseLocalhostClustering(silo, gateway, null, "peer", "peer")
            .AddAdoNetGrainStorage(KeptCaseGrain.Storage, options =>
            {
                options.Invariant = invariant;
                options.DataSource = source;
                options.GrainStorageSerializer = new KeptCaseJson();
            }));
        host = builder.Build();
        await host.StartAsync(cancellation);
    }

    public Task<ILane> NewLaneAsync()
    {
        var grains = host!.Services.GetRequiredService<IGrainFactory>();
        return Task.FromResult<ILane>(new NumberedLane(numbers, (happened, _) => grains.GetGrain<IKeptCaseGrain>(happened.Case).TakeAsync(happened)));
    }

    public async ValueTask DisposeAsync()
    {
        if (host is not null)
        {
            await host.StopAsync();
            host.Dispose();
        }

        foreach (var it in Enumerable.Reverse(opened))
        {
            it.Dispose();
        }
    }

    private (string Invariant, DbDataSource Source) Postgres()
    {
        PostgresSchema.Apply(ground.Place, typeof(OrleansPostgresRegistration).Assembly, "OrleansPostgres/");
        var settings = PostgresPool.Tuned(ground);
        settings.Multiplexing = true;
        var source = NpgsqlDataSource.Create(settings);
        opened.Add(source);
        return ("Npgsql", source);
    }

    // One connection at a time: writers that meet are slept away inside the driver, which costs more.
    private (string Invariant, DbDataSource Source) Sqlite()
    {
        var folder = new LiveFolder(ground.Place);
        opened.Add(folder);
        var file = new OrleansSqlite(folder);
        opened.Add(file);
        return ("System.Data.SQLite", file.Source);
    }
}
