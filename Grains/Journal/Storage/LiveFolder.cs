using System.Globalization;

namespace TownReform.Grains.Journal.Storage;

/// <summary>The folder of the live town, owned by one process as long as this object lives.</summary>
public sealed class LiveFolder : IDisposable
{
    private readonly FileStream held;

    /// <exception cref="LiveFolderTakenException">Another process has it.</exception>
    public LiveFolder(string path)
    {
        Path = Directory.CreateDirectory(path).FullName;
        held = Take(System.IO.Path.Combine(Path, "townreform.lock"));
    }

    public string Path { get; }

    /// <summary>The record.</summary>
    public string Journal => System.IO.Path.Combine(Path, "town.sqlite");

    /// <summary>Snapshots and reminders, so that the record's one writer never waits for them.</summary>
    public string Orleans => System.IO.Path.Combine(Path, "orleans.sqlite");

    public void Dispose() => held.Dispose();

    private static FileStream Take(string path)
    {
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (File.Exists(path))
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
    : IOException($"数据目录 {folder} 正由另一进程使用(进程号见其中的 townreform.lock);请先停止它,或另选目录。 / Folder {folder} is in use by another process (its id is in townreform.lock there); stop that one first, or choose another folder.", inner);
