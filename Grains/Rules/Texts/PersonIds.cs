namespace TownReform.Grains.Rules.Texts;

/// <summary>
/// Ids of people and organisations as they are typed: in normal width, without the blanks that group digits, and with capital letters where
/// the document has
/// them. Resident identity numbers by GB 11643-1999, unified social credit codes by GB 32100-2015.
/// </summary>
public static class PersonIds
{
    private const int Length = 18;
    private const string CreditAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    private const string ResidentSigns = "10X98765432";

    /// <summary>The one writing of an id; the same object when it is written so already.</summary>
    public static string Normal(string id)
    {
        var wide = Characters.NormalWidth(id);
        var typed = wide.Contains(' ', StringComparison.Ordinal) || wide.Contains('\u3000', StringComparison.Ordinal) ? Joined(wide) : wide;
        return typed.Length == Length && (IsResident(typed) || IsCreditCode(typed)) ? Capital(typed) : typed;
    }

    /// <summary>How one and the same id may stand in the record: in its normal form, and as older records were given it.</summary>
    public static IReadOnlyList<string> Writings(string normal, string asTyped) =>
        [.. new[] { normal, asTyped.Trim(), normal.ToUpperInvariant(), normal.ToLowerInvariant() }.Distinct(StringComparer.Ordinal)];

    /// <summary>What is doubtful about an id that looks like a Chinese identity number or credit code: its check digit. Null for any other
    /// id, since foreign ones exist.</summary>
    /// <param name="organisation">Whose it is said to be: a number of eighteen digits could be either.</param>
    public static IdDoubt? Doubt(string id, bool organisation)
    {
        if (id.Length != Length)
        {
            return null;
        }

        var (resident, credit) = (IsResident(id), IsCreditCode(id));
        return (resident && HasResidentSign(id)) || (credit && HasCreditSign(id)) ? null
            : resident && !(credit && organisation) ? IdDoubt.Resident
            : credit ? IdDoubt.CreditCode
            : null;
    }

    /// <summary>MOD 11-2 over the first seventeen digits (GB 11643, ISO 7064).</summary>
    private static bool HasResidentSign(string id)
    {
        var sum = 0;
        for (var i = 0; i < Length - 1; i++)
        {
            // The weight of place i from the left is 2 to the power of what follows it, modulo 11.
            sum += (id[i] - '0') * ((1 << (Length - 1 - i)) % 11);
        }

        return char.ToUpperInvariant(id[^1]) == ResidentSigns[sum % 11];
    }

    /// <summary>MOD 31-3 over the first seventeen characters (GB 32100).</summary>
    private static bool HasCreditSign(string id)
    {
        var (sum, weight) = (0, 1);
        for (var i = 0; i < Length - 1; i++)
        {
            sum += CreditAlphabet.IndexOf(char.ToUpperInvariant(id[i])) * weight;
            weight = weight * 3 % 31;
        }

        return char.ToUpperInvariant(id[^1]) == CreditAlphabet[(31 - (sum % 31)) % 31];
    }

    // Seventeen digits that begin with a province, and a digit or X.
    private static bool IsResident(string id)
    {
        for (var i = 0; i < Length - 1; i++)
        {
            if (!char.IsAsciiDigit(id[i]))
            {
                return false;
            }
        }

        return id[0] != '0' && (char.IsAsciiDigit(id[^1]) || id[^1] is 'x' or 'X');
    }

    // Two characters for department and kind, six digits for the place, then nine of the organisation and the sign.
    private static bool IsCreditCode(string id)
    {
        for (var i = 0; i < Length; i++)
        {
            if (
                !CreditAlphabet.Contains(char.ToUpperInvariant(id[i]), StringComparison.Ordinal)
                || (i is >= 2 and < 8 && !char.IsAsciiDigit(id[i]))
            )
            {
                return false;
            }
        }

        return true;
    }

    // Blanks group digits only in numbers; a name that stands for an id keeps its own.
    private static string Joined(string id)
    {
        var joined = string.Concat(id.Where(c => c is not (' ' or '\u3000')));
        return joined.All(char.IsAsciiLetterOrDigit) ? joined : id;
    }

    private static string Capital(string id) => id.AsSpan().ContainsAnyInRange('a', 'z') ? id.ToUpperInvariant() : id;
}

/// <summary>Which check digit fails.</summary>
public enum IdDoubt
{
    Resident = 1,
    CreditCode = 2,
}
