using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.RegularExpressions;
using TownReform.Grains.Rules.Cases;

namespace TownReform.Grains.Rules.Documents;

/// <summary>A document as data (<c>seeds/documents/*.yaml</c>): what it says, and which acts issue it.</summary>
/// <param name="IssuedBy">Acts by procedure; <c>open</c> for opening. Every version of a procedure that has such an act issues it.</param>
/// <param name="Body">Paragraphs with named places; one of which a place is empty is left out.</param>
/// <param name="Remedy">How it can be challenged, and until when; null where it can't.</param>
/// <param name="Entries">Field whose entries are listed; null for none.</param>
/// <param name="ListsPapers">Papers that came with the record are listed with their hashes.</param>
/// <param name="IsSealed">The seal's text stands on it.</param>
/// <param name="RedHead">With a red head (红头).</param>
/// <param name="IsAddressed">It is addressed to the party.</param>
public sealed partial record DocumentTemplate(
    string Code,
    Words Title,
    FrozenDictionary<string, ImmutableArray<string>> IssuedBy,
    ImmutableArray<Words> Body,
    Words? Remedy = null,
    string? Entries = null,
    bool ListsPapers = false,
    bool IsSealed = true,
    bool RedHead = false,
    bool IsAddressed = true
)
{
    private const string OfField = "field:";

    /// <summary>Places that a paragraph may name besides <c>{field:NAME}</c>.</summary>
    public static ImmutableArray<string> Places { get; } =
    ["case", "party", "party-id", "town", "organ", "item", "item-code", "basis", "law", "day", "opened", "due", "certificate"];

    /// <summary>What a text names in braces, in its order.</summary>
    public static IEnumerable<string> PlacesIn(string text) => Place().Matches(text).Select(match => match.Groups[1].Value);

    /// <summary>The field that a place names; null for a place of another kind.</summary>
    public static string? FieldOf(string place) => place.StartsWith(OfField, StringComparison.Ordinal) ? place[OfField.Length..] : null;

    /// <summary>Whether an act of a procedure issues it.</summary>
    public bool IsIssuedBy(Procedure procedure, string act) => IssuedBy.TryGetValue(procedure.Code, out var acts) && acts.Contains(act);

    /// <summary>A text with its places filled in; null when one of them is empty.</summary>
    internal static string? Fill(string text, Func<string, string?> valueOf)
    {
        var isWhole = true;
        var filled = Place()
            .Replace(
                text,
                match =>
                {
                    var value = valueOf(match.Groups[1].Value);
                    isWhole &= !string.IsNullOrEmpty(value);
                    return value ?? "";
                }
            );
        return isWhole ? filled : null;
    }

    [GeneratedRegex(@"\{([a-z:-]+)\}")]
    private static partial Regex Place();
}
