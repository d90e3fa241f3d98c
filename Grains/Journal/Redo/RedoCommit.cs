using TownReform.Grains.Journal.Audit;

namespace TownReform.Grains.Journal.Redo;

/// <summary>One commit, whole: what it takes to do it again.</summary>
/// <param name="Images">The images of its appends, one after the other.</param>
internal sealed record RedoCommit(RedoFrame Frame, ReadOnlyMemory<byte> Images)
{
    public long No => Frame.No;

    /// <summary>False when its root isn't that of its records, or its images are none.</summary>
    public bool IsWhole
    {
        get
        {
            try
            {
                var records = Read().SelectMany(append => append.Records).ToList();
                return records.Count == Frame.Records && CommitRoot.Of(Frame.Before.Root, records).AsSpan().SequenceEqual(Frame.Root);
            }
            catch (Exception e)
                when (e
                        is InvalidDataException
                            or ArgumentException
                            or IndexOutOfRangeException
                            or FormatException
                            or OverflowException
                            or InvalidOperationException
                            or System.Text.Json.JsonException
                )
            {
                return false;
            }
        }
    }

    /// <summary>Whether it was made where a file stands.</summary>
    public bool Follows(LogPosition position) =>
        Frame.Before.Commit == position.Commit
        && Frame.Before.Seq == position.Seq
        && Frame.Before.Root.AsSpan().SequenceEqual(position.Root);

    /// <summary>The commit as the chain of commits tells it.</summary>
    public JournalCommit ToCommit() => new(No, Frame.Records, Frame.Before.Root, Frame.Root);

    /// <summary>Its appends as they can be shown.</summary>
    public IReadOnlyList<RedoAppend> Read()
    {
        var reader = new ImageReader(Images.Span);
        var appends = new List<RedoAppend>();
        while (appends.Count < Frame.Appends)
        {
            appends.Add(RedoAppend.Read(ref reader));
        }

        return appends;
    }
}
