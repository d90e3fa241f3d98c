using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace TownReform.Grains.Journal;

/// <summary>
/// The hash chain of a stream. <c>hash = SHA-256(previous hash ‖ world ‖ stream ‖ version ‖ at ‖ kind ‖ actor id ‖ actor office ‖ actor for
/// ‖ command id ‖ payload)</c>. Texts and the payload are UTF-8 behind their length in bytes (4 bytes, big endian); version and the moment
/// (UTC ticks of 100 ns since 0001-01-01) are 8 bytes, big endian; the command id is 16 bytes, big endian. Records with a moment of receipt
/// go on after the payload: <c>‖ received at ‖ late ‖ digest</c>, the digest behind its length like a text. Anybody can recompute it from
/// the stored columns.
/// </summary>
public static class HashChain
{
    /// <summary>Bytes of a hash.</summary>
    public const int Length = 32;

    // A thread's own: a context made anew for each record costs a third of its hash.
    [ThreadStatic]
    private static IncrementalHash? sha;

    public static byte[] Next(
        ReadOnlySpan<byte> previous,
        string world,
        string stream,
        long version,
        DateTimeOffset at,
        string kind,
        Actor actor,
        Guid commandId,
        ReadOnlySpan<byte> payload,
        ChainReceipt? receipt = null
    )
    {
        var texts = (world.Length + stream.Length + kind.Length + actor.Id.Length + actor.Office.Length + (actor.For?.Length ?? 0)) * 3;
        var size =
            Length
            + texts
            + (7 * sizeof(int))
            + (2 * sizeof(long))
            + 16
            + payload.Length
            + (((receipt?.Late?.Length ?? 0) * 3) + sizeof(long) + (2 * sizeof(int)) + CommandDigest.Length);
        var rented = ArrayPool<byte>.Shared.Rent(size);
        try
        {
            var buffer = rented.AsSpan();
            previous.CopyTo(buffer);
            var used = Length;
            used += Text(buffer[used..], world);
            used += Text(buffer[used..], stream);
            BinaryPrimitives.WriteInt64BigEndian(buffer[used..], version);
            BinaryPrimitives.WriteInt64BigEndian(buffer[(used + 8)..], at.UtcTicks);
            used += 16;
            used += Text(buffer[used..], kind);
            used += Text(buffer[used..], actor.Id);
            used += Text(buffer[used..], actor.Office);
            used += Text(buffer[used..], actor.For ?? "");
            commandId.TryWriteBytes(buffer[used..], bigEndian: true, out _);
            used += 16;
            BinaryPrimitives.WriteInt32BigEndian(buffer[used..], payload.Length);
            payload.CopyTo(buffer[(used + sizeof(int))..]);
            used += sizeof(int) + payload.Length;
            used += receipt is { } more ? Receipt(buffer[used..], more) : 0;
            var hash = new byte[Length];
            Sha256(buffer[..used], hash);
            return hash;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>The hash that a stored record should have, given the one before it.</summary>
    public static byte[] Of(JournalRecord record, ReadOnlySpan<byte> previous) =>
        Next(
            previous: previous,
            world: record.World,
            stream: record.Stream,
            version: record.Version,
            at: record.At,
            kind: record.Kind,
            actor: new Actor(record.ActorId, record.ActorOffice, record.ActorFor),
            commandId: record.CommandId,
            payload: record.Payload.Span,
            receipt: record.ReceivedAt is { } received ? new ChainReceipt(received, record.Late, record.Digest) : null
        );

    /// <param name="to">Room for <see cref="Length"/> bytes.</param>
    internal static void Sha256(ReadOnlySpan<byte> of, Span<byte> to)
    {
        var hash = sha ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(of);
        hash.GetHashAndReset(to);
    }

    private static int Receipt(Span<byte> buffer, in ChainReceipt receipt)
    {
        BinaryPrimitives.WriteInt64BigEndian(buffer, receipt.At.UtcTicks);
        var used = sizeof(long) + Text(buffer[sizeof(long)..], receipt.Late ?? "");
        var length = receipt.Digest is null ? 0 : CommandDigest.Length;
        BinaryPrimitives.WriteInt32BigEndian(buffer[used..], length);
        used += sizeof(int);
        receipt.Digest?.Write(buffer[used..]);
        return used + length;
    }

    private static int Text(Span<byte> buffer, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text, buffer[sizeof(int)..]);
        BinaryPrimitives.WriteInt32BigEndian(buffer, bytes);
        return sizeof(int) + bytes;
    }
}

/// <summary>What a record keeps of its receipt, as the chain covers it.</summary>
public readonly record struct ChainReceipt(DateTimeOffset At, string? Late, CommandDigest? Digest);
