using Npgsql;
using TownReform.Grains.Journal;
using TownReform.Grains.Journal.Audit;
using TownReform.Grains.Journal.Postgres;

namespace TownReform.Grains.Tests.Journal.Tampering;

/// <summary>A database that two silos have written by turns; it is put back from a copy beside the tables.</summary>
internal sealed class PostgresTampered(string connection) : ITamperedJournal
{
    private readonly PostgresTown[] silos = [new PostgresTown(connection, 1), new PostgresTown(connection, 2)];
    private NpgsqlConnection? writing;
    private int commits;

    public string OwnColumns => "writer, ";

    public bool KeepsPlaces => false;

    public bool KnowsItsEnd => true;

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
        ("actor_office", "coalesce(actor_for, 'nobody')"),
        ("actor_office", "'x' || actor_office"),
        ("actor_for", "coalesce(actor_for, '') || 'x'"),
        ("actor_for", "CASE WHEN actor_for IS NULL THEN '' ELSE NULL END"),
        ("command_id", "gen_random_uuid()"),
        ("payload", "replace(payload, '受理', '准予')"),
        ("payload", "payload || ' '"),
        ("payload", "'{}'"),
        ("received_at", "'2019-06-03T00:00:00.0000001Z'"),
        ("received_at", "NULL"),
        ("late", "'{}'"),
        ("late", "''"),
        ("digest", "decode(md5(stream), 'hex')"),
        ("digest", "NULL"),
        ("digest", "'\\x01'"),
        ("prev_hash", "decode(md5(stream) || md5(at), 'hex')"),
        ("prev_hash", "'\\x00'"),
        ("hash", "decode(md5(stream) || md5(at), 'hex')"),
        ("hash", "prev_hash"),
        ("hash", "''"),
        ("commit_no", "commit_no + 1"),
        ("commit_no", "commit_no - 1"),
        ("commit_no", "commit_no + 100000"),
        ("commit_no", "-3"),
        ("commit_no", "0"),
        ("writer", "writer + 1"),
        ("writer", "writer + 70"),
        ("writer", "3 - writer"),
    ];

    public async Task CommitAsync(IReadOnlyList<JournalAppend> together)
    {
        var silo = silos[commits++ / 3 % silos.Length];
        await Task.WhenAll(together.Select(append => silo.Journal.AppendAsync(append).AsTask()));
    }

    public async Task SealAsync()
    {
        foreach (var silo in silos)
        {
            await silo.DisposeAsync();
        }

        writing = new NpgsqlConnection(connection);
        await writing.OpenAsync(TestContext.Current.CancellationToken);
        await ExecuteAsync("CREATE TABLE kept_journal AS SELECT * FROM journal; CREATE TABLE kept_commits AS SELECT * FROM commits");
    }

    public Task ResetAsync() =>
        ExecuteAsync(
            "DELETE FROM journal; DELETE FROM commits; INSERT INTO journal SELECT * FROM kept_journal; INSERT INTO commits "
                + "SELECT * FROM kept_commits"
        );

    public async Task ExecuteAsync(string sql)
    {
#pragma warning disable CA2100 // Tests write these texts.
        await using var command = new NpgsqlCommand(sql, writing);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    public IJournalScan Scan => new PostgresScan(connection);

    public Task<ChainReport> VerifyAsync(ChainCheckpoint? expected = null) =>
        PostgresAudit.VerifyAsync(connection, expected, TestContext.Current.CancellationToken);

    public async Task<IReadOnlyList<TamperedRow>> RowsAsync()
    {
        var places = new Dictionary<(string, long), long>();
        await using (var command = new NpgsqlCommand("SELECT stream, version, seq FROM journal", writing))
        await using (var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken))
        {
            while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            {
                places.Add((reader.GetString(0), reader.GetInt64(1)), reader.GetInt64(2));
            }
        }

        return
        [
            .. (await ScanAsync())
                .OfType<ScannedRecord>()
                .Select(part => new TamperedRow(part.Record, part.Commit, part.Writer, places[(part.Record.Stream, part.Record.Version)])),
        ];
    }

    public async Task<IReadOnlyList<JournalCommit>> CommitsAsync() =>
        [.. (await ScanAsync()).OfType<ScannedCommit>().Select(part => part.Commit)];

    public string Literal(ReadOnlySpan<byte> bytes) => $@"'\x{Convert.ToHexString(bytes)}'::bytea";

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in silos)
        {
            await silo.DisposeAsync();
        }

        if (writing is not null)
        {
            await writing.DisposeAsync();
        }
    }

    private ValueTask<List<Scanned>> ScanAsync() =>
        new PostgresScan(connection).ScanAsync(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
}
