using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace TownReform.Grains.Journal.Redo;

/// <summary>Writes values one after the other: numbers and moments in eight bytes, small numbers in seven-bit groups, texts as their length
/// and UTF-8.</summary>
internal readonly ref struct ImageWriter(ArrayBufferWriter<byte> bytes)
{
    private const int MostOfSmall = 5;

    public void Small(int value)
    {
        var span = bytes.GetSpan(MostOfSmall);
        var length = 0;
        for (var left = (uint)value; ; left >>= 7)
        {
            span[length++] = (byte)(left > 0x7F ? (left & 0x7F) | 0x80 : left);
            if (left <= 0x7F)
            {
                break;
            }
        }

        bytes.Advance(length);
    }

    public void Number(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(bytes.GetSpan(sizeof(long)), value);
        bytes.Advance(sizeof(long));
    }

    /// <summary>The instant alone, as everywhere in the record.</summary>
    public void Moment(DateTimeOffset at) => Number(at.UtcTicks);

    public void Id(Guid id)
    {
        id.TryWriteBytes(bytes.GetSpan(ImageReader.IdLength));
        bytes.Advance(ImageReader.IdLength);
    }

    /// <summary>Bytes of a length that whoever reads them knows.</summary>
    public void Fixed(ReadOnlySpan<byte> value) => bytes.Write(value);

    public void Bytes(ReadOnlySpan<byte> value)
    {
        Small(value.Length + 1);
        bytes.Write(value);
    }

    /// <exception cref="ArgumentNullException">There is none.</exception>
    public void Text(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var length = Encoding.UTF8.GetByteCount(value);
        Small(length + 1);
        Utf8.FromUtf16(value, bytes.GetSpan(length), out _, out _);
        bytes.Advance(length);
    }

    public void TextOrNull(string? value)
    {
        if (value is null)
        {
            Small(0);
        }
        else
        {
            Text(value);
        }
    }
}
