using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace TownReform.Grains.Journal;

/// <summary>
/// What a command said, in 16 bytes: the version of the form (1), then the first 15 bytes of a SHA-256 over it. Recorded with each command
/// of a client, so that the same id with other content is told from a command that is sent again. A cryptographic hash, because whoever can
/// make another command with the digest of somebody's would be told that one's answer: 2^120 attempts for a given digest.
/// </summary>
/// <remarks>
/// The form: actor id, office, on whose behalf, the act, then its values, each in UTF-8 behind its length (4 bytes, big endian). The moment
/// is no part of it: who sends a command again may stamp it anew. Of a late entry it is, with reason and paper: there the moment is what is
/// said.
/// </remarks>
public readonly record struct CommandDigest
{
    /// <summary>Bytes of a digest.</summary>
    public const int Length = 16;

    private const byte Form = 1;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? buffer;

    private readonly UInt128 value;

    /// <param name="stored">As <see cref="Write"/> wrote it.</param>
    /// <exception cref="FormatException">Another length.</exception>
    public CommandDigest(ReadOnlySpan<byte> stored) =>
        value =
            stored.Length == Length
                ? BinaryPrimitives.ReadUInt128BigEndian(stored)
                : throw new FormatException($"A digest has {Length} bytes, not {stored.Length}.");

    /// <summary>The digest of an act on a case.</summary>
    public static CommandDigest Of(ActOnCase command)
    {
        var said = Begin(command.Stamp, command.Act);
        Put(said, command.Fields);
        return End(said);
    }

    /// <summary>The digest of a case's opening.</summary>
    public static CommandDigest Of(OpenCase command)
    {
        var said = Begin(command.Stamp, "open");
        Put(said, command.Town);
        Put(said, command.Procedure);
        Put(said, command.Subject);
        Put(said, command.Party?.Id);
        Put(said, command.Party?.Name);
        Put(said, command.Party is { Organisation: true } ? "organisation" : "person");
        Put(said, command.Green ? "green" : "");
        Put(said, command.Fields);
        return End(said);
    }

    /// <summary>The digest of any other command.</summary>
    /// <param name="values">All that it says beside who and when; text that is the same for the same content.</param>
    public static CommandDigest Of(Stamp stamp, string act, params ReadOnlySpan<string?> values)
    {
        var said = Begin(stamp, act);
        foreach (var one in values)
        {
            Put(said, one);
        }

        return End(said);
    }

    /// <param name="to">Room for <see cref="Length"/> bytes.</param>
    public void Write(Span<byte> to) => BinaryPrimitives.WriteUInt128BigEndian(to, value);

    public byte[] ToArray()
    {
        var bytes = new byte[Length];
        Write(bytes);
        return bytes;
    }

    public override string ToString() => value.ToString("x32", System.Globalization.CultureInfo.InvariantCulture);

    private static ArrayBufferWriter<byte> Begin(Stamp stamp, string act)
    {
        var said = buffer ??= new ArrayBufferWriter<byte>(1024);
        said.ResetWrittenCount();
        Put(said, stamp.Actor.Id);
        Put(said, stamp.Actor.Office);
        Put(said, stamp.Actor.For);
        Put(said, act);
        if (stamp.Late is { } late)
        {
            Put(said, late.Reason);
            Put(said, late.Paper);
            BinaryPrimitives.WriteInt64BigEndian(said.GetSpan(sizeof(long)), stamp.At.UtcTicks);
            said.Advance(sizeof(long));
        }

        return said;
    }

    private static CommandDigest End(ArrayBufferWriter<byte> said)
    {
        Span<byte> hash = stackalloc byte[HashChain.Length];
        HashChain.Sha256(said.WrittenSpan, hash);

        // A long command's room is not kept for ever.
        if (said.Capacity > 1 << 16)
        {
            buffer = null;
        }

        Span<byte> digest = stackalloc byte[Length];
        digest[0] = Form;
        hash[..(Length - 1)].CopyTo(digest[1..]);
        return new CommandDigest(digest);
    }

    // The order of fields says nothing, so it is not content.
    private static void Put(ArrayBufferWriter<byte> said, System.Collections.Immutable.ImmutableArray<Field> fields)
    {
        var sent = fields.IsDefault ? [] : fields.AsSpan();
        if (!InOrder(sent))
        {
            sent = sent.ToArray().OrderBy(f => f.Name, StringComparer.Ordinal).ThenBy(f => f.Value, StringComparer.Ordinal).ToArray();
        }

        foreach (var field in sent)
        {
            Put(said, field.Name);
            Put(said, field.Value);
        }
    }

    private static bool InOrder(ReadOnlySpan<Field> fields)
    {
        for (var i = 1; i < fields.Length; i++)
        {
            if (string.CompareOrdinal(fields[i - 1].Name, fields[i].Name) >= 0)
            {
                return false;
            }
        }

        return true;
    }

    // None and an empty text are told apart: another length stands before them.
    private static void Put(ArrayBufferWriter<byte> said, string? text)
    {
        var length = text is null ? -1 : Encoding.UTF8.GetByteCount(text);
        BinaryPrimitives.WriteInt32BigEndian(said.GetSpan(sizeof(int)), length);
        said.Advance(sizeof(int));
        if (length > 0)
        {
            Encoding.UTF8.GetBytes(text, said.GetSpan(length));
            said.Advance(length);
        }
    }
}
