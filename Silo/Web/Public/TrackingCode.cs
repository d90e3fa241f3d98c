using System.Security.Cryptography;
using System.Text;

namespace TownReform.Silo.Web.Public;

/// <summary>
/// The code that stands beside a case's number on its receipt (查询码): who has it may see where the case stands, and nobody else can guess
/// it from the number. It follows from the hash of the first record, so that nothing more is kept.
/// </summary>
public static class TrackingCode
{
    /// <summary>Letters of a code: 40 bits.</summary>
    public const int Length = 8;

    // No letter or digit that looks like another.
    private const string Letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    /// <param name="firstHash">Hash of the case's first record, lower-case hex.</param>
    public static string Of(string firstHash)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes($"track:{firstHash}"));
        return string.Create(
            Length,
            bytes,
            static (code, bytes) =>
            {
                for (var i = 0; i < code.Length; i++)
                {
                    code[i] = Letters[bytes[i] & 31];
                }
            }
        );
    }

    /// <summary>Whether somebody typed the code; spaces, dashes and lower case don't matter, and it takes as long for any.</summary>
    public static bool Is(string? typed, string firstHash)
    {
        var read = new string([.. (typed ?? "").Where(char.IsAsciiLetterOrDigit).Take(Length + 1)]).ToUpperInvariant();
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(read), Encoding.ASCII.GetBytes(Of(firstHash)));
    }
}
