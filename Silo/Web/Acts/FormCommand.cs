using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace TownReform.Silo.Web.Acts;

/// <summary>
/// Which command a form is: it carries a key from the moment when it is shown, so that a double click, the back button or a page that is
/// sent again makes one record; and the version of the case that was seen, so that nobody decides on a page that has aged.
/// </summary>
/// <param name="Key">Key of the command; with the account it makes the command's id.</param>
/// <param name="Version">Version of the case that was shown; null where there was none yet.</param>
public sealed record FormCommand(string Key, long? Version)
{
    public const string KeyName = "command",
        VersionName = "version";

    private const int KeyBytes = 16,
        LongestKey = 64;

    /// <summary>That of a form which is shown for the first time.</summary>
    public static FormCommand New(long? version = null) => new(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(KeyBytes)), version);

    /// <summary>That of a form which was sent; null when it carries no key that a page could have given it.</summary>
    public static FormCommand? Of(IFormCollection sent) =>
        sent[KeyName] is [{ Length: > 0 and <= LongestKey } key] && key.All(char.IsAsciiHexDigit)
            ? new(key, long.TryParse(sent[VersionName], NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null)
            : null;
}
