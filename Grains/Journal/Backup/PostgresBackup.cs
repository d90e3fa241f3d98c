using System.Data;
using Npgsql;
using TownReform.Grains.Journal.Audit;
using TownReform.Grains.Journal.Postgres;
using TownReform.Grains.Journal.Storage;

namespace TownReform.Grains.Journal.Backup;

/// <summary>
/// Backs a town on PostgreSQL up and restores it: the rows of its tables in one snapshot, beside silos that run, as files in COPY's binary
/// form. Membership, snapshots and reminders are of the cluster and made anew.
/// </summary>
public static class PostgresBackup
{
    private static readonly string[] Tables = ["writers", "journal", "commits", "cases", "standing", "outbox", "redo", "dead_letters"];

    /// <param name="to">The backup's folder, which isn't there yet or is empty.</param>
    /// <param name="beside">What is copied beside the record.</param>
    /// <param name="progress">Is told the share that is copied, from 0 to 1.</param>
    /// <exception cref="BackupException">The record is damaged, or <paramref name="to"/> is taken.</exception>
    public static async Task<BackupManifest> MakeAsync(
        string connectionString,
        string to,
        BesideRecord beside,
        DateTimeOffset at,
        Action<double> progress,
        CancellationToken cancellation
    )
    {
        using var made = new NewFolder(to);
        await using var connection = await ScanConnection.OpenAsync(connectionString, cancellation);
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
        var report = await VerifiedAsync(connection, null, cancellation);
        var files = await CopyOutAsync(connection, made.Path, All(beside), progress, cancellation);
        var manifest = BackupManifest.Of(BackupManifest.Postgres, at, report, files);
        manifest.Write(made.Path);
        made.Keep();
        return manifest;
    }

    /// <param name="from">A backup of a database.</param>
    /// <param name="connectionString">The new town's database, which has no record yet; it is made when it isn't there and the user
    /// may.</param>
    /// <param name="beside">What may be in it beside the record.</param>
    /// <exception cref="BackupException">It is no such backup, was changed, or the database has a town.</exception>
    /// <exception cref="PostgresUnusableException">The server can't be reached or used.</exception>
    public static async Task<BackupManifest> RestoreAsync(
        string from,
        string connectionString,
        BesideRecord beside,
        Action<double> progress,
        CancellationToken cancellation
    )
    {
        var manifest = BackupManifest.Read(from, cancellation);
        var tables = All(beside);
        Check(manifest, tables);
        MakeTables(connectionString, beside);
        await using var connection = await ScanConnection.OpenAsync(connectionString, cancellation);
        await using var all = await connection.BeginTransactionAsync(cancellation);
        if (await ScalarAsync(connection, "SELECT EXISTS (SELECT 1 FROM journal) OR EXISTS (SELECT 1 FROM writers)", cancellation) is true)
        {
            throw new BackupException(
                new(
                    "该数据库中已有镇的记录，未恢复；请另选一个库。",
                    "That database has a town's record already; nothing was restored. Choose another."
                )
            );
        }

        var done = 0;
        foreach (var file in manifest.Files.OrderBy(file => Array.IndexOf(tables, Path.GetFileNameWithoutExtension(file.Name))))
        {
            await CopyAsync(from, file, connection, cancellation);
            progress((double)++done / manifest.Files.Length);
        }

        await GoOnAsync(connection, beside, cancellation);
        await VerifiedAsync(connection, manifest.Checkpoint, cancellation);
        await all.CommitAsync(cancellation);
        return manifest;
    }

    private static async Task<List<BackupFile>> CopyOutAsync(
        NpgsqlConnection connection,
        string folder,
        string[] tables,
        Action<double> progress,
        CancellationToken cancellation
    )
    {
        var files = new List<BackupFile>();
        foreach (var table in tables)
        {
            if (await ColumnsAsync(connection, table, cancellation) is not { } columns)
            {
                // A database that no silo of this version has started on yet.
                continue;
            }

            var path = Path.Combine(folder, $"{table}.copy");
            await using (var file = File.Create(path))
            await using (
                var rows = await connection.BeginRawBinaryCopyAsync($"COPY {table} ({columns}) TO STDOUT (FORMAT BINARY)", cancellation)
            )
            {
                await rows.CopyToAsync(file, cancellation);
            }

            files.Add(BackupFile.Of(path, columns));
            progress((double)files.Count / tables.Length);
        }

        return files;
    }

