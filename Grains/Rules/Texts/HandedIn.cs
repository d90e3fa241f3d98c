namespace TownReform.Grains.Rules.Texts;

/// <summary>Whether a text is a list of papers, as records keep it: it begins with the hash of one and a blank.</summary>
internal static class HandedIn
{
    public const int HashLength = 64;

    public static bool IsOne(string? text)
    {
        if (text is not { Length: > HashLength } || text[HashLength] != ' ')
        {
            return false;
        }

        foreach (var letter in text.AsSpan(0, HashLength))
        {
            if (!char.IsAsciiHexDigitLower(letter))
            {
                return false;
            }
        }

        return true;
    }
}
