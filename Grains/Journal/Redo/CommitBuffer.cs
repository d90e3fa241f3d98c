using System.Buffers;
using TownReform.Grains.Journal.Audit;
using TownReform.Grains.Journal.Writing;

namespace TownReform.Grains.Journal.Redo;

/// <summary>A commit's bytes, as the redo log has them and as the tables take them: memory of the pool, until the tables have it. Objects
/// that waited there would be work for the collector.</summary>
internal sealed class CommitBuffer : IDisposable
{
    private readonly byte[] bytes;

    /// <summary>Builds the commit that follows a position; its effects get their ids in the outbox.</summary>
    public CommitBuffer(LogPosition position, IReadOnlyList<PendingAppend> appends)
    {
        var (length, records, effects) = (0, 0, 0);
        foreach (var append in appends)
        {
            length += append.Image.Length;
            records += append.Records.Length;
            foreach (var effect in append.Effects)
            {
                effect.Id = position.Effect + ++effects;
            }
        }

        bytes = ArrayPool<byte>.Shared.Rent(RedoFrame.Head + length);
        var images = bytes.AsMemory(RedoFrame.Head, length);
        var at = 0;
        foreach (var append in appends)
        {
            append.Image.CopyTo(images[at..]);
            at += append.Image.Length;
        }

        var root = CommitRoot.Of(position.Root, appends.SelectMany(append => append.Records));
        Commit = new RedoCommit(
            new RedoFrame(
                Before: position,
                Root: root,
                Appends: appends.Count,
                Records: records,
                Effects: effects,
                Length: length,
                Check: RedoFrame.CheckOf(images.Span)
            ),
            images
        );
        Commit.Frame.Write(bytes.AsSpan(0, RedoFrame.Head));
    }

    public RedoCommit Commit { get; }

    /// <summary>Head and images.</summary>
    public ReadOnlyMemory<byte> Whole => bytes.AsMemory(0, Commit.Frame.Whole);

    public void Dispose() => ArrayPool<byte>.Shared.Return(bytes);
}
