using Microsoft.Data.Sqlite;
using SQLitePCL;
using TownReform.Grains.Journal.Redo;

namespace TownReform.Grains.Journal.Sqlite;

/// <summary>The tables of a world's file, and their one writer: takes many commits in one transaction. Of what changes again within it,
/// only the last is written.</summary>
internal sealed class TownTables : IFollowingTables
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
    private readonly Dictionary<string, (string World, ReadOnlyMemory<byte> Row, bool IsNew)> changed = new(StringComparer.Ordinal);

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
        foreach (var lot in commits.Chunk(Together))
        {
            Apply(lot, None);
        }
    }

    /// <summary>Where the tables stand.</summary>
    public JournalPlace Place()
    {
        using var command = connection.CreateCommand();
        command.CommandText = Stands;
        using var reader = command.ExecuteReader();
        return ReadPlace(reader);
    }

    /// <summary>The question where tables stand.</summary>
    public const string Stands =
        $"{OfTables}, max((SELECT coalesce(max(no), 0) FROM commits), (SELECT coalesce(max(last), 0) FROM lost_commits)), {LastRoot}";

    /// <summary>The same of a file of before, which has never been salvaged.</summary>
    public const string StandsOfBefore = $"{OfTables}, (SELECT coalesce(max(no), 0) FROM commits), {LastRoot}";

    private const string OfTables = "SELECT (SELECT coalesce(max(seq), 0) FROM journal), (SELECT coalesce(max(id), 0) FROM outbox)",
        LastRoot = "(SELECT root FROM commits ORDER BY no DESC LIMIT 1)";

    /// <summary>Reads the answer to <see cref="Stands"/>.</summary>
    public static JournalPlace ReadPlace(SqliteDataReader reader)
    {
        reader.Read();
        return new JournalPlace(
            reader.GetInt64(0),
            reader.GetInt64(1),
            reader.GetInt64(2),
            reader.GetValue(3) as byte[] ?? new byte[HashChain.Length]
        );
    }

    /// <summary>After which commit the redo log beside the file was begun; null when it was closed in order, or a version of before wrote
    /// the file.</summary>
    public long? LogBegan() => Ask($"SELECT began FROM redo_log WHERE id = 1") as long?;

    /// <summary>The root of a commit; null when the tables don't have it.</summary>
    public byte[]? RootOf(long commit) => Ask($"SELECT root FROM commits WHERE no = {commit}") as byte[];

    /// <summary>From now on a redo log belongs to the file. By a connection of its own, since somebody else may be writing.</summary>
    /// <param name="commit">The last commit that the tables have.</param>
    /// <exception cref="SqliteException">It could not be noted.</exception>
    public static void BeginLog(string path, long commit)
    {
        using var writer = JournalFile.OpenWriter(path);
        using var note = Command(
            writer,
            $"INSERT INTO redo_log (id, began) VALUES (1, {commit}) ON CONFLICT (id) DO UPDATE SET began = excluded.began"
        );
        note.ExecuteNonQuery();
    }

    /// <summary>The tables have everything: the file needs no redo log any more.</summary>
    public void EndLog() => Do($"DELETE FROM redo_log");

    /// <inheritdoc/>
    /// <exception cref="SqliteException">Nothing of it was written.</exception>
    public void Apply(IReadOnlyCollection<RedoCommit> commits, IReadOnlySet<long> arrived)
    {
        begin.Run();
        try
        {
            // Effects above this leave with these commits; those of them that have arrived are never put in.
            var before = long.MaxValue;
            foreach (var next in commits)
            {
                before = Math.Min(before, next.Frame.Place.Effect);
                Put(next, arrived);
            }

            foreach (var (number, (world, image, isNew)) in changed)
            {
                var reader = new ImageReader(image.Span);
                cases.Put(world, number, new CaseImage(ref reader), isNew);
            }

            foreach (var effect in arrived.Where(effect => effect <= before))
            {
                deleteEffect.Number(1, effect).Run();
            }

            commit.Run();
        }
        catch
        {
            Undo();
            throw;
        }
        finally
        {
            changed.Clear();
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

    private object? Ask(FormattableString text)
    {
        using var command = Command(connection, text);
        return command.ExecuteScalar();
    }

    private void Do(FormattableString text)
    {
        using var command = Command(connection, text);
        command.ExecuteNonQuery();
    }

    // Numbers are all that is put in.
    private static SqliteCommand Command(SqliteConnection connection, FormattableString text)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100
        command.CommandText = FormattableString.Invariant(text);
#pragma warning restore CA2100
        return command;
    }

    private const string InsertRecord = """
        INSERT INTO journal (seq, commit_no, world, stream, version, at, kind, actor_id, actor_office, actor_for, command_id, payload,
            prev_hash, hash, received_at, late, digest)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)
        """;

    private void Put(RedoCommit next, IReadOnlySet<long> arrived)
    {
        var (seq, id) = (next.Frame.Place.Seq, next.Frame.Place.Effect);
        var reader = new ImageReader(next.Images.Span);
        for (var left = next.Frame.Appends; left > 0; left--)
        {
            var append = new AppendImage(ref reader);
            var isNew = false;
            for (var n = 0; n < append.Records; n++)
            {
                var record = new RecordImage(ref reader);
                isNew |= record.Version == 1;
                Insert(record, append.World, append.Stream, ++seq, next.No);
            }

            for (var n = AppendImage.ReadEffects(ref reader); n > 0; n--)
            {
                var effect = new EffectImage(ref reader);
                if (!arrived.Contains(++id))
                {
                    Insert(effect, append.World, id);
                }
            }

            if (AppendImage.ReadHasCase(ref reader))
            {
                var image = next.Images[reader.At..];
                var number = new CaseImage(ref reader).Number.ToString();
                changed[number] = (append.World.ToString(), image, isNew || (changed.TryGetValue(number, out var before) && before.IsNew));
            }
        }

        insertCommit.Number(1, next.No).Number(2, next.Frame.Records).Blob(3, next.Frame.Place.Root).Blob(4, next.Frame.Root).Run();
    }

    private void Insert(RecordImage record, StoredText world, StoredText stream, long seq, long no)
    {
        insertRecord
            .Number(1, seq)
            .Number(2, no)
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

    private void Insert(EffectImage effect, StoredText world, long id) =>
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
