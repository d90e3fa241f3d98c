using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace TownReform.Grains.Journal.Storage;

/// <summary>The folder of the live town, owned by one process as long as this object lives.</summary>
public sealed class LiveFolder : IDisposable
{
    private const int SharingViolation = 11,
        SharingViolationOnMac = 35,
        SharingViolationOnWindows = unchecked((int)0x80070020);

    private readonly SafeFileHandle? folder;
    private readonly FileStream held;

    /// <summary>Takes a folder, which is made when it isn't there, and shuts it to other accounts.</summary>
    /// <exception cref="LiveFolderTakenException">Another process has it.</exception>
    /// <exception cref="IOException">It can't be made or written.</exception>
    /// <exception cref="UnauthorizedAccessException">This process has no right to.</exception>
    public LiveFolder(string path)
    {
        Path = OwnersOnly.Make(path);
        try
        {
            folder = FolderLock.Take(Path);
        }
        catch (IOException e)
        {
            throw new LiveFolderTakenException(Path, e);
        }

        try
        {
            held = Take(System.IO.Path.Combine(Path, "townreform.lock"));
            Mended = OwnersOnly.Mend(Path);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>What had to be shut to other accounts; null when all was.</summary>
    public Words? Mended { get; }

    public string Path { get; }

    /// <summary>The record.</summary>
    public string Journal => JournalOf(Path);

    /// <summary>Snapshots and reminders, so that the record's one writer never waits for them.</summary>
    public string Orleans => System.IO.Path.Combine(Path, "orleans.sqlite");

    /// <summary>Where the record of a live town is in its folder.</summary>
    public static string JournalOf(string folder) => System.IO.Path.Combine(folder, "town.sqlite");

    public void Dispose()
    {
        held?.Dispose();
        folder?.Dispose();
    }

    private static FileStream Take(string path)
    {
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (e.HResult is SharingViolation or SharingViolationOnMac or SharingViolationOnWindows)
        {
            throw new LiveFolderTakenException(System.IO.Path.GetDirectoryName(path)!, e);
        }

        file.SetLength(0);
        file.Write(System.Text.Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
        file.Flush();
        return file;
    }
}

/// <summary>The live town is open in another process; its id is in the lock file.</summary>
public sealed class LiveFolderTakenException(string folder, Exception inner)
    : IOException(
        $"数据目录 {folder} 正由另一进程使用（进程号见其中的 townreform.lock）；请先停止它，或另选目录。 / Folder {folder} is in use by another process (its id is "
            + "in townreform.lock there); stop that one first, or choose another folder.",
        inner
    );
