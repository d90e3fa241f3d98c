using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using TownReform.Grains.Journal;
using TownReform.Grains.Journal.Sqlite;
using TownReform.Grains.Journal.Sqlite.Redo;

namespace TownReform.Grains.Tests.Journal;

/// <summary>A durable world in a folder of its own, which can be closed, opened again and tampered with.</summary>
internal sealed class SqliteTown : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("town");
    private SqliteWorld? world;

    public SqliteTown() => Open();

    public Courier Courier { get; } = new();

    public HurriedTime Time { get; } = new();

    public string File => Path.Combine(folder.FullName, "town.sqlite");

    public SqliteWorld World => world!;

    public IJournal Journal => World;

    public WorldStorage Storage => World.Storage;

    public async Task ReopenAsync()
    {
        await World.DisposeAsync();
        Open();
    }

    /// <summary>The segments of its redo log.</summary>
    public string[] Redo => RedoLog.Segments(File);

    /// <summary>Returns once the tables have what was committed so far.</summary>
    public async Task SettleAsync() => await Storage.Outbox.CountAsync();

    /// <summary>Keeps everybody from writing the tables until disposed, so that what is committed stands in the redo log alone.</summary>
    public async Task<IAsyncDisposable> HoldTablesAsync()
    {
        var connection = JournalFile.Open(File, SqliteOpenMode.ReadWrite);
        await using var begin = connection.CreateCommand();
        begin.CommandText = "BEGIN IMMEDIATE";
        await begin.ExecuteNonQueryAsync();
        return connection;
    }

    /// <summary>The files as a power cut at this moment would leave them.</summary>
    /// <returns>The copy's main file, in a folder of its own below this one.</returns>
    public string CutPower()
    {
        var copy = folder.CreateSubdirectory($"cut-{folder.GetDirectories().Length}");
        foreach (var file in folder.GetFiles().Where(file => !file.Name.EndsWith("-shm", StringComparison.Ordinal)))
        {
            using var from = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var to = System.IO.File.Create(Path.Combine(copy.FullName, file.Name));
            from.CopyTo(to);
        }

        return Path.Combine(copy.FullName, Path.GetFileName(File));
    }

    /// <summary>Closes the world and changes its file behind its back.</summary>
    public async Task TamperAsync(string sql)
    {
        await World.DisposeAsync();
        Execute(sql);
    }

    public void Execute(string sql)
    {
        using var connection = JournalFile.Open(File, SqliteOpenMode.ReadWrite);
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Tests write these texts.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    public async ValueTask DisposeAsync()
    {
        await World.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private void Open() => world = new SqliteWorld(Address.Live, File, Courier, Time, NullLogger.Instance);
}
