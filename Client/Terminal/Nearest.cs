using TownReform.Grains.Rules.Texts;

namespace TownReform.Client.Terminal;

/// <summary>What somebody may have meant: codes with letters' case, width and missing zeros forgiven, and the nearest of those that there
/// are.</summary>
internal static class Nearest
{
    private const int Suggested = 3,
        Listed = 20;

    /// <summary>The code that was typed, perhaps in another writing (<c>yd-xk-1</c> for <c>YD-XK-001</c>); null when it is none, or could
    /// be two.</summary>
    public static string? Find(IEnumerable<string> codes, string typed) => Only(codes, typed, Plain);

    /// <summary>The code that was typed, perhaps in letters of another case or width; its zeros must stand. Null when it is none, or could
    /// be two.</summary>
    public static string? Same(IEnumerable<string> codes, string typed) => Only(codes, typed, Capitals);

    private static string? Only(IEnumerable<string> codes, string typed, Func<string, string> written)
    {
        var all = codes as IReadOnlyCollection<string> ?? [.. codes];
        if (all.Contains(typed))
        {
            return typed;
        }

        var plain = written(typed);
        var found = all.Where(code => written(code) == plain).Take(2).ToArray();
        return found.Length == 1 ? found[0] : null;
    }

    private static string Capitals(string code) => Characters.NormalWidth(code.Trim()).ToUpperInvariant();

    /// <summary>A message that something isn't known, with what may have been meant.</summary>
    public static CommandFailedException Unknown(Words what, IEnumerable<string> codes, string typed)
    {
        var all = codes.Distinct().ToArray();
        var near = Of(all, typed);
        return near.Length > 0
                ? CommandFailedException.BadInput(
                    $"{what.Zh}。您是否要找：{string.Join("、", near)}？",
                    $"{what.En}. Did you mean {string.Join(", ", near)}?"
                )
            : all.Length is > 0 and <= Listed
                ? CommandFailedException.BadInput(
                    $"{what.Zh}；现有：{string.Join("、", all.Order(StringComparer.Ordinal))}。",
                    $"{what.En}; there are: {string.Join(", ", all.Order(StringComparer.Ordinal))}."
                )
            : CommandFailedException.BadInput($"{what.Zh}。", $"{what.En}.");
    }

    /// <summary>The codes that are nearest to what was typed, nearest first; none when all are far.</summary>
    public static string[] Of(IEnumerable<string> codes, string typed)
    {
        var plain = Plain(typed);
        var most = Math.Max(1, plain.Length / 3);
        return
        [
            .. codes
                .Distinct()
                .Select(code => (code, far: Distance(Plain(code), plain)))
                .Where(c => c.far <= most)
                .OrderBy(c => c.far)
                .ThenBy(c => c.code, StringComparer.Ordinal)
                .Select(c => c.code)
                .Take(Suggested),
        ];
    }

    /// <summary>A case number as people type it: small letters, wide digits and missing zeros forgiven.</summary>
    /// <exception cref="CommandFailedException">Nothing was typed.</exception>
    public static string CaseNumber(string typed)
    {
        var plain = Capitals(typed);
        if (plain.Length == 0)
        {
            throw CommandFailedException.BadInput("案件编号不能为空。", "The number of the case must not be empty.");
        }

        var letters = plain.TakeWhile(char.IsAsciiLetter).Count();
        return
            letters > 0
            && letters < plain.Length
            && plain.AsSpan(letters).IndexOfAnyExceptInRange('0', '9') < 0
            && plain.Length - letters < CaseDigits
            ? plain[..letters] + plain[letters..].PadLeft(CaseDigits, '0')
            : plain;
    }

    // In capitals and normal width, each group of digits without its zeros.
    private static string Plain(string code)
    {
        var plain = new System.Text.StringBuilder(code.Length);
        var zeros = true;
        foreach (var c in Capitals(code))
        {
            zeros = c == '0' ? zeros : !char.IsAsciiDigit(c);
            if (c != '0' || !zeros)
            {
                plain.Append(c == '_' ? '-' : c);
            }
        }

        return plain.ToString();
    }

    // Letters to exchange, put in, take out, or swap with their neighbour (optimal string alignment).
    private static int Distance(string one, string other)
    {
        if (
            Math.Abs(one.Length - other.Length) > Math.Max(one.Length, other.Length) / 3 + 1
            || one.Length > Longest
            || other.Length > Longest
        )
        {
            return int.MaxValue;
        }

        var table = new int[one.Length + 1, other.Length + 1];
        for (var i = 0; i <= one.Length; i++)
        {
            for (var j = 0; j <= other.Length; j++)
            {
                table[i, j] =
                    i == 0 ? j
                    : j == 0 ? i
                    : Math.Min(
                        Math.Min(table[i - 1, j] + 1, table[i, j - 1] + 1),
                        table[i - 1, j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1)
                    );
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                {
                    table[i, j] = Math.Min(table[i, j], table[i - 2, j - 2] + 1);
                }
            }
        }

        return table[one.Length, other.Length];
    }

    private const int CaseDigits = 8,
        Longest = 100;
}
