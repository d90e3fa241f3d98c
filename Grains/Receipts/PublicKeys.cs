using System.Buffers.Text;
using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text.Json;

namespace TownReform.Grains.Receipts;

/// <summary>Public keys by which signatures are checked: a JSON Web Key Set (RFC 7517). Whoever keeps it elsewhere need not believe what
/// the town says of its keys later.</summary>
public sealed class PublicKeys
{
    private const string Curve = "P-256",
        Kind = "EC";

    private readonly FrozenDictionary<string, JsonWebKey> keys;

    private PublicKeys(IEnumerable<JsonWebKey> keys) =>
        this.keys = keys.DistinctBy(key => key.Kid).ToFrozenDictionary(key => key.Kid, StringComparer.Ordinal);

    public static PublicKeys Of(IEnumerable<StoredKey> stored) =>
        new(stored.Select(key => new JsonWebKey(Kty: Kind, Crv: Curve, X: key.X, Y: key.Y, Kid: key.Id, Use: "sig", Alg: "ES256")));

    /// <summary>How many there are.</summary>
    public int Count => keys.Count;

    public string Json =>
        JsonSerializer.Serialize(
            new JsonWebKeySet([.. keys.Values.OrderBy(key => key.Kid, StringComparer.Ordinal)]),
            ReceiptJson.Default.JsonWebKeySet
        );

    /// <returns>Null for what is no key set, or has none of these keys. Keys of other kinds are left out; an id counts only when it is the
    /// key's thumbprint, so that nobody can put another key under a known name.</returns>
    public static PublicKeys? Read(string json)
    {
        try
        {
            var set = JsonSerializer.Deserialize(json, ReceiptJson.Default.JsonWebKeySet);
            JsonWebKey[] own =
            [
                .. (set?.Keys ?? []).Where(key =>
                    key is { Kty: Kind, Crv: Curve, X: not null, Y: not null } && new StoredKey(key.X, key.Y, default, null).Id == key.Kid
                ),
            ];
            return own.Length > 0 ? new PublicKeys(own) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public bool Has(string id) => keys.ContainsKey(id);

    /// <summary>Whether the key of that id signed it.</summary>
    internal bool Verify(ReadSignature signature)
    {
        try
        {
            if (!keys.TryGetValue(signature.Key, out var key))
            {
                return false;
            }

            using var verifier = ECDsa.Create(
                new ECParameters
                {
                    Curve = ECCurve.NamedCurves.nistP256,
                    Q = { X = Base64Url.DecodeFromChars(key.X), Y = Base64Url.DecodeFromChars(key.Y) },
                }
            );
            return verifier.VerifyData(signature.Signed, signature.Signature, HashAlgorithmName.SHA256);
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return false;
        }
    }
}

internal sealed record JsonWebKeySet(IReadOnlyList<JsonWebKey> Keys);

internal sealed record JsonWebKey(string Kty, string Crv, string X, string Y, string Kid, string Use, string Alg);
