using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace TownReform.Grains.Recording;

/// <summary>
/// Command ids that follow from what caused them, so that a step repeated after a crash carries the id it had before
/// and is recognised. The first 16 bytes of a SHA-256 over the cause, marked as a UUID of version 8 (RFC 9562).
/// </summary>
public static class DerivedIds
{
    /// <summary>Id of the n-th step of a command.</summary>
    public static Guid Of(Guid parent, int ordinal)
    {
        Span<byte> cause = stackalloc byte[1 + 16 + sizeof(int)];
        cause[0] = (byte)'c';
        parent.TryWriteBytes(cause[1..], bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(cause[17..], ordinal);
        return From(cause);
    }

    /// <summary>Id under which an effect is recorded by its receiver.</summary>
    public static Guid Of(EffectId effect) => Of(effect.Stream, effect.Version, effect.Ordinal, (byte)'e');

    /// <summary>Id of a record that no command asked for by id, such as a block of case numbers: its own place on the stream.</summary>
    public static Guid Of(string stream, long version) => Of(stream, version, 0, (byte)'r');

    private static Guid Of(string stream, long version, int ordinal, byte sort)
    {
        var cause = new byte[1 + sizeof(long) + sizeof(int) + Encoding.UTF8.GetByteCount(stream)];
        cause[0] = sort;
        BinaryPrimitives.WriteInt64BigEndian(cause.AsSpan(1), version);
        BinaryPrimitives.WriteInt32BigEndian(cause.AsSpan(9), ordinal);
        Encoding.UTF8.GetBytes(stream, cause.AsSpan(13));
        return From(cause);
    }

    private static Guid From(ReadOnlySpan<byte> cause)
    {
        Span<byte> hash = stackalloc byte[HashLength];
        SHA256.HashData(cause, hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }

    private const int HashLength = 32;
}
