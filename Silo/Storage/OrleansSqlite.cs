using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using SQLitePCL;
using TownReform.Grains.Journal.Sqlite;
using TownReform.Grains.Journal.Storage;

namespace TownReform.Silo.Storage;

/// <summary>
/// The SQLite file of Orleans' own stores (snapshots, reminders), beside the record and apart from it. It is a cache: one that is damaged,
/// or isn't as it was
/// made, is put aside and made anew, at the start and at any time later; snapshots are written again as they fall due, reminders as
/// workplaces look for them.
/// </summary>
internal sealed class OrleansSqlite : IDisposable
{
    private const string Scripts = "Orleans/";

    private static readonly string[] Ends = ["", "-wal", "-shm"];

    private readonly string path;
    private readonly TimeProvider time;
    private readonly ILogger logger;

    /// <summary>Resolving the folder takes its lock, so that no second process upgrades the schema underneath.</summary>
    /// <exception cref="StoredFileException">The file can't be read or written.</exception>
    public OrleansSqlite(LiveFolder folder, TimeProvider time, ILogger<OrleansSqlite> logger)
    {
        (path, this.time, this.logger) = (folder.Orleans, time, logger);
        try
        {
            Open();
        }
        catch (Exception e) when (IsDamage(e))
        {
            Renew(e);
        }

        Source = new OrleansSqliteSource(
            new SqliteConnectionStringBuilder
            {
                DataSource = path,
                Mode = SqliteOpenMode.ReadWrite,
                DefaultTimeout = 5,
            }.ToString(),
            IsDamage,
            Renew
        );
    }

    public OrleansSqliteSource Source { get; }

    public void Dispose() => Source.Dispose();

    private void Open()
    {
        SchemaUpgrade.Apply(path, typeof(OrleansSqlite).Assembly, Scripts);
        using var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder
            {
                DataSource = path,
                Mode = SqliteOpenMode.ReadWrite,
                Pooling = false,
            }.ToString()
        );
        connection.Open();
        using var check = new SqliteCommand("PRAGMA quick_check(1)", connection);
        if (check.ExecuteScalar() is not "ok")
        {
            throw new InvalidDataException("PRAGMA quick_check");
        }

        if (
            SqliteSchema.Difference(text => SqliteSchema.Ask(connection, text), typeof(OrleansSqlite).Assembly, Scripts, "OrleansQuery") is
            { } differs
        )
        {
            throw new InvalidDataException(differs);
        }
    }

    // Called while nobody else has the file open.
    private void Renew(Exception damage)
    {
        var aside = $"{path}.damaged-{time.GetUtcNow().UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}";
        foreach (var end in Ends)
        {
            if (File.Exists(path + end))
            {
                File.Move(path + end, aside + end, overwrite: true);
            }
        }

        try
        {
            Open();
        }
        catch
        {
            // Half a file is no file, and the next attempt begins where this one did.
            Array.ForEach(Ends, end => File.Delete(path + end));
            throw;
        }

        logger.LogWarning(
            "快照与提醒文件 {File} 已损坏或被改动（{Why}），已移至 {Aside} 并新建；记录不受影响。 / The file of snapshots and reminders was damaged or changed "
                + "({Why}); it was put aside as {Aside} and made anew. The record is not touched by it.",
            path,
            damage.GetBaseException().Message,
            aside,
            damage.GetBaseException().Message,
            aside
        );
    }

    // Of the file itself; a full disk, too many open files or a missing right are none of it.
    private bool IsDamage(Exception e) =>
        e is InvalidDataException
        || (
            e.GetBaseException() is SqliteException said
            && (
                said.SqliteErrorCode is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB or raw.SQLITE_FORMAT or raw.SQLITE_ERROR
                || said.SqliteExtendedErrorCode is raw.SQLITE_IOERR_READ or raw.SQLITE_IOERR_SHORT_READ or CorruptFileSystem
                || (said.SqliteErrorCode == raw.SQLITE_CANTOPEN && !File.Exists(path))
            )
        );

    private const int CorruptFileSystem = raw.SQLITE_IOERR | (33 << 8);
}
