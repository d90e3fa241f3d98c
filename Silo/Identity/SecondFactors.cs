using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OtpNet;
using TownReform.Silo.Identity.Storage;

namespace TownReform.Silo.Identity;

/// <summary>One-time codes of an authenticator (TOTP, RFC 6238), and the recovery codes for when it is lost. None serves twice.</summary>
internal sealed class SecondFactors(SecondFactorStore store, SessionStore used, TimeProvider time)
{
    private const int RecoveryCodes = 8;

    private const string Issuer = "TownReform";

    /// <summary>Without those that look alike.</summary>
    private const string Letters = "23456789abcdefghjkmnpqrstuvwxyz";

    /// <summary>A new secret for an authenticator, base 32.</summary>
    public static string NewKey() => Base32Encoding.ToString(RandomNumberGenerator.GetBytes(20));

    /// <summary>What the picture holds that an authenticator reads.</summary>
    public static string Address(Account account, string key) =>
        $"otpauth://totp/{Issuer}:{Uri.EscapeDataString(account.SignInName)}?secret={key}&issuer={Issuer}";

    /// <summary>Whether a code is one of the account's, not used before: of the authenticator, or a recovery code.</summary>
    public async Task<bool> IsAsync(StoredAccount account, string code) =>
        account is { TotpOn: true, TotpKey: { } key }
        && (await IsOfKeyAsync(account.Id, key, code) || await store.RedeemAsync(account.Id, Hash(Plain(code))));

    /// <summary>Whether a code is an authenticator's, within half a minute before or after.</summary>
    public async Task<bool> IsOfKeyAsync(string account, string key, string code)
    {
        var now = time.GetUtcNow();
        var digits = string.Concat(code.Where(char.IsAsciiDigit));
        return new Totp(Base32Encoding.ToBytes(key)).VerifyTotp(now.UtcDateTime, digits, out var step, new VerificationWindow(1, 1))
            && await used.UseCodeAsync(account, $"totp-{step.ToString(CultureInfo.InvariantCulture)}", now);
    }

    /// <summary>Asks for codes of an authenticator from now on; earlier recovery codes count no more.</summary>
    /// <returns>The recovery codes, which are shown this once.</returns>
    public async Task<ImmutableArray<string>> TurnOnAsync(string account, string key)
    {
        ImmutableArray<string> codes = [.. Enumerable.Range(0, RecoveryCodes).Select(_ => NewRecoveryCode())];
        await store.SetAsync(account, key, [.. codes.Select(code => Hash(Plain(code)))]);
        return codes;
    }

    public Task TurnOffAsync(string account) => store.SetAsync(account, null, []);

    private static string NewRecoveryCode()
    {
        var letters = RandomNumberGenerator.GetString(Letters, 16);
        return $"{letters[..4]}-{letters[4..8]}-{letters[8..12]}-{letters[12..]}";
    }

    private static string Plain(string code) => string.Concat(code.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    private static string Hash(string code) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(code)));
}
