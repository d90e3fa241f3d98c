using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using TownReform.Grains.Journal.Outbox;
using TownReform.Grains.Journal.Writing;

namespace TownReform.Grains.Journal.Sqlite;

/// <summary>The outbox of a durable world. Effects that have arrived leave the tables with whatever else goes there.</summary>
internal sealed class SqliteOutbox : IOutbox, IEffectStore, IAsyncDisposable
{
    private readonly string world;
    private readonly ReaderPool readers;
    private readonly GroupCommit writer;
    private readonly EffectDispatch dispatch;

    public SqliteOutbox(
        string world,
        ReaderPool readers,
        GroupCommit writer,
        IEffectCourier courier,
        TimeProvider time,
        ILogger logger,
        IDeadLetters? deadLetters = null,
        DeadLetterRule? rule = null
    )
    {
        (this.world, this.readers, this.writer) = (world, readers, writer);
        dispatch = new EffectDispatch(this, courier, time, logger, deadLetters, rule);
    }

    public void Start() => dispatch.Start();

    public void Committed(IReadOnlyList<WaitingEffect> effects) => dispatch.Committed(effects);

    public ValueTask<IReadOnlyList<Delivery>> DrainAsync(CancellationToken cancellation = default) => dispatch.DrainAsync(cancellation);

    public ValueTask<long> CountAsync(CancellationToken cancellation = default) =>
        readers.ReadAsync(
            connection =>
            {
                using var command = connection.CreateCommand();
                command.CommandText = "SELECT count(*) FROM outbox WHERE world = $world";
                command.Parameters.AddWithValue("$world", world);
                return (long)command.ExecuteScalar()!;
            },
            cancellation
        );

    public ValueTask<IReadOnlyList<WaitingEffect>> ReadAsync(long afterId, int most, CancellationToken cancellation) =>
        readers.ReadAsync<IReadOnlyList<WaitingEffect>>(connection => Page(connection, afterId, most), cancellation);

    public Task ForgetAsync(IReadOnlyList<long> ids)
    {
        var receipt = new PendingReceipt(ids);
        writer.Add(receipt);
        return receipt.Done;
    }

    public void Hurry() => _ = writer.SettleAsync();

    public ValueTask DisposeAsync() => dispatch.DisposeAsync();

    private List<WaitingEffect> Page(SqliteConnection connection, long afterId, int most)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT {DeliveryRows.Columns} FROM outbox WHERE id > $after AND world = $world ORDER BY id LIMIT $most";
        command.Parameters.AddWithValue("$after", afterId);
        command.Parameters.AddWithValue("$world", world);
        command.Parameters.AddWithValue("$most", most);
        return command.ToList(DeliveryRows.Waiting);
    }
}
