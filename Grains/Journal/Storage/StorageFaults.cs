using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Npgsql;
using SQLitePCL;

namespace TownReform.Grains.Journal.Storage;

/// <summary>What a fault of storage means to whoever runs the town, and what to do about it.</summary>
public static class StorageFaults
{
    private const int TooManyFiles = 24,
        NoSpace = 28,
        ReadOnly = 30,
        OverQuota = 122,
        NoSpaceOfWindows = unchecked((int)0x80070070);

    /// <summary>Asked, and nothing came back.</summary>
    public static Words NoAnswer { get; } =
        new(
            "存储长时间没有应答（磁盘停顿、数据库被锁或连接中断）；请查看磁盘或数据库。",
            "it doesn't answer (a disk that hangs, a locked database, a broken connection); look at the disk or the database."
        );

    private static readonly Words Full = new("磁盘已满；请腾出空间。", "the disk is full; make room.");
    private static readonly Words CannotWrite = new("存储只读；请恢复其可写。", "it can only be read; make it writable again.");

    private static readonly Words Broken = new("与数据库的连接中断。", "the connection to the database broke.");

    /// <summary>What it means.</summary>
    public static Words Of(Exception fault) =>
        Known(fault) ?? (fault.InnerException is { } inner ? Of(inner) : new(fault.Message, fault.Message));

    /// <summary>Whether it is of a disk, a database or a line to one: such a fault is told in words, not by where in the code it was
    /// met.</summary>
    public static bool IsOne(Exception? fault) =>
        fault is not null
        && (
            fault is IOException or UnauthorizedAccessException or SqliteException or NpgsqlException or SocketException or TimeoutException
            || IsOne(fault.InnerException)
        );

    /// <summary>The first fault of a kind among what a fault was caused by, itself included.</summary>
    public static T? Find<T>(Exception? fault)
        where T : Exception =>
        fault switch
        {
            null => null,
            T found => found,
            AggregateException many => many.InnerExceptions.Select(Find<T>).FirstOrDefault(inner => inner is not null),
            _ => Find<T>(fault.InnerException),
        };

    private static Words? Known(Exception fault) =>
        fault switch
        {
            WriterClosedException => new(
                "本节点已被其他节点判定失效，不能再写入记录；请重新启动。",
                "the other silos declared this one dead, and it can record nothing any more; start it again."
            ),
            SqliteException e => OfSqlite(e),
            PostgresException e => OfServer(e),
            // A line that broke says where in the driver it did.
            NpgsqlException { InnerException: IOException { InnerException: null } } => Broken,
            NpgsqlException { InnerException: null or TimeoutException } e => Unreachable(e.Message),
            SocketException e => Unreachable(e.Message),
            UnauthorizedAccessException { InnerException: not IOException } e => new(
                $"没有写入权限：{e.Message}",
                $"it may not be written: {e.Message}"
            ),
            StoredFileException e => e.Words,
            PostgresUnusableException e => e.Words,
            IOException { InnerException: null } e => OfDisk(e.HResult, e.Message),
            _ => null,
        };

    private static Words OfDisk(int error, string message) =>
        error switch
        {
            NoSpace or NoSpaceOfWindows => Full,
            OverQuota => new("磁盘配额已用完；请腾出空间或提高配额。", "the disk quota is used up; make room or raise it."),
            DiskWrites.FileTooLarge => new(
                "文件达到大小上限（ulimit -f 或文件系统的限制）；请提高上限。",
                "a file has reached its largest size (ulimit -f, or the file system's); raise it."
            ),
            ReadOnly => CannotWrite,
            TooManyFiles => new("打开的文件过多；请提高 ulimit -n。", "too many files are open; raise ulimit -n."),
            _ => new($"读写出错：{message}", $"reading or writing failed: {message}"),
        };

    private static Words OfSqlite(SqliteException e) =>
        e.SqliteErrorCode switch
        {
            raw.SQLITE_FULL => Full,
            raw.SQLITE_READONLY => CannotWrite,
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED => new(
                "town.sqlite 被其他程序锁住；请结束该程序的事务。",
                "another program has town.sqlite locked; end its transaction."
            ),
            raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => new(
                $"数据库文件已损坏（{e.Message}）；请恢复备份（townreform restore），或以 townreform audit salvage 抢救。",
                $"it is damaged ({e.Message}); put a backup back (townreform restore), or save what is whole with townreform audit salvage."
            ),
            raw.SQLITE_CANTOPEN => new(
                $"文件打不开（可能已被移走，或打开的文件过多）：{e.Message}",
                $"a file can't be opened (taken away, or too many are open): {e.Message}"
            ),
            _ => new($"读写出错：{e.Message}", $"reading or writing failed: {e.Message}"),
        };

    private static Words OfServer(PostgresException e) =>
        e.SqlState switch
        {
            PostgresErrorCodes.ReadOnlySqlTransaction => new(
                "数据库只读（可能已切换到备库）；请连接主库，或恢复其可写。",
                "the database can only be read (perhaps a standby after a fail-over); let the town reach the primary, or make it writable."
            ),
            PostgresErrorCodes.DiskFull => new(
                "数据库服务器的磁盘已满；请腾出空间。",
                "the disk of the database server is full; make room."
            ),
            PostgresErrorCodes.TooManyConnections => new(
                "数据库连接数已满；请提高 max_connections。",
                "the database has no connection left; raise max_connections."
            ),
            PostgresErrorCodes.InsufficientPrivilege => new(
                $"数据库权限不足：{e.MessageText}",
                $"a right is missing in the database: {e.MessageText}"
            ),
            ['0', '8', ..] or ['5', '7', ..] => Unreachable(e.MessageText),
            _ => new($"数据库报错 {e.SqlState}：{e.MessageText}", $"the database says {e.SqlState}: {e.MessageText}"),
        };

    private static Words Unreachable(string why) => new($"连不上数据库：{why}", $"the database can't be reached: {why}");
}
