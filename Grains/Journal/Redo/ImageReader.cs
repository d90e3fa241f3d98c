using System.Buffers.Binary;

namespace TownReform.Grains.Journal.Redo;

/// <summary>Reads what <see cref="ImageWriter"/> wrote, in the same order, without copying it.</summary>
internal ref struct ImageReader(ReadOnlySpan<byte> bytes)
{
    /// <summary>Bytes of an id.</summary>
    public const int IdLength = 16;

    private readonly ReadOnlySpan<byte> bytes = bytes;

    /// <summary>Where it reads.</summary>
    public int At { get; private set; }

    /// <summary>Bytes that are left.</summary>
    public int Left => bytes.Length - At;

    public int Small()
    {
        var (value, shift) = (0u, 0);
        while (true)
        {
            var next = bytes[At++];
            value |= (next & 0x7Fu) << shift;
            if (next <= 0x7F)
            {
                return (int)value;
            }

            shift += 7;
        }
    }

    /// <summary>Goes past a small number that is 0; stays before any other.</summary>
    public bool SkipsZero()
    {
        var isZero = bytes[At] == 0;
        At += isZero ? 1 : 0;
        return isZero;
    }

    public long Number() => BinaryPrimitives.ReadInt64LittleEndian(Fixed(sizeof(long)));

    public DateTimeOffset Moment() => new(Number(), TimeSpan.Zero);

    public Guid Id() => new(Fixed(IdLength));

    public ReadOnlySpan<byte> Fixed(int length)
    {
        var value = bytes.Slice(At, length);
        At += length;
        return value;
    }

    public StoredText Text() => Small() is > 0 and var length ? new StoredText(Fixed(length - 1)) : default;
}
