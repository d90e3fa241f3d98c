using Microsoft.Data.Sqlite;
using SQLitePCL;
using TownReform.Grains.Journal.Redo;

namespace TownReform.Grains.Journal.Sqlite;

/// <summary>The tables of a world's file, and their one writer: takes many commits in one transaction.</summary>
internal sealed partial class TownTables : IProjectedTables, IProjectedRows
{
    private readonly SqliteConnection connection;
    private readonly Statement begin;
    private readonly Statement commit;
    private readonly Statement rollback;
    private readonly Statement insertRecord;
    private readonly Statement insertCommit;
    private readonly Statement insertEffect;
    private readonly Statement deleteEffect;
    private readonly CaseStatements cases;
    private readonly Projection projection = new();

    public TownTables(string path)
    {
        connection = JournalFile.OpenWriter(path);
        begin = new Statement(connection, "BEGIN IMMEDIATE");
        commit = new Statement(connection, "COMMIT");
        rollback = new Statement(connection, "ROLLBACK");
        insertRecord = new Statement(connection, InsertRecord);
        insertCommit = new Statement(connection, "INSERT INTO commits (no, records, prev_root, root) VALUES (?1, ?2, ?3, ?4)");
        insertEffect = new Statement(
            connection,
            "INSERT INTO outbox (id, world, stream, version, ordinal, target_type, target_key, at, effect) VALUES (?1, ?2, ?3, "
                + "?4, ?5, ?6, ?7, ?8, ?9)"
        );
        deleteEffect = new Statement(connection, "DELETE FROM outbox WHERE id = ?1");
        cases = new CaseStatements(connection);
    }

    /// <summary>Commits of a log that <see cref="Bring"/> takes in one transaction.</summary>
    private const int Together = 64;

    private static readonly IReadOnlySet<long> None = new HashSet<long>();

    /// <summary>Brings in what a redo log has beyond the tables; of its effects none is known to have arrived.</summary>
    public void Bring(IEnumerable<RedoCommit> commits)
    {
        foreach (var batch in commits.Chunk(Together))
        {
            Apply(batch, None);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="SqliteException">Nothing of it was written.</exception>
    public void Apply(IReadOnlyCollection<RedoCommit> commits, IReadOnlySet<long> arrived)
    {
        begin.Run();
        try
        {
            projection.Run(commits, arrived, this);
            commit.Run();
        }
        catch
        {
            Undo();
            throw;
        }
    }

    /// <inheritdoc/>
    public bool IsPassing(Exception fault) =>
        fault
            is SqliteException
            {
                SqliteErrorCode: raw.SQLITE_BUSY
                    or raw.SQLITE_LOCKED
                    or raw.SQLITE_NOMEM
                    or raw.SQLITE_READONLY
                    or raw.SQLITE_INTERRUPT
                    or raw.SQLITE_IOERR
                    or raw.SQLITE_FULL
                    or raw.SQLITE_CANTOPEN,
            };

    public void Dispose()
    {
        foreach (
            IDisposable statement in new IDisposable[]
            {
                begin,
                commit,
                rollback,
                insertRecord,
                insertCommit,
                insertEffect,
                deleteEffect,
                cases,
            }
        )
        {
            statement.Dispose();
        }

        connection.Dispose();
    }

    private const string InsertRecord = """
        INSERT INTO journal (seq, commit_no, world, stream, version, at, kind, actor_id, actor_office, actor_for, command_id, payload,
            prev_hash, hash, received_at, late, digest)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)
        """;

    void IProjectedRows.Record(in RecordImage record, StoredText world, StoredText stream, long seq, long commit)
    {
        insertRecord
            .Number(1, seq)
            .Number(2, commit)
            .Text(3, world)
            .Text(4, stream)
            .Number(5, record.Version)
            .Instant(6, record.At)
            .Text(7, record.Kind)
            .Text(8, record.ActorId)
            .Text(9, record.ActorOffice)
            .Text(10, record.ActorFor)
            .Id(11, record.CommandId)
            .Text(12, record.Payload)
            .Blob(13, record.PreviousHash)
            .Blob(14, record.Hash)
            .Text(16, record.Late);
        Span<byte> digest = stackalloc byte[CommandDigest.Length];
        record.Digest?.Write(digest);
        _ = record.ReceivedAt is { } received ? insertRecord.Instant(15, received) : insertRecord.Null(15);
        _ = record.Digest is null ? insertRecord.Null(17) : insertRecord.Blob(17, digest);
        insertRecord.Run();
    }

    void IProjectedRows.Commit(RedoFrame frame) =>
        insertCommit.Number(1, frame.No).Number(2, frame.Records).Blob(3, frame.Before.Root).Blob(4, frame.Root).Run();

    void IProjectedRows.Arrived(long id) => deleteEffect.Number(1, id).Run();

    void IProjectedRows.Case(string world, string number, in CaseImage row, long version, bool isNew) =>
        cases.Put(world, number, row, isNew);

    void IProjectedRows.Effect(in EffectImage effect, StoredText world, long id) =>
        insertEffect
            .Number(1, id)
            .Text(2, world)
            .Text(3, effect.Stream)
            .Number(4, effect.Version)
            .Number(5, effect.Ordinal)
            .Text(6, effect.TargetType)
            .Text(7, effect.TargetKey)
            .Instant(8, effect.At)
            .Text(9, effect.Json)
            .Run();

    private void Undo()
    {
        cases.Forget();
        rollback.RunOrNothing();
    }
}
