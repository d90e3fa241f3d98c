namespace TownReform.Grains.Journal.Storage;

/// <summary>Finds out whether a folder can still be written to, at the price of a file that never reaches the disk.</summary>
internal static class FolderProbe
{
    /// <summary>So much room at least must be left.</summary>
    private const int Room = 256 << 10;

    private static readonly byte[] Zeros = new byte[Room];

    /// <exception cref="IOException">No room, or only to be read.</exception>
    /// <exception cref="UnauthorizedAccessException">No right to write.</exception>
    public static void Write(string folder)
    {
        using var probe = File.OpenHandle(
            Path.Combine(folder, "townreform.probe"),
            FileMode.Create,
            FileAccess.Write,
            FileShare.ReadWrite | FileShare.Delete,
            FileOptions.DeleteOnClose
        );
        DiskWrites.Write(probe, Zeros, 0);
    }
}
