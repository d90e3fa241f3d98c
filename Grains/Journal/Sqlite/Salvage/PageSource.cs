using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace TownReform.Grains.Journal.Sqlite.Salvage;

/// <summary>The pages of a SQLite file and of its write-ahead log, read without SQLite: also those that it would not look at any
/// more.</summary>
internal sealed class PageSource : IDisposable
{
    private const int WalHead = 32,
        FrameHead = 24,
        UsualSize = 4096;

    private readonly SafeFileHandle? main,
        wal;
    private readonly Dictionary<long, long> newest = [];
    private readonly long frames;

    /// <param name="path">The file; it and its log may be missing.</param>
    public PageSource(string path)
    {
        main = Open(path);
        wal = Open(path + "-wal");
        Size =
            SizeOf(main, 16, bytes => bytes is [0, 1] ? 65536 : BinaryPrimitives.ReadUInt16BigEndian(bytes), 2)
            ?? SizeOf(wal, 8, BinaryPrimitives.ReadInt32BigEndian, 4)
            ?? UsualSize;
        frames = wal is null ? 0 : (RandomAccess.GetLength(wal) - WalHead) / (FrameHead + Size);
        Span<byte> page = stackalloc byte[4];
        for (var frame = 0L; frame < frames; frame++)
        {
            RandomAccess.Read(wal!, page, At(frame));
            newest[BinaryPrimitives.ReadUInt32BigEndian(page)] = At(frame) + FrameHead;
        }
    }

    /// <summary>Bytes of a page.</summary>
    public int Size { get; }

    /// <summary>Whether there is anything to read.</summary>
    public bool IsThere => main is not null || wal is not null;

    /// <summary>Every page, one after the other in the same memory: those of the file, then those of the log, older ones too.</summary>
    /// <returns>Each with the place of its content, 100 where the file's own head comes before it.</returns>
    public IEnumerable<(byte[] Page, int Begin)> All()
    {
        var page = new byte[Size];
        for (var at = 0L; main is not null && RandomAccess.Read(main, page, at) == Size; at += Size)
        {
            yield return (page, at == 0 ? 100 : 0);
        }

        for (var frame = 0L; frame < frames; frame++)
        {
            if (RandomAccess.Read(wal!, page, At(frame) + FrameHead) == Size)
            {
                yield return (page, page.AsSpan().StartsWith("SQLite format 3"u8) ? 100 : 0);
            }
        }
    }

    /// <summary>A page by its number, from 1: as the log has it last, or as the file has it.</summary>
    public bool TryRead(long number, bool fromLog, byte[] into) =>
        fromLog
            ? newest.TryGetValue(number, out var at) && RandomAccess.Read(wal!, into, at) == Size
            : main is not null && number > 0 && RandomAccess.Read(main, into, (number - 1) * Size) == Size;

    public void Dispose()
    {
        main?.Dispose();
        wal?.Dispose();
    }

    private long At(long frame) => WalHead + (frame * (FrameHead + Size));

    private static SafeFileHandle? Open(string path) =>
        File.Exists(path) ? File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete) : null;

    private delegate int ReadSize(ReadOnlySpan<byte> bytes);

    private static int? SizeOf(SafeFileHandle? file, int at, ReadSize read, int bytes)
    {
        Span<byte> size = stackalloc byte[bytes];
        return
            file is not null
            && RandomAccess.Read(file, size, at) == bytes
            && read(size) is >= 512 and <= 65536 and var found
            && (found & (found - 1)) == 0
            ? found
            : null;
    }
}
