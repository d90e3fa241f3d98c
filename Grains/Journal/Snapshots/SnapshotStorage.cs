namespace TownReform.Grains.Journal.Snapshots;

/// <summary>The grain storage that snapshots go through.</summary>
public static class SnapshotStorage
{
    /// <summary>Name under which the provider is registered.</summary>
    public const string Name = "snapshots";
}
