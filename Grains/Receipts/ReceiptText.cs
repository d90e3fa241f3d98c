using System.Globalization;
using System.Text.Json;
using TownReform.Grains.Rules.Texts;

namespace TownReform.Grains.Receipts;

/// <summary>A receipt as it is handed out: a signature (JWS) over JSON of <c>v, case, version, hash, writer, commit, root, at,
/// practice</c>; what would be 0 or false isn't there.</summary>
public static class ReceiptText
{
    internal const string Type = "receipt+jws";

    private const int Form = 1,
        LongestNumber = 64;

    internal static SignedReceipt Sign(Receipt receipt, SigningKey key)
    {
        var content = new SignedContent(
            V: Form,
            Case: receipt.Case,
            Version: receipt.Version,
            Hash: receipt.Hash,
            Writer: receipt.Writer == 0 ? null : receipt.Writer,
            Commit: receipt.Commit,
            Root: receipt.Root,
            At: receipt.At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
            Practice: receipt.Practice ? true : null
        );
        return new SignedReceipt(
            JsonWebSignature.Sign(key, Type, JsonSerializer.SerializeToUtf8Bytes(content, ReceiptJson.Default.SignedContent)),
            receipt,
            key.Id,
            ReceiptWords.Of(receipt.Case, receipt.Version, receipt.Hash)
        );
    }

    /// <summary>Reads a receipt and checks its signature; the record is not looked at.</summary>
    /// <param name="text">The JWS, or JSON with it as <c>signed</c>; blanks around it don't count.</param>
    public static ReceiptVerdict Read(string text, PublicKeys keys) =>
        JsonWebSignature.Read(Bare(text), Type) is not { } signature ? new(null, null, [ReceiptFindings.Unreadable()])
        : !keys.Has(signature.Key) ? new(null, signature.Key, [ReceiptFindings.KeyUnknown(signature.Key)])
        : !keys.Verify(signature) ? new(null, signature.Key, [ReceiptFindings.SignatureWrong()])
        : Content(signature.Payload) is { } receipt ? new(receipt, signature.Key, [])
        : new(null, signature.Key, [ReceiptFindings.Unreadable()]);

    // Somebody who keeps the API's answer has it in JSON.
    private static string Bare(string text)
    {
        var trimmed = text.Trim();
        if (!trimmed.StartsWith('{') || trimmed.Length > JsonWebSignature.Longest * 2)
        {
            return trimmed;
        }

        try
        {
            using var json = JsonDocument.Parse(trimmed);
            return json.RootElement.TryGetProperty("signed", out var signed) && signed.ValueKind == JsonValueKind.String
                ? signed.GetString()!.Trim()
                : trimmed;
        }
        catch (JsonException)
        {
            return trimmed;
        }
    }

    private static Receipt? Content(byte[] payload)
    {
        try
        {
            return
                JsonSerializer.Deserialize(payload, ReceiptJson.Default.SignedContent)
                    is { V: Form, Version: > 0, Commit: > 0, Case: { Length: > 0 and <= LongestNumber } number } it
                && TextRules.IsStreamAsked($"case/{number}")
                && IsHash(it.Hash)
                && IsHash(it.Root)
                && DateTimeOffset.TryParse(it.At, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
                ? new Receipt(
                    Case: number,
                    Version: it.Version,
                    Hash: it.Hash,
                    Commit: it.Commit,
                    Root: it.Root,
                    At: at,
                    Writer: it.Writer ?? 0,
                    Practice: it.Practice ?? false
                )
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool IsHash(string? text) => text is { Length: 64 } && text.All(char.IsAsciiHexDigitLower);
}

internal sealed record SignedContent(
    int V,
    string Case,
    long Version,
    string Hash,
    long? Writer,
    long Commit,
    string Root,
    string At,
    bool? Practice
);
