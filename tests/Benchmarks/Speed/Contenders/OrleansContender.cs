using System.Data.Common;
using Npgsql;
using TownReform.Grains.Journal.Postgres;
using TownReform.Grains.Journal.Storage;
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
    private LocalSilo? silo;

    /// <summary>A state's version rises by one with each write.</summary>
    public KeptSteps Kept { get; } = new("SELECT coalesce(sum(version), 0) FROM states", "orleans.sqlite");

    public async Task StartAsync(CancellationToken cancellation)
    {
        var (invariant, source) = kind == GroundKind.Sqlite ? Sqlite() : Postgres();
        silo = await LocalSilo.StartAsync(
            orleans =>
                orleans.AddAdoNetGrainStorage(
                    KeptCaseGrain.Storage,
                    options =>
                    {
                        options.Invariant = invariant;
                        options.DataSource = source;
                        options.GrainStorageSerializer = new KeptCaseJson();
                    }
                ),
            cancellation
        );
    }

    public Task<ILane> NewLaneAsync()
    {
        var grains = silo!.Grains;
        return Task.FromResult<ILane>(
            new NumberedLane(numbers, (happened, _) => grains.GetGrain<IKeptCaseGrain>(happened.Case).TakeAsync(happened))
        );
    }

    public async ValueTask DisposeAsync()
    {
        if (silo is not null)
        {
            await silo.DisposeAsync();
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
        var file = new OrleansSqlite(
            folder,
            TimeProvider.System,
            Microsoft.Extensions.Logging.Abstractions.NullLogger<OrleansSqlite>.Instance
        );
        opened.Add(file);
        return ("System.Data.SQLite", file.Source);
    }
}
