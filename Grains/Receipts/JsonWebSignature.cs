using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace TownReform.Grains.Receipts;

/// <summary>JSON Web Signatures (RFC 7515) in compact form, with ES256 (ECDSA on P-256, SHA-256) and nothing else: what the head says of
/// the algorithm can't choose another.</summary>
internal static class JsonWebSignature
{
    /// <summary>Of anything that is taken for one.</summary>
    public const int Longest = 8192;

    private const string Algorithm = "ES256";

    /// <param name="type">What kind of thing it is, such as <c>receipt+jws</c>: a signature of one kind is none of another.</param>
    public static string Sign(SigningKey key, string type, ReadOnlySpan<byte> payload)
    {
        var head = JsonSerializer.SerializeToUtf8Bytes(new JwsHead(Algorithm, key.Id, type), ReceiptJson.Default.JwsHead);
        var signed = $"{Base64Url.EncodeToString(head)}.{Base64Url.EncodeToString(payload)}";
        var signature = key.Private.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256);
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    /// <returns>Null for what is none of that type.</returns>
    public static ReadSignature? Read(string text, string type)
    {
        if (text.Length > Longest || text.Split('.') is not [var head, var payload, var signature])
        {
            return null;
        }

        try
        {
            return
                JsonSerializer.Deserialize(Base64Url.DecodeFromChars(head), ReceiptJson.Default.JwsHead)
                    is { Alg: Algorithm, Kid: { Length: > 0 } key } read
                && read.Typ == type
                ? new ReadSignature(
                    key,
                    Base64Url.DecodeFromChars(payload),
                    Encoding.ASCII.GetBytes($"{head}.{payload}"),
                    Base64Url.DecodeFromChars(signature)
                )
                : null;
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return null;
        }
    }
}

/// <param name="Key">Id of the key that it names.</param>
/// <param name="Signed">The bytes that were signed.</param>
internal sealed record ReadSignature(string Key, byte[] Payload, byte[] Signed, byte[] Signature);

internal sealed record JwsHead(string Alg, string Kid, string Typ);
