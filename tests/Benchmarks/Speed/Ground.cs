namespace TownReform.Benchmarks.Speed;

internal enum GroundKind
{
    Postgres = 1,
    Sqlite = 2,
}

/// <summary>A fresh database or folder for one run; gone when disposed.</summary>
internal abstract class Ground(int cases) : IAsyncDisposable
{
    /// <summary>Cases that will run at once.</summary>
    public int Cases => cases;

    /// <summary>Connection string of the database, or the folder for SQLite files.</summary>
    public abstract string Place { get; }

    /// <summary>Processor time that the database server has used since it started; zero where the database runs inside this
    /// process.</summary>
    public abstract TimeSpan ServerTime { get; }

    /// <summary>Writes out what start and schema have left, so that it isn't paid while measuring.</summary>
    public abstract Task SettleAsync(CancellationToken cancellation);

    /// <summary>Brings a store that was filled in minutes to where one that grew over years is: what a server does behind its users has
    /// been done.</summary>
    public virtual Task TendAsync(CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>Counts on a connection of its own.</summary>
    public abstract Task<long> CountAsync(KeptSteps kept);

    public abstract ValueTask DisposeAsync();
}
