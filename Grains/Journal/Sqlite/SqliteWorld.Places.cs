using Microsoft.Data.Sqlite;
using TownReform.Grains.Journal.Audit;
using TownReform.Grains.Journal.Reading;

namespace TownReform.Grains.Journal.Sqlite;

/// <summary>Records and commits by their places.</summary>
public sealed partial class SqliteWorld
{
    private static readonly string RecordByPlace =
        $"SELECT {RecordRows.Columns(SqlDialect.Sqlite)} FROM journal WHERE world = $1 AND stream = $2 AND ($3 = 0 OR version = $3) "
        + "ORDER BY version DESC LIMIT 1";

    public async ValueTask<PlacedRecord?> FindPlacedAsync(string stream, long? version, CancellationToken cancellation = default)
    {
        await writer.Updater.CatchUpAsync().WaitAsync(cancellation);
        return await reads.ReadAsync(connection => Placed(connection, stream, version ?? 0), cancellation);
    }

    public async ValueTask<PlacedCommit?> FindCommitAsync(long writer, long commit, CancellationToken cancellation = default)
    {
        await this.writer.Updater.CatchUpAsync().WaitAsync(cancellation);
        return writer != 0
            ? null
            : await reads.ReadAsync(
                connection =>
                    SqliteReads
                        .Ask(connection, "SELECT root, (SELECT max(no) FROM commits) - no FROM commits WHERE no = $1", commit)
                        .ToList(row => new PlacedCommit(row.GetFieldValue<byte[]>(0), row.GetInt64(1)))
                        .FirstOrDefault(),
                cancellation
            );
    }

    public async ValueTask<PlacedEnd?> FindEndAsync(CancellationToken cancellation = default)
    {
        await writer.Updater.CatchUpAsync().WaitAsync(cancellation);
        return await reads.ReadAsync(connection => End(connection) is { } end ? new PlacedEnd(0, end) : null, cancellation);
    }

    private static ChainCheckpoint? End(SqliteConnection connection) =>
        SqliteReads
            .Ask(connection, "SELECT no, root FROM commits ORDER BY no DESC LIMIT 1")
            .ToList(row => new ChainCheckpoint(row.GetInt64(0), Convert.ToHexStringLower(row.GetFieldValue<byte[]>(1))))
            .FirstOrDefault();

    private PlacedRecord? Placed(SqliteConnection connection, string stream, long version)
    {
        using var moment = connection.BeginTransaction(deferred: true);
        return
            SqliteReads.Ask(connection, RecordByPlace, world, stream, version).ToList(RecordRows.Read) is [var record]
            && End(connection) is { } end
            ? new PlacedRecord(record, 0, end)
            : null;
    }
}
