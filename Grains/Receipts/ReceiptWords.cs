using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace TownReform.Grains.Receipts;

/// <summary>
/// A record as 24 words, for two people to compare by telephone: SHA-256 of <c>townreform receipt 1</c>, case, version and record hash,
/// each on a line, and eight more bits by which a misheard word shows. They are a function of the record alone, so that anybody who has the
/// record can say them.
/// </summary>
/// <remarks>The 2,048 words are made by rule and mean nothing: two open syllables, which a speaker of Chinese and one of English can both
/// say, the first of 16 consonants and 4 vowels, the second of 8 and 4.</remarks>
public static class ReceiptWords
{
    public const int Count = 24;

    private const int BitsOfAWord = 11,
        Bytes = 33;

    private const string First = "bdfghjklmnprstvz",
        Second = "dfklmnst",
        Vowels = "aiou";

    public static ImmutableArray<string> Of(string number, long version, string hash)
    {
        Span<byte> bits = stackalloc byte[Bytes];
        SHA256.HashData(
            Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"townreform receipt 1\n{number}\n{version}\n{hash}\n")),
            bits
        );
        bits[32] = Check(bits[..32]);
        var words = ImmutableArray.CreateBuilder<string>(Count);
        for (var n = 0; n < Count; n++)
        {
            words.Add(Word(Bits(bits, n * BitsOfAWord)));
        }

        return words.MoveToImmutable();
    }

    /// <summary>Reads words that somebody has typed, in any case and parted by anything but letters.</summary>
    /// <returns>Null when they aren't 24, one is none of these words, or the check bits say that one was misheard.</returns>
    public static ImmutableArray<string>? Read(string typed)
    {
        var words = new string([.. typed.ToLowerInvariant().Select(c => char.IsAsciiLetterLower(c) ? c : ' ')]).Split(
            ' ',
            StringSplitOptions.RemoveEmptyEntries
        );
        if (words.Length != Count)
        {
            return null;
        }

        Span<byte> bits = stackalloc byte[Bytes];
        for (var n = 0; n < Count; n++)
        {
            if (Number(words[n]) is not { } number)
            {
                return null;
            }

            for (var bit = 0; bit < BitsOfAWord; bit++)
            {
                var place = (n * BitsOfAWord) + bit;
                bits[place / 8] |= (byte)(((number >> (BitsOfAWord - 1 - bit)) & 1) << (7 - (place % 8)));
            }
        }

        return Check(bits[..32]) == bits[32] ? [.. words] : null;
    }

    private static string Word(int number) =>
        new([First[number >> 7], Vowels[(number >> 5) & 3], Second[(number >> 2) & 7], Vowels[number & 3]]);

    private static int? Number(string word) =>
        word.Length == 4
        && First.IndexOf(word[0], StringComparison.Ordinal) is >= 0 and var a
        && Vowels.IndexOf(word[1], StringComparison.Ordinal) is >= 0 and var b
        && Second.IndexOf(word[2], StringComparison.Ordinal) is >= 0 and var c
        && Vowels.IndexOf(word[3], StringComparison.Ordinal) is >= 0 and var d
            ? (a << 7) | (b << 5) | (c << 2) | d
            : null;

    private static int Bits(ReadOnlySpan<byte> bits, int from)
    {
        var number = 0;
        for (var place = from; place < from + BitsOfAWord; place++)
        {
            number = (number << 1) | ((bits[place / 8] >> (7 - (place % 8))) & 1);
        }

        return number;
    }

    private static byte Check(ReadOnlySpan<byte> digest) => SHA256.HashData(digest)[0];
}
