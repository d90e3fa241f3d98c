using TownReform.Grains.Journal.Storage;

namespace TownReform.Grains.Journal.Backup;

/// <summary>A folder that is there whole or not at all: made beside its place and moved there at the end.</summary>
internal sealed class NewFolder : IDisposable
{
    private readonly string place;

    /// <param name="place">Where it is to be; nothing is there yet, or an empty folder.</param>
    /// <exception cref="BackupException">Something is there.</exception>
    public NewFolder(string place)
    {
        this.place = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(place));
        if (File.Exists(this.place) || (Directory.Exists(this.place) && Directory.EnumerateFileSystemEntries(this.place).Any()))
        {
            throw new BackupException(new($"{this.place} 已存在且不是空文件夹；请另选。", $"{this.place} is there already and not an empty folder; choose another."));
        }

        Path = OwnersOnly.Make($"{this.place}.partial-{Environment.ProcessId}");
    }

    /// <summary>Where to write meanwhile.</summary>
    public string Path { get; }

    /// <summary>It is whole.</summary>
    public void Keep()
    {
        OwnersOnly.Shut(Path);
        if (Directory.Exists(place))
        {
            Directory.Delete(place);
        }

        Directory.Move(Path, place);
    }

    public void Dispose()
    {
        if (Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}
