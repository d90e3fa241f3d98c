using System.Collections.Immutable;

namespace TownReform.Grains.Seeds.Reading;

/// <summary>Files that are read into one tree of nodes: the lines of each but the first begin at a number of their own, so that a fault of
/// the joined tree still names its file and line.</summary>
internal sealed class JoinedFiles
{
    // No file has as many lines.
    private const int Each = 10_000_000;
    private readonly List<SeedFile> files = [];

    /// <summary>The files that were joined to the first, in the order in which they were read.</summary>
    public ImmutableArray<SeedFile> Files => [.. files];

    /// <summary>Joins a file.</summary>
    /// <returns>What is added to each of its lines.</returns>
    public int Add(SeedFile file)
    {
        files.Add(file);
        return files.Count * Each;
    }

    /// <summary>The file that a line is of, and the line within it; null for the first file.</summary>
    public (string File, int Line)? At(int line) => line < Each ? null : (files[(line / Each) - 1].Path, line % Each);
}
