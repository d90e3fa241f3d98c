using TownReform.Grains.Journal.Outbox;

namespace TownReform.Grains.Journal.Hosting;

/// <summary>Where worlds are kept: the live one in a folder (SQLite), on PostgreSQL, or nowhere.</summary>
public sealed record StorageOptions
{
    /// <summary>Folder of the live town. Null on a silo that has none (cluster, simulation, tests).</summary>
    public string? Folder { get; set; }

    /// <summary>Connection string of the live town's PostgreSQL, which any number of silos share; excludes a folder.</summary>
    public string? Connection { get; set; }

    /// <summary>Without folder or connection: keep the live world in memory, to be lost at the end. For tests and trials.</summary>
    public bool LiveInMemory { get; set; }

    /// <summary>Commands of clients that the live town has under way on one silo at most, half of it for one that opens a case; beyond that
    /// it says that it is busy.</summary>
    public int MostAtOnce { get; set; } = 1024;

    /// <summary>Where the clock of a practice town (培训环境) begins; null in a real one. It never goes back behind what is recorded.</summary>
    public DateTimeOffset? PracticeFrom { get; set; }

    /// <summary>When an effect that its receiver refuses goes aside.</summary>
    public DeadLetterRule DeadLetters { get; set; } = DeadLetterRule.Default;

    /// <summary>True when the live town outlives the process.</summary>
    public bool IsDurable => Folder is not null || Connection is not null;
}
