using Microsoft.Data.Sqlite;

namespace TownReform.Grains.Journal.Audit;

/// <summary>The rows of a question to a file that may be damaged: where it can't be read any further, they end and say so.</summary>
internal sealed class ScanRows : IDisposable
{
    private readonly SqliteCommand command;
    private readonly string what;
    private SqliteDataReader? reader;

    /// <param name="what">Table that is read, for whoever is told.</param>
    public ScanRows(SqliteCommand command, string what)
    {
        (this.command, this.what) = (command, what);
        Try(() => (reader = command.ExecuteReader()) is not null);
    }

    /// <summary>The row at hand.</summary>
    public SqliteDataReader Row => reader!;

    /// <summary>Why there are no more rows than these; null when they were all read.</summary>
    public ChainFault? Fault { get; private set; }

    public bool Read() => Fault is null && Try(() => reader!.Read());

    public void Dispose()
    {
        reader?.Dispose();
        command.Dispose();
    }

    private bool Try(Func<bool> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is SqliteException or InvalidOperationException)
        {
            // A file that ends too soon ends the transaction as well, for all that is asked afterwards.
            Fault = new ChainFault(
                ChainFaultKind.Cut,
                null,
                null,
                null,
                new Words($"数据表 {what} 自此无法再读：{e.Message}", $"From here on table {what} can't be read: {e.Message}")
            );
            return false;
        }
    }
}
