using TownReform.Grains.Journal.Audit;

namespace TownReform.Grains.Journal.Redo;

/// <summary>One commit, whole: what it takes to do it again.</summary>
/// <param name="Images">The images of its appends, one after the other.</param>
internal sealed record RedoCommit(RedoFrame Frame, ReadOnlyMemory<byte> Images)
{
    public long No => Frame.No;

    /// <summary>False when its root isn't that of its records.</summary>
    public bool IsWhole => CommitRoot.Of(Frame.Place.Root, Read().SelectMany(append => append.Records)).AsSpan().SequenceEqual(Frame.Root);

    /// <summary>The commit as the chain of commits tells it.</summary>
    public JournalCommit ToCommit() => new(No, Frame.Records, Frame.Place.Root, Frame.Root);

    /// <summary>Its appends as they can be shown.</summary>
    public IReadOnlyList<RedoAppend> Read()
    {
        var reader = new ImageReader(Images.Span);
        var appends = new List<RedoAppend>(Frame.Appends);
        while (appends.Count < Frame.Appends)
        {
            appends.Add(RedoAppend.Read(ref reader));
        }

        return appends;
    }
}
