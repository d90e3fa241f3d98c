using System.Globalization;
using System.Text;
using TownReform.Grains.Journal.Storage;

namespace TownReform.Grains.Receipts;

/// <summary>A folder outside the town with one file for each writer, to whose end checkpoints are added, one a line.</summary>
internal sealed class CheckpointFolder(string folder)
{
    public const string Ending = ".checkpoints";

    public string Place { get; } = Path.GetFullPath(folder);

    /// <summary>Makes the folder where it isn't, and finds out whether it can be written.</summary>
    /// <exception cref="StoredFileException">It can't.</exception>
    public void Prepare()
    {
        try
        {
            FolderProbe.Write(OwnersOnly.Make(Place));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoredFileException(Place, e);
        }
    }

    /// <summary>Adds a line, safe on disk when it returns. What a crash has left of a line before is ended first.</summary>
    public void Add(long writer, string line)
    {
        var path = Path.Combine(Place, string.Create(CultureInfo.InvariantCulture, $"writer-{writer}{Ending}"));
        using var file = new FileStream(path, OwnersOnly.NewFile(FileMode.Append));
        file.Write(Encoding.ASCII.GetBytes($"{(EndsInTheMiddle(path) ? "\n" : "")}{line}\n"));
        file.Flush(flushToDisk: true);
    }

    /// <summary>All lines with where they stand, in the order of their files.</summary>
    public IEnumerable<(string File, int Line, string Text)> Read() =>
        Directory
            .EnumerateFiles(Place, $"*{Ending}")
            .Order(StringComparer.Ordinal)
            .SelectMany(path => File.ReadLines(path).Select((text, n) => (Path.GetFileName(path), n + 1, text)))
            .Where(line => line.text.Length > 0);

    private static bool EndsInTheMiddle(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        if (file.Length == 0)
        {
            return false;
        }

        file.Seek(-1, SeekOrigin.End);
        return file.ReadByte() != '\n';
    }
}
