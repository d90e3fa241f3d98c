using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace TownReform.Silo.Identity;

/// <summary>What a browser carries from one step of a sign-in to the next: it can neither be read nor be made there, and holds for
/// minutes.</summary>
internal sealed class Sealed(IDataProtectionProvider provider)
{
    private static readonly TimeSpan Holds = TimeSpan.FromMinutes(10);

    private const char Separator = '\n';

    /// <param name="purpose">Of the step; what is sealed for one opens at no other.</param>
    public string Seal(string purpose, params string[] parts) =>
        Of(purpose).Protect(string.Join(Separator, parts.Select(Uri.EscapeDataString)), Holds);

    /// <returns>The parts; null when it was made elsewhere, for another step, or too long ago.</returns>
    public string[]? Open(string purpose, string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        try
        {
            return [.. Of(purpose).Unprotect(text).Split(Separator).Select(Uri.UnescapeDataString)];
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private ITimeLimitedDataProtector Of(string purpose) => provider.CreateProtector("identity", purpose).ToTimeLimitedDataProtector();
}
