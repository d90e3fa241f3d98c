namespace TownReform.Grains.Receipts;

/// <summary>Where the keys that sign receipts and checkpoints are kept, for whoever backs a town up.</summary>
public static class KeyPlaces
{
    /// <summary>In the folder of a live town.</summary>
    public const string FileName = KeyFile.Name;

    /// <summary>On PostgreSQL; its column <c>id</c> counts on.</summary>
    public const string Table = "receipts.keys";

    /// <summary>Names of the scripts that make it begin so.</summary>
    public const string Scripts = KeyTable.Scripts;
}
