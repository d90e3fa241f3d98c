using Microsoft.Data.Sqlite;
using TownReform.Grains.Journal;
using TownReform.Grains.Journal.Audit;
using TownReform.Grains.Journal.Redo;
using TownReform.Grains.Journal.Sqlite;
using TownReform.Grains.Journal.Writing;

namespace TownReform.Grains.Tests.Journal.Tampering;

/// <summary>The file of a durable world; each reset is a fresh copy of it.</summary>
internal sealed class SqliteTampered : ITamperedJournal
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tampered");
    private TownTables? writer;
    private LogPosition place;

    private SqliteTampered() { }

    private string Sealed => Path.Combine(folder.FullName, "sealed.sqlite");

    private string Copy => Path.Combine(folder.FullName, "copy.sqlite");

    public IReadOnlyList<(string Column, string Expression)> Edits { get; } =
    [
        ("world", "'other'"),
        ("world", "world || ' '"),
        ("stream", "stream || '0'"),
        ("stream", "'case/none'"),
        ("version", "version + 1000"),
        ("at", "'2019-06-03T00:00:00.0000001Z'"),
        ("at", "at || ' '"),
        ("at", "replace(at, 'T', ' ')"),
        ("at", "''"),
        ("kind", "kind || 's'"),
        ("kind", "''"),
        ("actor_id", "'S666'"),
        ("actor_id", "actor_id || char(0)"),
        ("actor_office", "coalesce(actor_for, 'nobody')"),
        ("actor_office", "'x' || actor_office"),
        ("actor_for", "coalesce(actor_for, '') || 'x'"),
        ("actor_for", "CASE WHEN actor_for IS NULL THEN '' ELSE NULL END"),
        ("command_id", "CASE WHEN upper(command_id) = command_id THEN '(' || command_id || ')' ELSE upper(command_id) END"),
        ("command_id", "replace(command_id, '0', 'f')"),
        ("command_id", "'{' || command_id || '}'"),
        ("command_id", "'none'"),
        ("payload", "replace(payload, '受理', '准予')"),
        ("payload", "payload || ' '"),
        ("payload", "'{}'"),
        ("payload", "x'FFFE'"),
        ("received_at", "'2019-06-03T00:00:00.0000001Z'"),
        ("received_at", "NULL"),
        ("received_at", "received_at || ' '"),
        ("late", "'{}'"),
        ("late", "''"),
        ("digest", "randomblob(16)"),
        ("digest", "NULL"),
        ("digest", "x'01'"),
        ("prev_hash", "randomblob(32)"),
        ("hash", "randomblob(32)"),
        ("hash", "prev_hash"),
        ("commit_no", "commit_no + 1"),
        ("commit_no", "commit_no - 1"),
        ("commit_no", "commit_no + 100000"),
        ("commit_no", "-3"),
        ("commit_no", "0"),
    ];

    public string OwnColumns => "";

    public bool KeepsPlaces => true;

    public bool KnowsItsEnd => false;

    public static SqliteTampered Create()
    {
        var created = new SqliteTampered();
        SchemaUpgrade.Apply(created.Sealed, typeof(SqliteWorld).Assembly, SqliteWorld.Scripts);
        created.writer = new TownTables(created.Sealed);
        created.place = created.writer.Position();
        return created;
    }

    /// <summary>A journal that real grains have written, closed meanwhile.</summary>
    public static async Task<SqliteTampered> OfAsync(string file)
    {
        var taken = new SqliteTampered();
        File.Copy(file, taken.Sealed);
        await taken.ResetAsync();
        return taken;
    }

    public Task CommitAsync(IReadOnlyList<JournalAppend> together)
    {
        var appends = together.Select(append => new PendingAppend(Address.Live, append)).ToList();
        appends.ForEach(append => append.Image = AppendImage.Of(append));
        using var buffer = new CommitBuffer(place, appends);
        writer!.Apply([buffer.Commit], new HashSet<long>());
        place = buffer.Commit.Frame.After;
        return Task.CompletedTask;
    }

    public Task SealAsync()
    {
        writer!.Dispose();
        writer = null;
        return ResetAsync();
    }

    public Task ResetAsync()
    {
        File.Copy(Sealed, Copy, overwrite: true);
        return Task.CompletedTask;
    }

    public Task ExecuteAsync(string sql)
    {
        using var connection = JournalFile.Open(Copy, SqliteOpenMode.ReadWrite);

        // What is copied again at once need not be synced; and who writes into a file is not held by its checks.
        Execute(connection, "PRAGMA journal_mode = MEMORY");
        Execute(connection, "PRAGMA synchronous = OFF");
        Execute(connection, "PRAGMA ignore_check_constraints = ON");
        foreach (var statement in sql.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            Execute(connection, statement);
        }

        return Task.CompletedTask;
    }

    public Task<ChainReport> VerifyAsync(ChainCheckpoint? expected = null) =>
        Task.FromResult(SqliteAudit.Verify(Copy, expected, TestContext.Current.CancellationToken));

    public async Task<IReadOnlyList<TamperedRow>> RowsAsync() =>
        [
            .. (await ScanAsync())
                .OfType<ScannedRecord>()
                .Select(part => new TamperedRow(part.Record, part.Commit, part.Writer, part.Place!.Value)),
        ];

    public async Task<IReadOnlyList<JournalCommit>> CommitsAsync() =>
        [.. (await ScanAsync()).OfType<ScannedCommit>().Select(part => part.Commit)];

    public string Literal(ReadOnlySpan<byte> bytes) => $"x'{Convert.ToHexString(bytes)}'";

    public ValueTask DisposeAsync()
    {
        writer?.Dispose();
        folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Tests write these texts.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    public IJournalScan Scan => new SqliteScan(Copy) { LooksAtPages = false };

    private ValueTask<List<Scanned>> ScanAsync() =>
        Scan.ScanAsync(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
}
