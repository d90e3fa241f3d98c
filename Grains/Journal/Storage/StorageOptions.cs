namespace TownReform.Grains.Journal.Storage;

/// <summary>Where worlds are kept.</summary>
public sealed record StorageOptions
{
    /// <summary>Folder of the live town. Null on a silo that has none (simulation, tests).</summary>
    public string? Folder { get; set; }

    /// <summary>Without a folder: keep the live world in memory, to be lost at the end. For tests and trials.</summary>
    public bool LiveInMemory { get; set; }
}
