using Microsoft.Win32.SafeHandles;
using TownReform.Grains.Journal.Redo;

namespace TownReform.Grains.Journal.Sqlite.Redo;

/// <summary>One of the two files of a redo log: frames one after the other. When it is begun again the frames are written over those of before, so that the disk has its place already.</summary>
internal sealed class RedoSegment : IDisposable
{
    /// <summary>It grows by so much at once.</summary>
    private const int Step = 4 << 20;

    private static readonly byte[] Nothing = new byte[4096];

    private readonly string path;
    private readonly SafeFileHandle file;
    private long length;

    public RedoSegment(string path)
    {
        this.path = path;
        file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete);
        length = RandomAccess.GetLength(file);
    }

    /// <summary>Bytes of its frames.</summary>
    public long End { get; private set; }

    /// <summary>Its last commit; zero when it has none.</summary>
    public long Last { get; private set; }

    /// <summary>Adds a frame. Returns once it is safe.</summary>
    /// <exception cref="IOException">It isn't; the next frame takes its place.</exception>
    public void Add(ReadOnlySpan<byte> frame, long no)
    {
        Reserve(frame.Length);
        RandomAccess.Write(file, frame, End);
        RandomAccess.FlushToDisk(file);
        End += frame.Length;
        Last = no;
    }

    /// <summary>Writes nothing where the next frame comes; what a failed write has left there goes.</summary>
    /// <exception cref="IOException">It can't be written.</exception>
    public void Probe()
    {
        Reserve(Nothing.Length);
        RandomAccess.Write(file, Nothing, End);
        RandomAccess.FlushToDisk(file);
    }

    /// <summary>The next frame is its first.</summary>
    public void Restart() => End = 0;

    public void Dispose() => file.Dispose();

    /// <summary>Closes the file and takes it away.</summary>
    public void Delete()
    {
        Dispose();
        File.Delete(path);
    }

    /// <summary>Reads the commits of a segment, as far as they follow each other. What comes after the last of them was written before it, or not whole.</summary>
    /// <param name="after">Commits up to this one are passed over unread.</param>
    /// <returns>The first commit that was changed after it had been written, if one was; nothing behind it is read.</returns>
    public static RedoDamage? Read(string path, long after, List<RedoCommit> into)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var at = 0L;
        for (var here = HeadAt(file, at); here is not null;)
        {
            at += here.Whole;
            var next = HeadAt(file, at) is { } head && head.No == here.No + 1 ? head : null;
            if (here.No > after)
            {
                var images = new byte[here.Length];
                if (RandomAccess.Read(file, images, at - here.Length) != images.Length || here.Check != RedoFrame.CheckOf(images))
                {
                    // The last may have been cut short by a crash, and then nobody was answered. One that another follows was whole.
                    return next is null ? null : new RedoDamage(path, here.No);
                }

                into.Add(new RedoCommit(here, images));
            }

            here = next;
        }

        return null;
    }

    private void Reserve(int bytes)
    {
        if (End + bytes > length)
        {
            // Written, not only set: a place that the disk has is quicker to write than one that it has to find.
            RandomAccess.Write(file, new byte[Math.Max(Step, bytes)], length);
            length = RandomAccess.GetLength(file);
        }
    }

    private static RedoFrame? HeadAt(SafeFileHandle file, long at)
    {
        Span<byte> head = stackalloc byte[RedoFrame.Head];
        return RedoFrame.Read(head[..RandomAccess.Read(file, head, at)]);
    }
}
