using System.Buffers.Binary;
using System.IO.Hashing;
using TownReform.Grains.Journal.Redo;

namespace TownReform.Grains.Journal.Sqlite.Redo;

/// <summary>
/// The first page of a segment: after which commit the log was begun, and the last commit that is known to be safe in the <em>other</em>
/// segment. The first is synced when the log is begun. The second is written after each commit and left to the system to bring to the disk:
/// it may lag behind a power cut, and is never ahead. Where it says more than the frames do, frames are gone.
/// </summary>
/// <remarks>A log of before has none, and frames from its first byte on.</remarks>
internal static class SegmentHead
{
    /// <summary>Bytes before the first frame: a page, so that the mark and the frames are never written together.</summary>
    public const int Length = 4096;

    /// <summary>Where the mark stands: in a sector of its own, which a disk writes whole or not at all.</summary>
    public const int MarkAt = 512;

    /// <summary>Bytes of the mark.</summary>
    public const int MarkLength = 24;

    /// <summary>The form of a head as a commit's head counts it, so that a version of before says that it is too old for this
    /// log.</summary>
    public const byte Form = 2;

    private const int HeadCheck = RedoFrame.Head - sizeof(ulong),
        MarkCheck = MarkLength - sizeof(ulong);

    /// <param name="began">The last commit that the tables had when the log was begun.</param>
    public static byte[] Page(long began)
    {
        var page = new byte[Length];
        "TRL"u8.CopyTo(page);
        page[3] = Form;
        BinaryPrimitives.WriteInt64LittleEndian(page.AsSpan(8), began);
        BinaryPrimitives.WriteUInt64LittleEndian(page.AsSpan(HeadCheck), XxHash3.HashToUInt64(page.AsSpan(0, HeadCheck)));
        WriteMark(page.AsSpan(MarkAt, MarkLength), began);
        return page;
    }

    /// <param name="safe">The last commit that is safe in the other segment.</param>
    public static void WriteMark(Span<byte> mark, long safe)
    {
        mark.Clear();
        "TRM\x01"u8.CopyTo(mark);
        BinaryPrimitives.WriteInt64LittleEndian(mark[8..], safe);
        BinaryPrimitives.WriteUInt64LittleEndian(mark[MarkCheck..], XxHash3.HashToUInt64(mark[..MarkCheck]));
    }

    /// <returns>After which commit the log was begun; null when no head stands there whole.</returns>
    public static long? Began(ReadOnlySpan<byte> page) =>
        page.Length >= RedoFrame.Head
        && page.StartsWith("TRL"u8)
        && page[3] == Form
        && BinaryPrimitives.ReadUInt64LittleEndian(page[HeadCheck..]) == XxHash3.HashToUInt64(page[..HeadCheck])
            ? BinaryPrimitives.ReadInt64LittleEndian(page[8..])
            : null;

    /// <returns>The last commit that is known to be safe in the other segment; null when no mark stands there whole.</returns>
    public static long? Safe(ReadOnlySpan<byte> page) =>
        page.Length >= MarkAt + MarkLength
        && page[MarkAt..(MarkAt + MarkLength)] is var mark
        && mark.StartsWith("TRM\x01"u8)
        && BinaryPrimitives.ReadUInt64LittleEndian(mark[MarkCheck..]) == XxHash3.HashToUInt64(mark[..MarkCheck])
            ? BinaryPrimitives.ReadInt64LittleEndian(mark[8..])
            : null;
}
