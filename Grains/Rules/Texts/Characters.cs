using System.Buffers;
using System.Globalization;
using System.Text;

namespace TownReform.Grains.Rules.Texts;

/// <summary>Which characters no text may hold, and how they are shown where an old record holds them.</summary>
public static class Characters
{
    private const int FirstOfIdeographicPlanes = 0x20000,
        LastOfIdeographicPlanes = 0x3FFFD;

    // Not control characters by their category, and yet nothing is seen of them: fillers, joiners, marks that choose a glyph.
    private static readonly SearchValues<char> Unseen = SearchValues.Create(
        "\u034F\u115F\u1160\u17B4\u17B5\u180B\u180C\u180D\u180F"
            + "\u2800\u3164\uFFA0\uFE00\uFE01\uFE02\uFE03\uFE04\uFE05"
            + "\uFE06\uFE07\uFE08\uFE09\uFE0A\uFE0B\uFE0C\uFE0D\uFE0E\uFE0F\uFFFC\uFFFD"
    );

    /// <summary>The first character that a text may not hold.</summary>
    public static ForbiddenCharacter? FindForbidden(ReadOnlySpan<char> text)
    {
        for (var (at, place) = (0, 1); at < text.Length; place++)
        {
            if (Rune.DecodeFromUtf16(text[at..], out var rune, out var length) != OperationStatus.Done)
            {
                return new(text[at], place, ForbiddenSort.Unpaired);
            }

            if (SortOf(rune) is { } sort)
            {
                return new(rune.Value, place, sort);
            }

            at += length;
        }

        return null;
    }

    /// <summary>A text as it can be shown anywhere: what can't be seen, or would act on a terminal, is written out as
    /// <c>⟨U+001B⟩</c>.</summary>
    public static string Harmless(string text)
    {
        if (FindForbidden(text) is null)
        {
            return text;
        }

        var shown = new StringBuilder(text.Length + 16);
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            var whole = Rune.DecodeFromUtf16(rest, out var rune, out var length) == OperationStatus.Done;
            if (whole && SortOf(rune) is null)
            {
                shown.Append(rest[..length]);
            }
            else
            {
                shown.Append(CultureInfo.InvariantCulture, $"⟨U+{(whole ? rune.Value : rest[0]):X4}⟩");
            }

            rest = rest[length..];
        }

        return shown.ToString();
    }

    /// <summary>What somebody sent, as a message may repeat it: harmless, and of a long one only the beginning.</summary>
    public static string Told(string? text)
    {
        var beginning = text is { Length: > MostTold } ? text[..MostTold] + "…" : text ?? "";
        return Harmless(beginning);
    }

    /// <summary>Full-width letters, digits and signs as those of ASCII; the wide blank as a blank.</summary>
    public static string NormalWidth(string text) =>
        !text.AsSpan().ContainsAnyInRange('\uFF01', '\uFF5E')
            ? text
            : string.Create(
                text.Length,
                text,
                static (to, from) =>
                {
                    for (var i = 0; i < from.Length; i++)
                    {
                        to[i] = from[i] is >= '\uFF01' and <= '\uFF5E' ? (char)(from[i] - '\uFF01' + '!') : from[i];
                    }
                }
            );

    /// <summary>Blanks of any width as the one of ASCII.</summary>
    internal static string Blanks(string text) =>
        !text.Any(IsOddBlank)
            ? text
            : string.Create(
                text.Length,
                text,
                static (to, from) =>
                {
                    for (var i = 0; i < from.Length; i++)
                    {
                        to[i] = IsOddBlank(from[i]) ? ' ' : from[i];
                    }
                }
            );

    private static bool IsOddBlank(char c) => c > ' ' && char.GetUnicodeCategory(c) == UnicodeCategory.SpaceSeparator;

    private static ForbiddenSort? SortOf(Rune rune)
    {
        if (rune.IsAscii)
        {
            return rune.Value is >= ' ' and <= '~' ? null : ForbiddenSort.Control;
        }

        return (rune.IsBmp && Unseen.Contains((char)rune.Value)) || rune.Value is >= 0xE0100 and <= 0xE01EF
            ? ForbiddenSort.Unseen
            : Rune.GetUnicodeCategory(rune) switch
            {
                UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => ForbiddenSort.Control,
                UnicodeCategory.Format => IsDirection(rune.Value) ? ForbiddenSort.Direction : ForbiddenSort.Unseen,
                UnicodeCategory.PrivateUse => ForbiddenSort.Private,
                UnicodeCategory.Surrogate => ForbiddenSort.Unpaired,

                // Rare Chinese characters are still being added there, and people are named with them.
                UnicodeCategory.OtherNotAssigned => rune.Value is >= FirstOfIdeographicPlanes and <= LastOfIdeographicPlanes
                && (rune.Value & 0xFFFE) != 0xFFFE
                    ? null
                    : ForbiddenSort.Unassigned,
                _ => null,
            };
    }

    private static bool IsDirection(int rune) =>
        rune is 0x061C or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);

    private const int MostTold = 60;
}

/// <summary>A character that no text may hold.</summary>
/// <param name="Code">Its number in Unicode.</param>
/// <param name="Place">Which character of the text it is, from 1.</param>
public readonly record struct ForbiddenCharacter(int Code, int Place, ForbiddenSort Sort);

/// <summary>Why a character is forbidden.</summary>
public enum ForbiddenSort
{
    Control = 1,
    Direction = 2,
    Unseen = 3,
    Unpaired = 4,
    Private = 5,
    Unassigned = 6,
}