    private static void MakeTables(string connectionString, BesideRecord beside)
    {
        PostgresSchema.Apply(connectionString, typeof(PostgresWorld).Assembly, PostgresWorld.Scripts);
        foreach (var schema in beside.Schemas)
        {
            PostgresSchema.Apply(connectionString, schema.Assembly, schema.Scripts);
        }
    }

    private static string[] All(BesideRecord beside) => [.. Tables, .. beside.Schemas.SelectMany(schema => schema.Tables)];

    private static void Check(BackupManifest manifest, string[] tables)
    {
        if (manifest.Store != BackupManifest.Postgres)
        {
            throw new BackupException(
                new(
                    "该备份出自 SQLite 文件夹，只能恢复到文件夹：用 --data。",
                    "This backup is of a folder and can be restored to one only: use --data."
                )
            );
        }

        if (manifest.Files.FirstOrDefault(file => !tables.Contains(Path.GetFileNameWithoutExtension(file.Name))) is { } unknown)
        {
            throw new BackupException(
                new(
                    $"该备份由更新的版本做成：其中的 {unknown.Name} 本版本不认得，未恢复。",
                    $"A newer version made this backup: {unknown.Name} in it is unknown to this one, and nothing was restored."
                )
            );
        }
    }

    private static async Task CopyAsync(string from, BackupFile file, NpgsqlConnection connection, CancellationToken cancellation)
    {
        var copy = $"COPY {Path.GetFileNameWithoutExtension(file.Name)} ({Columns(file)}) FROM STDIN (FORMAT BINARY)";
        await using var rows = File.OpenRead(Path.Combine(from, Path.GetFileName(file.Name)));
        await using var target = await connection.BeginRawBinaryCopyAsync(copy, cancellation);
        await rows.CopyToAsync(target, cancellation);
    }

    // No silo of before writes any more, and numbers go on after those that are taken.
    private static async Task GoOnAsync(NpgsqlConnection connection, BesideRecord beside, CancellationToken cancellation)
    {
        await ScalarAsync(connection, "UPDATE writers SET closed = true", cancellation);
        await ScalarAsync(
            connection,
            "SELECT setval('journal_seq', greatest((SELECT coalesce(max(seq), 0) FROM journal), (SELECT coalesce(max(seq), 0) "
                + "FROM commits)) + 1)",
            cancellation
        );
        foreach (var table in beside.Schemas.Select(schema => schema.Numbered).OfType<string>().Concat(["writers", "dead_letters"]))
        {
            await ScalarAsync(
                connection,
                $"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT coalesce(max(id), 0) FROM {table}) + 1)",
                cancellation
            );
        }
    }

    private static async Task<ChainReport> VerifiedAsync(
        NpgsqlConnection connection,
        ChainCheckpoint? expected,
        CancellationToken cancellation
    )
    {
        var report = await new ChainVerifier(expected).RunAsync(PostgresJournalScan.EverythingAsync(connection, cancellation));
        return report.Fault is { } fault
            ? throw new BackupException(
                new(
                    $"记录校验不符，已放弃：{fault.Stream} {fault.Why.Zh}",
                    $"The record doesn't verify; given up: {fault.Stream} {fault.Why.En}"
                )
            )
            : report;
    }

    // Null where there is no such table.
    private static async Task<string?> ColumnsAsync(NpgsqlConnection connection, string table, CancellationToken cancellation) =>
        await ScalarAsync(
            connection,
            "SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute WHERE attrelid = "
                + $"to_regclass('{table}') AND attnum > 0 AND NOT attisdropped AND attgenerated = ''",
            cancellation
        ) as string;

    // Names of columns and nothing else, whatever somebody has written into the manifest.
    private static string Columns(BackupFile file) =>
        file.Columns is { } columns && columns.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or ',' or ' ' or '"')
            ? columns
            : throw new BackupException(new($"{file.Name} 的列名有误。", $"The columns of {file.Name} are none."));

    private static async Task<object?> ScalarAsync(NpgsqlConnection connection, string text, CancellationToken cancellation)
    {
#pragma warning disable CA2100 // Constants of this file.
        await using var command = new NpgsqlCommand(text, connection);
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync(cancellation);
    }
}
