using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using TownReform.Grains.Journal;
using TownReform.Grains.Journal.Sqlite;

namespace TownReform.Grains.Tests.Journal;

/// <summary>A durable world in a folder of its own, which can be closed, opened again and tampered with.</summary>
internal sealed class LiveTown : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("town");
    private SqliteWorld? world;

    public LiveTown() => Open();

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
