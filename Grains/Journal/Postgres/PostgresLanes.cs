using Microsoft.Extensions.Logging;
using Npgsql;
using TownReform.Grains.Journal.Outbox;
using TownReform.Grains.Journal.Writing;

namespace TownReform.Grains.Journal.Postgres;

/// <summary>
/// The writers of a silo. One commit at a time leaves the server idle while the next is put together, and the silo idle while the server works;
/// two keep both busy. A stream keeps to its lane, so that its records and its effects stay in order.
/// </summary>
internal sealed class PostgresLanes : IOutbox, IAsyncDisposable
{
    private const int Count = 2;

    private readonly Lane[] lanes;
    private readonly PostgresReads reads;
    private readonly string world;

    public PostgresLanes(string world, string connectionString, WriterName silo, PostgresReads reads, IEffectCourier courier, TimeProvider time, ILogger logger)
    {
        (this.world, this.reads) = (world, reads);
        lanes = [.. Register(connectionString, silo).Select(start => new Lane(world, connectionString, start, reads, courier, time, logger))];
    }

    public IEnumerable<long> Writers => lanes.Select(lane => lane.Outbox.Writer);

    /// <summary>Why nothing can be recorded any more; null while all is well. The lanes of a silo are closed together.</summary>
    public Exception? Fault => lanes.Select(lane => lane.Writer.Fault).FirstOrDefault(fault => fault is not null);

    public ValueTask QueueAsync(string stream, PendingWrite write) => lanes[LaneOf(stream)].Writer.QueueAsync(write);

    public void Start()
    {
        foreach (var lane in lanes)
        {
            lane.Outbox.Start();
        }

        // What closed writers have left goes to one lane, so that it keeps its order.
        lanes[0].Outbox.Adopt();
    }

    public async Task StopDeliveringAsync()
    {
        foreach (var lane in lanes)
        {
            await lane.Outbox.DisposeAsync();
        }
    }

    /// <summary>What one lane delivers can have effects in the other; so it goes round until nobody has delivered anything.</summary>
    public async ValueTask<IReadOnlyList<Delivery>> DrainAsync(CancellationToken cancellation = default)
    {
        var all = new List<Delivery>();
        int before;
        do
        {
            before = all.Count;
            foreach (var lane in lanes)
            {
                all.AddRange(await lane.Outbox.DrainAsync(cancellation));
            }
        }
        while (all.Count > before);
        return all;
    }

    public async ValueTask<long> CountAsync(CancellationToken cancellation = default) =>
        (await reads.ListAsync("SELECT count(*) FROM outbox WHERE world = $1", reader => reader.GetInt64(0), cancellation, world))[0];

    /// <summary>Stops delivering, then commits what was queued.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopDeliveringAsync();
        foreach (var lane in lanes)
        {
            await lane.Writer.DisposeAsync();
        }
    }

    // FNV-1a: streams whose names differ in their last digits alternate.
    private static int LaneOf(string stream)
    {
        var hash = 2166136261u;
        foreach (var letter in stream)
        {
            hash = unchecked((hash ^ letter) * 16777619u);
        }

        return (int)(hash % Count);
    }

    // A silo on the same address and port is this one's predecessor; it can't be running any more.
    private static List<WriterPlace> Register(string connectionString, WriterName silo)
    {
        using var source = NpgsqlDataSource.Create(connectionString);
        using var close = source.CreateCommand("UPDATE writers SET closed = true WHERE address = $1 AND port = $2 AND generation < $3 AND NOT closed");
        close.Parameters.AddWithValue(silo.Address);
        close.Parameters.AddWithValue(silo.Port);
        close.Parameters.AddWithValue(silo.Generation);
        close.ExecuteNonQuery();
        using var register = source.CreateCommand("INSERT INTO writers (address, port, generation, lane) SELECT $1, $2, $3, n FROM generate_series(0, $4 - 1) n RETURNING id, root");
        register.Parameters.AddWithValue(silo.Address);
        register.Parameters.AddWithValue(silo.Port);
        register.Parameters.AddWithValue(silo.Generation);
        register.Parameters.AddWithValue(Count);
        using var reader = register.ExecuteReader();
        var places = new List<WriterPlace>(Count);
        while (reader.Read())
        {
            places.Add(new WriterPlace(reader.GetInt64(0), 0, 0, reader.GetFieldValue<byte[]>(1)));
        }

        return places;
    }

    private sealed class Lane
    {
        public Lane(string world, string connectionString, WriterPlace start, PostgresReads reads, IEffectCourier courier, TimeProvider time, ILogger logger)
        {
            Outbox = new PostgresOutbox(world, start.Writer, reads, write => Writer!.QueueAsync(write), courier, time, logger);
            Writer = new PostgresCommit(world, connectionString, start, Outbox.Committed, logger);
        }

        public PostgresOutbox Outbox { get; }

        public PostgresCommit Writer { get; }
    }
}

/// <summary>The silo that writers belong to, as the membership table names it.</summary>
public sealed record WriterName(string Address, int Port, int Generation);
