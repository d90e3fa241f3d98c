using Microsoft.Win32.SafeHandles;
using TownReform.Grains.Journal.Storage;

namespace TownReform.Grains.Journal.Sqlite.Redo;

/// <summary>
/// One of the two files of a redo log: a page of its own (<see cref="SegmentHead"/>), then frames one after the other. When it is begun
/// again the frames are written over those of before, so that the disk has its place already.
/// </summary>
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
    }

    /// <summary>Begins it anew. The tables have all that it held.</summary>
    /// <param name="began">The last commit that the tables have.</param>
    /// <exception cref="IOException">It could not be; it can be tried again.</exception>
    public void Begin(long began)
    {
        // The page first: a whole one, the new or that of before, is always in one of the two segments.
        DiskWrites.Write(file, SegmentHead.Page(began), 0);
        RandomAccess.FlushToDisk(file);
        RandomAccess.SetLength(file, SegmentHead.Length);
        length = SegmentHead.Length;
    }

    /// <summary>Where its frames end.</summary>
    public long End { get; private set; } = SegmentHead.Length;

    /// <summary>Its last commit; zero when it has none.</summary>
    public long Last { get; private set; }

    /// <summary>Adds a frame. Returns once it is safe.</summary>
    /// <exception cref="IOException">It isn't; the next frame takes its place.</exception>
    public void Add(ReadOnlySpan<byte> frame, long no)
    {
        Reserve(frame.Length);
        DiskWrites.Write(file, frame, End);
        RandomAccess.FlushToDisk(file);
        End += frame.Length;
        Last = no;
    }

    /// <summary>Writes nothing where the next frame comes; what a failed write has left there goes.</summary>
    /// <exception cref="IOException">It can't be written.</exception>
    public void Probe()
    {
        Reserve(Nothing.Length);
        DiskWrites.Write(file, Nothing, End);
        RandomAccess.FlushToDisk(file);
    }

    /// <summary>Marks that a commit is safe in the other segment. The mark reaches the disk when the system brings it there: nobody waits
    /// for it.</summary>
    public void MarkSafe(long no)
    {
        Span<byte> mark = stackalloc byte[SegmentHead.MarkLength];
        SegmentHead.WriteMark(mark, no);
        try
        {
            DiskWrites.Write(file, mark, SegmentHead.MarkAt);
        }
        catch (IOException)
        {
            // The commit is safe without it, and the next one marks more.
        }
    }

    /// <summary>The next frame is its first.</summary>
    public void Restart() => End = SegmentHead.Length;

    public void Dispose() => file.Dispose();

    /// <summary>Closes the file and takes it away.</summary>
    public void Delete()
    {
        Dispose();
        File.Delete(path);
    }

    private void Reserve(int bytes)
    {
        if (End + bytes > length)
        {
            // Written, not only set: a place that the disk has is quicker to write than one that it has to find.
            DiskWrites.Write(file, new byte[Math.Max(Step, bytes)], length);
            length = RandomAccess.GetLength(file);
        }
    }
}
