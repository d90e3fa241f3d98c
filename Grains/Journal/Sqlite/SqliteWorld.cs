using Microsoft.Extensions.Logging;
using TownReform.Grains.Journal.Audit;
using TownReform.Grains.Journal.Outbox;
using TownReform.Grains.Journal.Reading;
using TownReform.Grains.Journal.Redo;
using TownReform.Grains.Journal.Sqlite.Redo;
using TownReform.Grains.Journal.Storage;
using TownReform.Grains.Journal.Writing;

namespace TownReform.Grains.Journal.Sqlite;

/// <summary>The record of a durable world in SQLite: a redo log that is synced at each commit, and the file with its tables, which follows;
/// one writer for all grains of the silo.</summary>
public sealed partial class SqliteWorld : IDurableWorld
{
    /// <summary>The scripts of its schema are the assembly's resources whose names start so.</summary>
    public const string Scripts = "Journal/";

    private readonly string world;
    private readonly string path;
    private static readonly string RecordsOfStream = RecordRows.OfStreamWith(RecordRows.Columns(SqlDialect.Sqlite));

    private readonly SqliteReads reads;
    private readonly JournalWriter writer;
    private readonly StoredOutbox outbox;

    /// <summary>Opens the file, bringing its schema up to date.</summary>
    /// <exception cref="RecordDamagedException">The file is damaged where it begins, or something that was answered is gone from it and its
    /// redo log.</exception>
    /// <param name="snapshots">Where long-lived grains keep snapshots, if anywhere.</param>
    public SqliteWorld(
        string world,
        string path,
        IEffectCourier courier,
        TimeProvider time,
        ILogger logger,
        Func<SqliteWorld, ISnapshots>? snapshots = null,
        StorageHealth? health = null,
        DeadLetterRule? rule = null
    )
    {
        RecordDamagedException.Telling(path, () => SchemaUpgrade.Apply(path, typeof(SqliteWorld).Assembly, Scripts));
        (this.world, this.path, Health) = (world, path, health ?? new StorageHealth(logger, time));
        var (log, tables) = RecordDamagedException.Telling(path, () => Open(path, logger));
        writer = new JournalWriter(log, tables, effects => outbox!.Committed(effects), Health, logger);
        reads = new SqliteReads(path, writer, log.Streams);
        var deadLetters = new StoredDeadLetters(world, reads);
        outbox = new StoredOutbox(
            world: world,
            reads: reads,
            writer: writer,
            courier: courier,
            time: time,
            logger: logger,
            deadLetters: deadLetters,
            rule: rule
        );
        Storage = new WorldStorage(world, this, new StoredReadModel(world, reads), outbox, snapshots?.Invoke(this))
        {
            DeadLetters = deadLetters,
        };
    }

    private static (SqliteLog Log, TownTables Tables) Open(string path, ILogger logger)
    {
        var tables = new TownTables(path);
        try
        {
            return (new SqliteLog(path, tables, logger), tables);
        }
        catch
        {
            tables.Dispose();
            throw;
        }
    }

    /// <summary>Whether a town can be opened, without changing anything: asked before a silo is put together, which would tell a fault with
    /// its stack.</summary>
    /// <exception cref="RecordDamagedException">As when it is opened.</exception>
    public static void Examine(string path)
    {
        var damage = RecordDamagedException.Telling(
            path,
            () =>
            {
                if (!File.Exists(path))
                {
                    // A log alone may still be all of a town.
                    return RedoVerdict
                        .Of(RedoReading.Of(path, 0), path, new LogPosition(0, 0, 0, new byte[HashChain.Length]), null, _ => null)
                        .Damage;
                }

                using var town = new StoredTown(path);
                return town.Damage;
            }
        );
        if (damage is not null)
        {
            throw RecordDamagedException.Of(path, damage.Why);
        }
    }

    public WorldStorage Storage { get; }

    /// <summary>Faults of a commit are told to whoever writes, and the next is tried; this one ends it.</summary>
    public Exception? Fault => writer.Fault;

    public StorageHealth Health { get; }

    public Words? Hindrance => Fault is { } fault ? StorageFaults.Of(fault) : Health.Hindrance;

    public bool IsTroubleTold => Health.IsTold;

    public async Task ProbeAsync()
    {
        Health.Begin(StoragePart.Room);
        try
        {
            await Task.Run(() => FolderProbe.Write(Path.GetDirectoryName(Path.GetFullPath(path))!));
            Health.Worked(StoragePart.Room);
            if (Health.IsTroubled(StoragePart.Commits))
            {
                await writer.ProbeAsync();
            }
        }
        catch (Exception fault)
        {
            Health.Failed(StoragePart.Room, fault);
        }
    }

    public void StartDelivering() => outbox.Start();

    public ValueTask StopDeliveringAsync() => outbox.DisposeAsync();

    public ValueTask<IReadOnlyList<JournalRecord>> ReadAsync(
        string stream,
        long afterVersion,
        long upTo,
        CancellationToken cancellation = default
    ) => reads.ListOfAsync(stream, RecordsOfStream, RecordRows.Read, cancellation, world, stream, afterVersion, upTo);

    public ValueTask<IReadOnlyList<RecordedCommand>> ReadCommandsAsync(
        string stream,
        long afterVersion,
        long upTo,
        CancellationToken cancellation = default
    ) => reads.ListOfAsync(stream, RecordRows.CommandsOfStream, RecordRows.ReadCommand, cancellation, world, stream, afterVersion, upTo);

    public async ValueTask<byte[]> SnapshotKeyAsync() =>
        (
            await reads.ListAsync(
                Freshness.AsItStands,
                "SELECT key FROM snapshot_key",
                row => row.GetFieldValue<byte[]>(0),
                CancellationToken.None
            )
        )[0];

    public async ValueTask<FoundedAs> ReadFoundedAsync()
    {
        await writer.Updater.CatchUpAsync();
        return await reads.ReadAsync(connection => FoundedRows.Of(connection, world), CancellationToken.None);
    }

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
        await Task.Run(() => SqliteAudit.Verify(path, looksAtPages: false, null, cancellation), cancellation);

    /// <summary>Stops delivering, commits what was queued, closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        await outbox.DisposeAsync();
        await writer.DisposeAsync();
        reads.Dispose();
    }
}
