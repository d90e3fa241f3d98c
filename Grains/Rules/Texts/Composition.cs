using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace TownReform.Grains.Rules.Texts;

/// <summary>
/// Canonical composition, Unicode's form C (UAX #15): one writing for what looks the same and was typed in several ways, such as é as one
/// character or as e and an accent.
/// </summary>
public static class Composition
{
    // Korean syllables are reckoned from their letters (The Unicode Standard, 3.12).
    private const int Syllables = 0xAC00,
        Leads = 0x1100,
        Vowels = 0x1161,
        Tails = 0x11A7,
        LeadCount = 19,
        VowelCount = 21,
        TailCount = 28;
    private const int SyllableCount = LeadCount * VowelCount * TailCount;

    private static readonly Lazy<Tables> Data = new(Tables.Read);

    /// <summary>The text in form C. Unpaired surrogates become U+FFFD.</summary>
    public static string Compose(string text)
    {
        var (tables, runes) = (Data.Value, new List<int>(text.Length));
        foreach (var rune in text.EnumerateRunes())
        {
            Decompose(rune.Value, tables, runes);
        }

        Order(runes, tables);
        Join(runes, tables);
        var composed = new StringBuilder(runes.Count);
        foreach (var rune in runes)
        {
            composed.Append(new Rune(rune).ToString());
        }

        return composed.ToString();
    }

    private static void Decompose(int rune, Tables tables, List<int> to)
    {
        if (rune - Syllables is >= 0 and < SyllableCount and var syllable)
        {
            to.Add(Leads + (syllable / (VowelCount * TailCount)));
            to.Add(Vowels + (syllable % (VowelCount * TailCount) / TailCount));
            if (syllable % TailCount > 0)
            {
                to.Add(Tails + (syllable % TailCount));
            }
        }
        else if (tables.Parts.TryGetValue(rune, out var parts))
        {
            foreach (var part in parts)
            {
                Decompose(part, tables, to);
            }
        }
        else
        {
            to.Add(rune);
        }
    }

    // Marks that don't touch each other come in the order of their classes. Stable: marks of one class keep theirs.
    private static void Order(List<int> runes, Tables tables)
    {
        for (var begin = 0; begin < runes.Count; begin++)
        {
            var end = begin;
            while (end < runes.Count && tables.Class(runes[end]) > 0)
            {
                end++;
            }

            if (end - begin > 1)
            {
                var ordered = runes.GetRange(begin, end - begin).OrderBy(tables.Class).ToArray();
                for (var i = 0; i < ordered.Length; i++)
                {
                    runes[begin + i] = ordered[i];
                }
            }

            begin = Math.Max(begin, end);
        }
    }

    private static void Join(List<int> runes, Tables tables)
    {
        var (starter, kept, blocked) = (-1, 0, 0);
        for (var i = 0; i < runes.Count; i++)
        {
            var (rune, order) = (runes[i], tables.Class(runes[i]));
            var adjacent = starter >= 0 && kept == starter + 1;
            if (starter >= 0 && (adjacent || (blocked < order && blocked > 0)) && Pair(runes[starter], rune, tables) is { } composed)
            {
                runes[starter] = composed;
                continue;
            }

            if (order == 0)
            {
                starter = kept;
            }

            blocked = order;
            runes[kept++] = rune;
        }

        runes.RemoveRange(kept, runes.Count - kept);
    }

    private static int? Pair(int first, int second, Tables tables)
    {
        if (first - Leads is >= 0 and < LeadCount and var lead && second - Vowels is >= 0 and < VowelCount and var vowel)
        {
            return Syllables + (((lead * VowelCount) + vowel) * TailCount);
        }

        if (
            first - Syllables is >= 0 and < SyllableCount and var syllable
            && syllable % TailCount == 0
            && second - Tails is > 0 and < TailCount and var tail
        )
        {
            return first + tail;
        }

        return tables.Pairs.TryGetValue(((long)first << 32) | (uint)second, out var composed) ? composed : null;
    }

    private sealed record Tables(FrozenDictionary<int, int[]> Parts, FrozenDictionary<long, int> Pairs, FrozenDictionary<int, int> Classes)
    {
        public int Class(int rune) => Classes.GetValueOrDefault(rune);

        public static Tables Read()
        {
            var (parts, pairs, classes) = (new Dictionary<int, int[]>(), new Dictionary<long, int>(), new Dictionary<int, int>());
            foreach (var entry in Entries(CompositionData.Decompositions))
            {
                var sign = entry.AsSpan().IndexOfAny('=', '!');
                var (whole, into) = (Hex(entry[..sign]), entry[(sign + 1)..].Split(' ').Select(Hex).ToArray());
                parts.Add(whole, into);
                if (into.Length == 2 && entry[sign] == '=')
                {
                    pairs.Add(((long)into[0] << 32) | (uint)into[1], whole);
                }
            }

            foreach (var entry in Entries(CompositionData.Classes))
            {
                var (range, order) = (
                    entry[..entry.IndexOf(':')].Split('-'),
                    int.Parse(entry[(entry.IndexOf(':') + 1)..], CultureInfo.InvariantCulture)
                );
                for (var rune = Hex(range[0]); rune <= Hex(range[^1]); rune++)
                {
                    classes.Add(rune, order);
                }
            }

            return new(parts.ToFrozenDictionary(), pairs.ToFrozenDictionary(), classes.ToFrozenDictionary());
        }

        private static string[] Entries(string data) =>
            data.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

        private static int Hex(string text) => int.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
    }
}
