using Microsoft.Extensions.Logging;
using TownReform.Grains.Journal.Audit;
using TownReform.Grains.Journal.Outbox;
using TownReform.Grains.Journal.Redo;
using TownReform.Grains.Journal.Storage;
using TownReform.Grains.Journal.Writing;

namespace TownReform.Grains.Journal.Sqlite;

/// <summary>The record of a durable world in SQLite: a redo log that is synced at each commit, and the file with its tables, which follows; one writer for all grains of the silo.</summary>
public sealed partial class SqliteWorld : IDurableWorld
{
    private readonly string world;
    private readonly string path;
    private readonly ReaderPool readers;
    private readonly GroupCommit writer;
    private readonly SqliteOutbox outbox;
    private readonly SqliteReadModel readModel;

    /// <summary>Opens the file, bringing its schema up to date.</summary>
    /// <param name="snapshots">Where long-lived grains keep snapshots, if anywhere.</param>
    public SqliteWorld(string world, string path, IEffectCourier courier, TimeProvider time, ILogger logger, Func<SqliteWorld, ISnapshots>? snapshots = null)
    {
        SchemaUpgrade.Apply(path, typeof(SqliteWorld).Assembly, "Journal/");
        (this.world, this.path) = (world, path);
        writer = new GroupCommit(path, effects => outbox!.Committed(effects), logger);
        readers = new ReaderPool(path, writer);
        outbox = new SqliteOutbox(world, readers, writer, courier, time, logger);
        readModel = new SqliteReadModel(world, readers);
        Storage = new WorldStorage(world, this, readModel, outbox, snapshots?.Invoke(this));
    }

    public WorldStorage Storage { get; }

    /// <summary>Faults of a commit are told to whoever writes, and the next is tried; this one ends it.</summary>
    public Exception? Fault => writer.Fault;

    public void StartDelivering() => outbox.Start();

    public ValueTask StopDeliveringAsync() => outbox.DisposeAsync();

    public ValueTask<IReadOnlyList<JournalRecord>> ReadAsync(string stream, long afterVersion, long upTo, CancellationToken cancellation = default) =>
        readers.ReadAsync<IReadOnlyList<JournalRecord>>(stream, connection => JournalRows.Of(connection, world, stream, afterVersion, upTo), cancellation);

    public ValueTask<IReadOnlyList<RecordedCommand>> ReadCommandsAsync(string stream, long afterVersion, long upTo, CancellationToken cancellation = default) =>
        readers.ReadAsync<IReadOnlyList<RecordedCommand>>(stream, connection => JournalRows.CommandsOf(connection, world, stream, afterVersion, upTo), cancellation);

    public ValueTask<JournalHead> AppendAsync(JournalAppend append)
    {
        var pending = new PendingAppend(world, append);
        foreach (var part in pending.Parts)
        {
            part.Image = AppendImage.Of(part);
        }

        return writer.AppendAsync(pending);
    }

    public async ValueTask<ChainReport> VerifyAsync(CancellationToken cancellation = default) =>
        await Task.Run(() => SqliteAudit.Verify(path, null, cancellation), cancellation);

    /// <summary>Stops delivering, commits what was queued, closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        await outbox.DisposeAsync();
        await writer.DisposeAsync();
        readers.Dispose();
    }
}
