using System.Globalization;

namespace TownReform.Silo.Web.Public;

/// <summary>Numbers that stand on papers of a town, as people type them.</summary>
internal static class Certificates
{
    private const int Longest = 60;

    /// <summary>Between a full-width sign and its plain one.</summary>
    private const int FullWidth = '！' - '!';

    /// <summary>The case that a number is of: its own, or of one of its documents (<c>YD00000001-3</c>); null for any other.</summary>
    public static string? CaseOf(string typed)
    {
        var number = Plain(typed).ToUpperInvariant();
        if (number.Split('-') is [var before, { Length: > 0 and <= 9 } record] && record.All(char.IsAsciiDigit))
        {
            number = before;
        }

        // The town's letters and a count; a certificate's number has words in it.
        return number is [>= 'A' and <= 'Z', .., >= '0' and <= '9'] && number.All(char.IsAsciiLetterOrDigit) ? number : null;
    }

    /// <summary>A certificate's number as printed, with year in tortoise-shell brackets: people type others, and blanks.</summary>
    public static string Normal(string typed) =>
        Plain(typed).Replace('[', '〔').Replace('(', '〔').Replace('【', '〔').Replace(']', '〕').Replace(')', '〕').Replace('】', '〕');

    // Full-width signs and digits as plain ones, and nothing that can't be seen. By hand: the process knows no other culture's tables.
    private static string Plain(string typed)
    {
        var cut = typed.Length > Longest ? typed[..Longest] : typed;
        return string.Concat(
            cut.Where(static sign => !IsUnseen(sign)).Select(static sign => sign is >= '！' and <= '～' ? (char)(sign - FullWidth) : sign)
        );
    }

    private static bool IsUnseen(char sign) =>
        char.IsControl(sign)
        || char.IsWhiteSpace(sign)
        || char.GetUnicodeCategory(sign) is UnicodeCategory.Format or UnicodeCategory.Surrogate;
}
