using TownReform.Grains.Journal.Redo;

namespace TownReform.Grains.Journal.Sqlite.Redo;

/// <summary>A commit's head that stands whole in a segment.</summary>
/// <param name="At">Its first byte.</param>
/// <param name="IsWhole">False when what follows the head isn't what it says: changed, or cut short.</param>
/// <param name="Commit">The commit, where it is whole and was asked for.</param>
internal sealed record FoundFrame(string Segment, long At, RedoFrame Frame, bool IsWhole, RedoCommit? Commit)
{
    public long No => Frame.No;

    /// <summary>The byte after it.</summary>
    public long End => At + Frame.Whole;
}
