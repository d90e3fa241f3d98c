using TownReform.Grains.Journal.Audit;
using TownReform.Grains.Journal.Reading;

namespace TownReform.Grains.Journal.Postgres;

/// <summary>Records and commits by their places.</summary>
public sealed partial class PostgresWorld
{
    // One statement, so that the writer's end is not before the record.
    private static readonly string RecordByPlace =
        $"SELECT {RecordRows.Columns(SqlDialect.Postgres(0))}, writer, (SELECT w.commit_no FROM writers w WHERE w.id = "
        + "journal.writer), (SELECT w.root FROM writers w WHERE w.id = journal.writer) FROM journal WHERE world = $1 AND stream = $2 AND "
        + "($3 = 0 OR version = $3) ORDER BY version DESC LIMIT 1";

    private const string CommitByPlace =
        "SELECT root, (SELECT w.commit_no FROM writers w WHERE w.id = $1) - no FROM commits WHERE writer = $1 AND no = $2";

    public async ValueTask<PlacedRecord?> FindPlacedAsync(string stream, long? version, CancellationToken cancellation = default) =>
        (
            await reads.ListAsync(
                RecordByPlace,
                row => new PlacedRecord(
                    RecordRows.Read(row),
                    row.GetInt64(RecordRows.Count),
                    new ChainCheckpoint(
                        row.GetInt64(RecordRows.Count + 1),
                        Convert.ToHexStringLower(row.GetFieldValue<byte[]>(RecordRows.Count + 2))
                    )
                ),
                cancellation,
                world,
                stream,
                version ?? 0
            )
        ).FirstOrDefault();

    public async ValueTask<PlacedEnd?> FindEndAsync(CancellationToken cancellation = default) =>
        (
            await reads.ListAsync(
                "SELECT commit_no, root FROM writers WHERE id = $1 AND commit_no > 0",
                row => new PlacedEnd(number, new ChainCheckpoint(row.GetInt64(0), Convert.ToHexStringLower(row.GetFieldValue<byte[]>(1)))),
                cancellation,
                number
            )
        ).FirstOrDefault();

    public async ValueTask<PlacedCommit?> FindCommitAsync(long writer, long commit, CancellationToken cancellation = default) =>
        (
            await reads.ListAsync(
                CommitByPlace,
                row => new PlacedCommit(row.GetFieldValue<byte[]>(0), row.GetInt64(1)),
                cancellation,
                writer,
                commit
            )
        ).FirstOrDefault();
}
