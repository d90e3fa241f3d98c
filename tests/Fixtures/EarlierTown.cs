using System.Formats.Tar;
using System.IO.Compression;

namespace TownReform.Tests.Fixtures;

/// <summary>
/// Towns as commit 723562a left them when it was killed at work, of the town yandian with three cases each. On SQLite: a folder, a practice
/// town of 2026-11-30, killed when the redo log had <c>grant</c> of case 1 and the tables hadn't. On PostgreSQL: a dump, killed likewise.
/// </summary>
/// <remarks>Made by <c>TownReform.Silo --data … --clock 2026-11-30T09:00</c> and <c>--storage postgres</c>, the console's <c>case open</c>
/// and <c>case act</c>, SIGKILL upon the first write of the last act, and <c>pg_dump --inserts</c>. Never made anew: a later version gets a
/// town of its own beside it.</remarks>
public static class EarlierTown
{
    private static string Packed => Path.Combine(SourceFolder.Path, "tests", "Fixtures", "Upgrade", "town-723562a.tar.br");

    /// <summary>Unpacks both into a folder.</summary>
    /// <returns>The town's folder, and the file with the dump.</returns>
    public static (string Folder, string Dump) Unpack(string to)
    {
        using var packed = File.OpenRead(Packed);
        using var tar = new BrotliStream(packed, CompressionMode.Decompress);
        TarFile.ExtractToDirectory(tar, to, overwriteFiles: false);
        return (Path.Combine(to, "data"), Path.Combine(to, "town.sql"));
    }
}
