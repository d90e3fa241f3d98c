using TownReform.Grains.Journal.Storage;

namespace TownReform.Grains.Journal.Backup;

/// <summary>
/// A folder that is there whole or not at all, and its owner's alone: made beside its place and moved there at the end. Where an empty
/// folder waits for it, perhaps a file system of its own, it is made inside, and its files are moved up, that which says what it is last.
/// </summary>
internal sealed class NewFolder : IDisposable
{
    private readonly string place;
    private readonly bool isThere;

    /// <param name="place">Where it is to be; nothing is there yet, or an empty folder.</param>
    /// <exception cref="BackupException">Something is there.</exception>
    public NewFolder(string place)
    {
        this.place = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(place));
        if (File.Exists(this.place) || (Directory.Exists(this.place) && Directory.EnumerateFileSystemEntries(this.place).Any()))
        {
            throw new BackupException(
                new(
                    $"{this.place} 已存在，且不是空文件夹；请另选。",
                    $"{this.place} is there already and isn't empty, or is no folder; choose another."
                )
            );
        }

        isThere = Directory.Exists(this.place);
        if (isThere)
        {
            OwnersOnly.Shut(this.place);
        }

        Path = OwnersOnly.Make(
            $"{(isThere ? System.IO.Path.Combine(this.place, ".partial") : $"{this.place}.partial")}-{Environment.ProcessId}"
        );
    }

    /// <summary>Where to write meanwhile.</summary>
    public string Path { get; }

    /// <summary>It is whole.</summary>
    public void Keep()
    {
        OwnersOnly.Shut(Path);
        if (!isThere)
        {
            Directory.Move(Path, place);
            return;
        }

        foreach (var folder in Directory.GetDirectories(Path))
        {
            Directory.Move(folder, System.IO.Path.Combine(place, System.IO.Path.GetFileName(folder)));
        }

        foreach (var file in Directory.GetFiles(Path).OrderBy(file => System.IO.Path.GetFileName(file) == BackupManifest.FileName))
        {
            File.Move(file, System.IO.Path.Combine(place, System.IO.Path.GetFileName(file)));
        }
    }

    public void Dispose()
    {
        if (Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}
