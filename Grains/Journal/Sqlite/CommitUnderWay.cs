using System.Buffers;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using TownReform.Grains.Journal.Writing;

namespace TownReform.Grains.Journal.Sqlite;

/// <summary>The writer's connection and the commit it is making. Its counters move on only with a commit that has succeeded.</summary>
internal sealed class CommitUnderWay : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly Statement begin;
    private readonly Statement commit;
    private readonly Statement rollback;
    private readonly Statement insertRecord;
    private readonly Statement hasBefore;
    private readonly Statement hasOpenedAnother;
    private readonly Statement insertCommit;
    private readonly Statement insertEffect;
    private readonly Statement deleteEffect;
    private readonly CaseStatements cases;
    private readonly KnownHeads heads = new();
    private readonly ArrayBufferWriter<byte> hashed = new();
    private Place committed;
    private Place now;
    private bool open;

    public CommitUnderWay(string path)
    {
        connection = JournalFile.OpenWriter(path);
        begin = new Statement(connection, "BEGIN IMMEDIATE");
        commit = new Statement(connection, "COMMIT");
        rollback = new Statement(connection, "ROLLBACK");
        insertRecord = new Statement(connection, InsertRecord);
        hasBefore = new Statement(connection, "SELECT 1 FROM journal WHERE world = ?1 AND stream = ?2 AND version = ?3 AND hash = ?4");
        hasOpenedAnother = new Statement(connection, "SELECT 1 FROM cases WHERE world = ?1 AND opened_by = ?2 AND number <> ?3");
        insertCommit = new Statement(connection, "INSERT INTO commits (no, records, prev_root, root) VALUES (?1, ?2, ?3, ?4)");
        insertEffect = new Statement(connection, "INSERT INTO outbox (id, world, stream, version, ordinal, target_type, target_key, at, effect) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)");
        deleteEffect = new Statement(connection, "DELETE FROM outbox WHERE id = ?1");
        cases = new CaseStatements(connection);
        committed = Place.Read(connection);
    }

    public void Begin()
    {
        now = committed;
        begin.Run();
        open = true;
        hashed.ResetWrittenCount();
        hashed.Write(now.Root);
    }

    /// <summary>Runs a write's statements. May run again, when the commit had to be taken apart.</summary>
    public void Apply(PendingWrite write)
    {
        if (write is PendingAppend append)
        {
            append.Refused = Write(append) ? null : append.Conflict;
        }
        else if (write is PendingReceipt receipt)
        {
            foreach (var effect in receipt.Arrived)
            {
                deleteEffect.Number(1, effect).Run();
            }
        }
    }

    /// <returns>False when the record's place is taken or its command opened another case; then nothing of it is written.</returns>
    private bool Write(PendingAppend append)
    {
        // The place of the first decides: whoever holds that place holds the ones after it, too.
        var first = append.Records[0];
        var before = heads.Of(first.Stream);
        if (!MayFollow(first, before, append.Case))
        {
            return false;
        }

        foreach (var record in append.Records)
        {
            if (!Insert(record))
            {
                return record.Version == first.Version
                    ? false
                    : throw new InvalidDataException($"Record {record.Version} of {record.Stream} is there without the one before it.");
            }

            now = now with { Seq = now.Seq + 1, Records = now.Records + 1 };
            hashed.Write(record.Hash.Span);
        }

        var world = first.World;
        if (append.Case is { } row)
        {
            if (first.Version == 1)
            {
                cases.Open(world, row, append.Work);
            }
            else
            {
                cases.Put(world, row, append.Work, before);
            }
        }

        heads.Put(append, before);
        foreach (var effect in append.Effects)
        {
            now = now with { Effect = now.Effect + 1 };
            effect.Id = now.Effect;
            Insert(effect, world);
        }

        return true;
    }

    public void Commit()
    {
        if (now.Records > 0)
        {
            var root = SHA256.HashData(hashed.WrittenSpan);
            insertCommit.Number(1, now.Commit + 1).Number(2, now.Records).Blob(3, now.Root).Blob(4, root).Run();
            now = now with { Commit = now.Commit + 1, Root = root, Records = 0 };
        }

        commit.Run();
        open = false;
        committed = now;
    }

    /// <summary>Undoes what is under way, if anything is.</summary>
    public void Undo()
    {
        now = committed;
        heads.Forget();
        if (!open)
        {
            return;
        }

        open = false;
        try
        {
            rollback.Run();
        }
        catch (SqliteException)
        {
            // After a full disk or an I/O error SQLite has rolled back by itself, and there is nothing left to undo.
        }
    }

    public void Dispose()
    {
        foreach (IDisposable statement in new IDisposable[] { begin, commit, rollback, insertRecord, hasBefore, hasOpenedAnother, insertCommit, insertEffect, deleteEffect, cases })
        {
            statement.Dispose();
        }

        connection.Dispose();
    }

    private const string InsertRecord = """
        INSERT INTO journal (seq, commit_no, world, stream, version, at, kind, actor_id, actor_office, actor_for, command_id, payload, prev_hash, hash)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
        ON CONFLICT (world, stream, version) DO NOTHING
        """;

    // Besides the fence, the record before must be there with the very hash that this one follows, and the command must not have opened
    // another case. A snapshot newer than a restored journal, or a second activation, stops here. What is known to follow the end of its stream
    // needs no look. Questions of their own: asked within the insert, SQLite would build a table for the answer each time.
    private bool MayFollow(JournalRecord first, KnownHead? before, CaseRow? row) => first.Version == 1
        ? row is null || !hasOpenedAnother.Text(1, first.World).Id(2, row.OpenedBy).Text(3, row.Number).Finds()
        : before?.IsBefore(first) == true || hasBefore.Text(1, first.World).Text(2, first.Stream).Number(3, first.Version - 1).Blob(4, first.PreviousHash.Span).Finds();

    /// <returns>False when the record's place is taken.</returns>
    private bool Insert(JournalRecord record) =>
        insertRecord
            .Number(1, now.Seq + 1)
            .Number(2, now.Commit + 1)
            .Text(3, record.World)
            .Text(4, record.Stream)
            .Number(5, record.Version)
            .Instant(6, record.At)
            .Text(7, record.Kind)
            .Text(8, record.ActorId)
            .Text(9, record.ActorOffice)
            .Text(10, record.ActorFor)
            .Id(11, record.CommandId)
            .Utf8(12, record.Payload.Span)
            .Blob(13, record.PreviousHash.Span)
            .Blob(14, record.Hash.Span)
            .Run() == 1;

    private void Insert(StoredEffect effect, string world)
    {
        var delivery = effect.Delivery;
        insertEffect
            .Number(1, now.Effect)
            .Text(2, world)
            .Text(3, delivery.Id.Stream)
            .Number(4, delivery.Id.Version)
            .Number(5, delivery.Id.Ordinal)
            .Text(6, delivery.TargetType)
            .Text(7, delivery.TargetKey)
            .Instant(8, delivery.At)
            .Utf8(9, effect.Json)
            .Run();
    }

    /// <summary>Where the file stands: last record, last effect, last commit and its root; and records in the commit under way.</summary>
    private readonly record struct Place(long Seq, long Effect, long Commit, byte[] Root, int Records)
    {
        public static Place Read(SqliteConnection connection)
        {
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT (SELECT coalesce(max(seq), 0) FROM journal), (SELECT coalesce(max(id), 0) FROM outbox), (SELECT coalesce(max(no), 0) FROM commits), (SELECT root FROM commits ORDER BY no DESC LIMIT 1)";
            using var reader = command.ExecuteReader();
            reader.Read();
            return new Place(
                reader.GetInt64(0),
                reader.GetInt64(1),
                reader.GetInt64(2),
                reader.IsDBNull(3) ? new byte[HashChain.Length] : reader.GetFieldValue<byte[]>(3),
                0);
        }
    }
}
