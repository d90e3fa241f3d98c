using System.Buffers.Binary;
using System.IO.Hashing;

namespace TownReform.Grains.Journal.Redo;

/// <summary>
/// The head of a commit as it stands in a segment of the redo log, before the images of its appends. Head and images each have a check, so
/// that what a crash left half written is told from what was written whole and changed afterwards.
/// </summary>
/// <param name="Before">Where the file stood before the commit.</param>
/// <param name="Root">Root of the commit (32 bytes).</param>
/// <param name="Length">Bytes of the images.</param>
/// <param name="Check">XxHash3 of the images.</param>
internal sealed record RedoFrame(LogPosition Before, byte[] Root, int Appends, int Records, int Effects, int Length, ulong Check)
{
    /// <summary>Bytes of a head.</summary>
    public const int Head = 124;

    /// <summary>Number of this form of a commit. A later one gets the next number, and reads the earlier: the first knew no labels of
    /// cases.</summary>
    private const byte Form = 3;

    private const byte FormWithoutLabels = 1;

    /// <summary>The form that stands before the first commit of a segment (<c>SegmentHead</c>), and is none.</summary>
    private const byte HeadOfASegment = 2;

    private const int HeadCheck = Head - sizeof(ulong);

    public long No => Before.Commit + 1;

    /// <summary>Bytes with the images.</summary>
    public int Whole => Head + Length;

    /// <summary>Where the file stands after the commit.</summary>
    public LogPosition After => new(Before.Seq + Records, Before.Effect + Effects, No, Root);

    /// <summary>What a head begins with.</summary>
    public static ReadOnlySpan<byte> Mark => "TRL"u8;

    /// <summary>The check of images.</summary>
    public static ulong CheckOf(ReadOnlySpan<byte> images) => XxHash3.HashToUInt64(images);

    /// <param name="head">So many bytes as a head has.</param>
    public void Write(Span<byte> head)
    {
        Mark.CopyTo(head);
        head[Mark.Length] = Form;
        BinaryPrimitives.WriteInt32LittleEndian(head[4..], Length);
        BinaryPrimitives.WriteInt32LittleEndian(head[8..], Appends);
        BinaryPrimitives.WriteInt32LittleEndian(head[12..], Records);
        BinaryPrimitives.WriteInt32LittleEndian(head[16..], Effects);
        BinaryPrimitives.WriteInt64LittleEndian(head[20..], Before.Commit);
        BinaryPrimitives.WriteInt64LittleEndian(head[28..], Before.Seq);
        BinaryPrimitives.WriteInt64LittleEndian(head[36..], Before.Effect);
        Before.Root.CopyTo(head[44..]);
        Root.CopyTo(head[76..]);
        BinaryPrimitives.WriteUInt64LittleEndian(head[108..], Check);
        BinaryPrimitives.WriteUInt64LittleEndian(head[HeadCheck..], XxHash3.HashToUInt64(head[..HeadCheck]));
    }

    /// <returns>Null when no head of a commit stands there whole.</returns>
    /// <exception cref="InvalidDataException">A newer version wrote it.</exception>
    public static RedoFrame? Read(ReadOnlySpan<byte> head)
    {
        if (
            head.Length < Head
            || !head.StartsWith(Mark)
            || BinaryPrimitives.ReadUInt64LittleEndian(head[HeadCheck..]) != XxHash3.HashToUInt64(head[..HeadCheck])
        )
        {
            return null;
        }

        var form = head[Mark.Length];
        if (form == HeadOfASegment)
        {
            return null;
        }

        if (form is not (Form or FormWithoutLabels))
        {
            throw new InvalidDataException(
                $"重做日志的格式 {form} 由更新的版本写成；请用该版本启动一次。 / Form {form} of the redo log was written by a newer version; start that version once."
            );
        }

        var before = new LogPosition(
            BinaryPrimitives.ReadInt64LittleEndian(head[28..]),
            BinaryPrimitives.ReadInt64LittleEndian(head[36..]),
            BinaryPrimitives.ReadInt64LittleEndian(head[20..]),
            head.Slice(44, HashChain.Length).ToArray()
        );
        var frame = new RedoFrame(
            Before: before,
            Root: head.Slice(76, HashChain.Length).ToArray(),
            Appends: BinaryPrimitives.ReadInt32LittleEndian(head[8..]),
            Records: BinaryPrimitives.ReadInt32LittleEndian(head[12..]),
            Effects: BinaryPrimitives.ReadInt32LittleEndian(head[16..]),
            Length: BinaryPrimitives.ReadInt32LittleEndian(head[4..]),
            Check: BinaryPrimitives.ReadUInt64LittleEndian(head[108..])
        );
        return frame is { Appends: >= 0, Records: >= 0, Effects: >= 0, Length: >= 0 } ? frame : null;
    }
}
