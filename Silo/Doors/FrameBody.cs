using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;

namespace TownReform.Silo.Doors;

/// <summary>
/// The body of a client's message, in Orleans' own form: fields, each with a tag that says how much follows. Orleans reads what nests by
/// calling itself, so whoever nests without end would end the
/// process that reads it; the same for names of types. This counts first, and holds nothing but a number.
/// </summary>
internal static class FrameBody
{
    /// <summary>Objects within objects at most; those of the town's calls are less than ten deep.</summary>
    public const int Deepest = 64;

    private const int LongestType = 1024,
        Version = 1,
        Hash = 4;
    private const byte WireType = 0b1110_0000,
        Schema = 0b0001_1000,
        FieldId = 0b0000_0111;

    /// <summary>Why a client's message isn't let in; null when it is.</summary>
    public static string? WhyNot(in ReadOnlySequence<byte> body)
    {
        var reader = new SequenceReader<byte>(body);
        var depth = 0;
        while (reader.TryRead(out var tag))
        {
            if ((tag & WireType) == 0b1110_0000)
            {
                // The end of an object, or of the part of it that a base type has. Ends of nothing give no credit for beginnings.
                depth = Math.Max(0, depth - ((tag & Schema) == 0 ? 1 : 0));
                continue;
            }

            if (!TryHeader(ref reader, tag) || !TryContent(ref reader, tag, ref depth))
            {
                return "its body can't be read";
            }

            if (depth > Deepest)
            {
                return "its body nests too deep";
            }
        }

        return null;
    }

    // The field's number where the tag has no room for it, and the type where it isn't the expected one.
    private static bool TryHeader(ref SequenceReader<byte> reader, byte tag) =>
        ((tag & FieldId) != FieldId || TryNumber(ref reader, out _))
        && (tag & Schema) switch
        {
            0b0000_0000 => true,
            0b0001_0000 => Skips(ref reader, Version + Hash)
                && TryNumber(ref reader, out var length)
                && length <= LongestType
                && Skips(ref reader, length),
            _ => TryNumber(ref reader, out _),
        };

    private static bool TryContent(ref SequenceReader<byte> reader, byte tag, ref int depth)
    {
        switch (tag & WireType)
        {
            case 0b0010_0000:
                depth++;
                return true;
            case 0b0100_0000:
                return TryNumber(ref reader, out var length) && Skips(ref reader, length);
            case 0b0110_0000:
                return Skips(ref reader, sizeof(uint));
            case 0b1000_0000:
                return Skips(ref reader, sizeof(ulong));
            case 0b0000_0000 or 0b1100_0000:
                return TryNumber(ref reader, out _);
            default:
                return false;
        }
    }

    private static bool Skips(ref SequenceReader<byte> reader, ulong bytes)
    {
        if ((ulong)reader.Remaining < bytes)
        {
            return false;
        }

        reader.Advance((long)bytes);
        return true;
    }

    // The low bits of the first byte, and where there are none those of the second, say how many bytes there are.
    private static bool TryNumber(ref SequenceReader<byte> reader, out ulong number)
    {
        number = 0;
        if (!reader.TryPeek(out var first))
        {
            return false;
        }

        var bytes = BitOperations.TrailingZeroCount(first | 0x100) + 1;
        if (first == 0)
        {
            if (!reader.TryPeek(1, out var second))
            {
                return false;
            }

            bytes = BitOperations.TrailingZeroCount(second | 0x100) + 9;
        }

        if (bytes > 10 || reader.Remaining < bytes)
        {
            return false;
        }

        Span<byte> raw = stackalloc byte[16];
        raw.Clear();
        reader.TryCopyTo(raw[..bytes]);
        reader.Advance(bytes);
        number = (ulong)(BinaryPrimitives.ReadUInt128LittleEndian(raw) >> bytes);
        return true;
    }
}
