using TownReform.Grains.Journal.Audit;

namespace TownReform.Grains.Journal.Sqlite;

/// <summary>The file read whole, by a connection of its own that never waits for the writer.</summary>
public sealed partial class SqliteWorld : IJournalScan
{
    public IAsyncEnumerable<Scanned> ScanAsync(CancellationToken cancellation = default) =>
        new SqliteScan(path, world) { LooksAtPages = false }.ScanAsync(cancellation);
}
