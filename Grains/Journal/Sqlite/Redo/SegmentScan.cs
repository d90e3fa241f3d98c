using System.Buffers;
using Microsoft.Win32.SafeHandles;
using TownReform.Grains.Journal.Redo;

namespace TownReform.Grains.Journal.Sqlite.Redo;

/// <summary>Finds every commit in a segment. Where none stands it looks on for the next whole head: what is damaged hides nothing behind
/// it.</summary>
/// <param name="after">Commits up to this one are checked and not kept.</param>
internal sealed class SegmentScan(SafeFileHandle file, string path, long after) : IDisposable
{
    private const int Chunk = 1 << 20;

    private readonly long length = RandomAccess.GetLength(file);
    private byte[] buffer = ArrayPool<byte>.Shared.Rent(Chunk);

    /// <summary>Those whose heads are whole, in the order in which they stand.</summary>
    /// <exception cref="InvalidDataException">A newer version wrote the log.</exception>
    public List<FoundFrame> Run()
    {
        var frames = new List<FoundFrame>();
        for (var at = 0L; at < length; )
        {
            if (HeadAt(at) is not { } head)
            {
                at = Next(at + 1);
                continue;
            }

            var found = Found(at, head);
            frames.Add(found);

            // What a broken one claims may be another's place.
            at = found.IsWhole ? found.End : Next(at + 1);
        }

        return frames;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = [];
    }

    private RedoFrame? HeadAt(long at)
    {
        Span<byte> head = stackalloc byte[RedoFrame.Head];
        return RedoFrame.Read(head[..RandomAccess.Read(file, head, at)]);
    }

    private FoundFrame Found(long at, RedoFrame head)
    {
        if (at + head.Whole > length)
        {
            return new FoundFrame(path, at, head, IsWhole: false, null);
        }

        var images = head.No > after ? new byte[head.Length] : Room(head.Length);
        var isWhole =
            RandomAccess.Read(file, images.AsSpan(0, head.Length), at + RedoFrame.Head) == head.Length
            && head.Check == RedoFrame.CheckOf(images.AsSpan(0, head.Length));
        return new FoundFrame(
            path,
            at,
            head,
            isWhole,
            isWhole && head.No > after ? new RedoCommit(head, images.AsMemory(0, head.Length)) : null
        );
    }

    // Where the next head may begin.
    private long Next(long from)
    {
        var mark = RedoFrame.Mark;
        while (from + mark.Length <= length)
        {
            var read = RandomAccess.Read(file, buffer, from);
            var there = buffer.AsSpan(0, read).IndexOf(mark);
            if (there >= 0)
            {
                return from + there;
            }

            if (read < mark.Length)
            {
                break;
            }

            from += read - mark.Length + 1;
        }

        return length;
    }

    private byte[] Room(int bytes)
    {
        if (buffer.Length < bytes)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = ArrayPool<byte>.Shared.Rent(bytes);
        }

        return buffer;
    }
}
