using JasperFx;
using JasperFx.Events;
using Marten;
using Npgsql;

namespace TownReform.Benchmarks.Speed.Contenders;

/// <summary>Marten's event store: each step appends to the case's stream in Quick mode, without a read and without projections.</summary>
internal sealed class MartenContender : IContender
{
    private readonly NpgsqlDataSource source;
    private readonly DocumentStore store;
    private readonly CaseNumbers numbers = new();

    public MartenContender(Ground ground)
    {
        source = NpgsqlDataSource.Create(PostgresPool.Tuned(ground));
        store = DocumentStore.For(options =>
        {
            options.Connection(source);
            options.DisableNpgsqlLogging = true;
            options.AutoCreateSchemaObjects = AutoCreate.CreateOrUpdate;
            options.UseSystemTextJsonForSerialization(CaseJson.Default.Options);
            options.Events.StreamIdentity = StreamIdentity.AsGuid;
            options.Events.AppendMode = EventAppendMode.Quick;
            options.Events.AddEventType<CaseEvent>();
        });
    }

    public KeptSteps Kept { get; } = new("SELECT count(*) FROM mt_events");

    public Task StartAsync(CancellationToken cancellation) => store.Storage.ApplyAllConfiguredChangesToDatabaseAsync();

    public Task<ILane> NewLaneAsync() => Task.FromResult<ILane>(new NumberedLane(numbers, TakeAsync));

    public async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        await source.DisposeAsync();
    }

    private async Task TakeAsync(CaseEvent happened, Step step)
    {
        await using var session = store.LightweightSession();
        var stream = new Guid((int)happened.Case, 0, 0, new byte[8]);
        if (step == Step.Open)
        {
            session.Events.StartStream(stream, happened);
        }
        else
        {
            session.Events.Append(stream, happened);
        }

        await session.SaveChangesAsync();
    }
}
