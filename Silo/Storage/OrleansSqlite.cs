using Microsoft.Data.Sqlite;
using TownReform.Grains.Journal.Sqlite;
using TownReform.Grains.Journal.Storage;

namespace TownReform.Silo.Storage;

/// <summary>The SQLite file of Orleans' own stores (snapshots, reminders), beside the record and apart from it.</summary>
internal sealed class OrleansSqlite : IDisposable
{
    /// <summary>Resolving the folder takes its lock, so that no second process upgrades the schema underneath.</summary>
    public OrleansSqlite(LiveFolder folder)
    {
        SchemaUpgrade.Apply(folder.Orleans, typeof(OrleansSqlite).Assembly, "Orleans/");
        Source = new OrleansSqliteSource(new SqliteConnectionStringBuilder { DataSource = folder.Orleans, Mode = SqliteOpenMode.ReadWrite, DefaultTimeout = 5 }.ToString());
    }

    public OrleansSqliteSource Source { get; }

    public void Dispose() => Source.Dispose();
}
