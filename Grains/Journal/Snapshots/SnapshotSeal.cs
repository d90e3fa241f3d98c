using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace TownReform.Grains.Journal.Snapshots;

/// <summary>
/// The code by which a world knows its own snapshots: HMAC-SHA256 with a key that stands beside the record, over the stream, the schema,
/// the version, that record's hash and the state. Who can write where snapshots are kept can't make one, change one, or pass one stream's
/// off as another's; an older one is true all the same, since the records after it are replayed.
/// </summary>
internal static class SnapshotSeal
{
    public static byte[] Of(byte[] key, string world, string stream, Snapshot snapshot)
    {
        using var code = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        Span<byte> number = stackalloc byte[12];
        foreach (var text in new[] { world, stream })
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            BinaryPrimitives.WriteInt32BigEndian(number, bytes.Length);
            code.AppendData(number[..4]);
            code.AppendData(bytes);
        }

        BinaryPrimitives.WriteInt32BigEndian(number, snapshot.Schema);
        BinaryPrimitives.WriteInt64BigEndian(number[4..], snapshot.Version);
        code.AppendData(number);
        code.AppendData(SHA256.HashData(snapshot.Hash));
        code.AppendData(snapshot.State);
        return code.GetHashAndReset();
    }

    public static bool IsOn(byte[] key, string world, string stream, Snapshot snapshot) =>
        snapshot.Seal is { } seal && CryptographicOperations.FixedTimeEquals(seal, Of(key, world, stream, snapshot));
}
