using System.CommandLine;
using Microsoft.Data.Sqlite;
using Npgsql;
using TownReform.Client.Live;
using TownReform.Client.Terminal;
using TownReform.Grains.Audit;
using TownReform.Grains.Journal.Audit;
using TownReform.Grains.Journal.Postgres;
using TownReform.Grains.Journal.Sqlite;

namespace TownReform.Client.Commands;

/// <summary>Where <c>audit</c> reads when it doesn't ask the live town: a file or a database, by whoever has the right to read
/// it.</summary>
internal sealed class AuditSource
{
    private readonly Option<string?> file,
        connection;

    public AuditSource(Shell shell)
    {
        file = shell.Text(
            "--file",
            "PATH",
            new("直接校验 SQLite 文件（只读），不经运行节点", "read this SQLite file itself (read-only), not the live town")
        );
        connection = shell.Text(
            "--connection",
            "STRING",
            new(
                "直接校验 PostgreSQL 数据库（只读），不经运行节点，如 \"Host=db;Database=town;Username=auditor\"",
                "read this PostgreSQL database itself (read-only), not the live town, such as \"Host=db;Database=town;Username=auditor\""
            )
        );
    }

    public Option[] Options => [file, connection];

    /// <summary>The record as it is stored; null to ask the live town. Whatever is shown of a practice town's from here on says
    /// so.</summary>
    /// <exception cref="CommandFailedException">Both are named, or the file isn't there, or the connection string is none.</exception>
    public IStoredRecord? Of(Call call)
    {
        var stored = Named(call);
        if (stored?.Practice is { } practice)
        {
            call.Screen.Practice(RecordZone.Of(call.PlansBeside, "").In(practice));
        }

        return stored;
    }

    private IStoredRecord? Named(Call call) =>
        (call.Of(file), call.Of(connection)) switch
        {
            ({ }, { }) => throw CommandFailedException.BadInput(
                "--file 与 --connection 只能用一个。",
                "Use either --file or --connection."
            ),
            ({ } path, null) => File.Exists(path)
                ? new StoredFile(path)
                : throw CommandFailedException.BadInput($"没有文件 {path}。", $"There is no file {path}."),
            (null, { } text) => new StoredDatabase(Connection(text)),
            _ => null,
        };

    internal static string Connection(string text)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(text) { ApplicationName = "townreform audit" }.ToString();
        }
        catch (ArgumentException e)
        {
            throw CommandFailedException.BadInput(
                $"--connection 不是连接字符串：{e.Message}",
                $"--connection is no connection string: {e.Message}"
            );
        }
    }
}

/// <summary>A town's record, read where it is stored. What is no such record is told as bad input.</summary>
internal interface IStoredRecord
{
    /// <summary>How far a practice town's clock had come; null of a real town's record, or of one that is too damaged to tell.</summary>
    DateTimeOffset? Practice { get; }

    Task<AuditReport> VerifyAsync(ChainCheckpoint? expected, CancellationToken cancellation);

    Task<AuditRecord[]> ReadAsync(string stream, CancellationToken cancellation);

    Task<T> ScanAsync<T>(Func<IJournalScan, Task<T>> scan);
}

internal sealed class StoredFile(string path) : IStoredRecord
{
    /// <summary>SQLITE_CORRUPT.</summary>
    private const int Corrupt = 11;

    public DateTimeOffset? Practice
    {
        get
        {
            try
            {
                return SqliteAudit.ReadFounded(path, Address.Live) is { Practice: true } founded ? founded.LastReceived : null;
            }
            catch (Exception e) when (e is SqliteException or InvalidDataException)
            {
                // What is wrong with the file is told by whatever reads it next.
                return null;
            }
        }
    }

    public Task<AuditReport> VerifyAsync(ChainCheckpoint? expected, CancellationToken cancellation) =>
        ReadAsync(() =>
            Task.Run(
                () => AuditProjections.ToReport(SqliteAudit.Verify(path, expected, cancellation), SqliteAudit.CountEffects(path)),
                cancellation
            )
        );

    public Task<AuditRecord[]> ReadAsync(string stream, CancellationToken cancellation) =>
        ReadAsync(() =>
            Task.Run(
                () => SqliteAudit.Read(path, Address.Live, stream, cancellation).Select(AuditProjections.ToView).ToArray(),
                cancellation
            )
        );

    public Task<T> ScanAsync<T>(Func<IJournalScan, Task<T>> scan) => ReadAsync(() => scan(new SqliteScan(path)));

    private async Task<T> ReadAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (SqliteException e) when (e.SqliteErrorCode == Corrupt)
        {
            throw CommandFailedException.BadInput(
                $"{path} 已损坏，读不下去：{e.Message} 可用 townreform audit salvage --file {path} --out 新文件夹 救出完整的提交。",
                $"{path} is damaged and can't be read: {e.Message} Save what is whole with: townreform audit salvage --file "
                    + $"{path} --out NEWDIR."
            );
        }
        catch (InvalidDataException e)
        {
            throw CommandFailedException.BadInput(e.Message, e.Message);
        }
        catch (SqliteException e)
        {
            throw CommandFailedException.BadInput($"{path} 不是镇的记录文件：{e.Message}", $"{path} is not a town's record: {e.Message}");
        }
    }
}

internal sealed class StoredDatabase(string connection) : IStoredRecord
{
    /// <summary>A practice town is a folder, and its backup goes to no database.</summary>
    public DateTimeOffset? Practice => null;

    public Task<AuditReport> VerifyAsync(ChainCheckpoint? expected, CancellationToken cancellation) =>
        ReadAsync(async () =>
            AuditProjections.ToReport(
                await PostgresAudit.VerifyAsync(connection, expected, cancellation),
                await PostgresAudit.CountEffectsAsync(connection, cancellation)
            )
        );

    public Task<AuditRecord[]> ReadAsync(string stream, CancellationToken cancellation) =>
        ReadAsync(async () =>
            (await PostgresAudit.ReadAsync(connection, Address.Live, stream, cancellation)).Select(AuditProjections.ToView).ToArray()
        );

    public Task<T> ScanAsync<T>(Func<IJournalScan, Task<T>> scan) => ReadAsync(() => scan(new PostgresScan(connection)));

    private static async Task<T> ReadAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn)
        {
            throw CommandFailedException.BadInput(
                $"该数据库不是镇的记录：{e.MessageText}",
                $"That database is not a town's record: {e.MessageText}"
            );
        }
        catch (NpgsqlException e)
        {
            throw new CommandFailedException(
                ExitCode.Unreachable,
                new($"读不了该数据库：{e.Message} 请核对 --connection。", $"That database can't be read: {e.Message} Check --connection.")
            );
        }
    }
}
