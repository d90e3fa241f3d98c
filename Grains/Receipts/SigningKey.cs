using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace TownReform.Grains.Receipts;

/// <summary>A key that signs.</summary>
/// <param name="Id">Thumbprint of its public half (RFC 7638).</param>
internal sealed record SigningKey(string Id, ECDsa Private);

/// <summary>A key as it is kept.</summary>
/// <param name="X">Of the public point, base64url.</param>
/// <param name="Y">Of the public point, base64url.</param>
/// <param name="Since">When it was made, UTC.</param>
/// <param name="Private">PKCS #8; null once another key signs: then only what it signed can still be checked.</param>
public sealed record StoredKey(string X, string Y, DateTimeOffset Since, byte[]? Private)
{
    public static StoredKey New(DateTimeOffset at)
    {
        using var made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var point = made.ExportParameters(includePrivateParameters: false).Q;
        return new StoredKey(Base64Url.EncodeToString(point.X), Base64Url.EncodeToString(point.Y), at, made.ExportPkcs8PrivateKey());
    }

    /// <summary>Thumbprint of the public half (RFC 7638): the members that count, in order of name, without blanks.</summary>
    public string Id =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes($$"""{"crv":"P-256","kty":"EC","x":"{{X}}","y":"{{Y}}"}""")));

    /// <summary>Ready to sign.</summary>
    /// <exception cref="CryptographicException">Its private half can't be read.</exception>
    internal SigningKey Open()
    {
        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(Private, out _);
        return new SigningKey(Id, key);
    }
}
