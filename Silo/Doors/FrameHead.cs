using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;

namespace TownReform.Silo.Doors;

/// <summary>
/// The head of a message as it comes through a gateway: four bytes of flags, eight of a number, then the ids of the sender and of the grain
/// that is called, each as two texts. A gateway of Orleans
/// believes it; this reads it first. What can't be read so is not let in.
/// </summary>
internal static class FrameHead
{
    /// <summary>Bytes before the head: its length and the body's.</summary>
    public const int Lengths = 8;

    /// <summary>A head has as many bytes at most; clients' have some two hundred. What goes with a call (its context) may nest in it, and
    /// can't go deeper than there are bytes.</summary>
    public const int LongestHead = 4 * 1024;

    /// <summary>The body of a client's message has as many bytes at most: a hundred times the largest command.</summary>
    public const int LongestBody = 8 * 1024 * 1024;

    private const int Flags = 4,
        Number = 8,
        Hash = 4,
        LongestType = 128,
        LongestKey = 1024;

    /// <summary>Room for everything that is looked at.</summary>
    private const int Looked = Flags + Number + (2 * (LongestType + LongestKey + (2 * (5 + Hash))));

    private const int DirectionShift = 16;
    private const uint DirectionMask = 0xF,
        Request = 1,
        OneWay = 3,
        HasCacheUpdates = 1 << 7;

    private static ReadOnlySpan<byte> Client => "sys.client"u8;

    private static ReadOnlySpan<byte> Hosted => "hosted-"u8;

    /// <summary>Why a client's message isn't let in; null when it is.</summary>
    public static string? WhyNot(in ReadOnlySequence<byte> head)
    {
        Span<byte> copied = stackalloc byte[(int)Math.Min(head.Length, Looked)];
        head.Slice(0, copied.Length).CopyTo(copied);
        ReadOnlySpan<byte> rest = copied;
        if (rest.Length < Flags + Number)
        {
            return "its head is too short";
        }

        var flags = BinaryPrimitives.ReadUInt32LittleEndian(rest);
        rest = rest[(Flags + Number)..];
        if ((flags >> DirectionShift & DirectionMask) is not (Request or OneWay))
        {
            return "it is no request: a client has nothing to answer";
        }

        if ((flags & HasCacheUpdates) != 0)
        {
            return "it tells where grains are";
        }

        return !TryText(ref rest, LongestType, out var type)
            || !TryText(ref rest, LongestKey, out var key)
            || !TryText(ref rest, LongestType, out var target)
            || !TryText(ref rest, LongestKey, out _)
                ? "its head can't be read"
            : !type.SequenceEqual(Client) || key.StartsWith(Hosted) ? "its sender is none that a client can be"
            : target.IsEmpty ? "it is for nobody"
            : null;
    }

    // Length in Orleans' own form, the text's hash, the text; an empty one has only its length.
    private static bool TryText(ref ReadOnlySpan<byte> rest, int longest, out ReadOnlySpan<byte> text)
    {
        text = default;
        if (!TryLength(ref rest, out var length) || length > longest)
        {
            return false;
        }

        if (length == 0)
        {
            return true;
        }

        if (rest.Length < Hash + length)
        {
            return false;
        }

        text = rest.Slice(Hash, (int)length);
        rest = rest[(Hash + (int)length)..];
        return true;
    }

    // The low bits of the first byte say how many bytes there are: as many as zeros before the first one, and one more.
    private static bool TryLength(ref ReadOnlySpan<byte> rest, out uint length)
    {
        length = 0;
        if (rest.IsEmpty)
        {
            return false;
        }

        var bytes = BitOperations.TrailingZeroCount(rest[0] | 0x100) + 1;
        if (bytes > 5 || rest.Length < bytes)
        {
            return false;
        }

        ulong raw = 0;
        for (var i = bytes - 1; i >= 0; i--)
        {
            raw = raw << 8 | rest[i];
        }

        length = (uint)(raw >> bytes);
        rest = rest[bytes..];
        return true;
    }
}
