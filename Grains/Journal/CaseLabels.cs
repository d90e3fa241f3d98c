using System.Collections.Immutable;

namespace TownReform.Grains.Journal;

/// <summary>Labels in the one form in which they are stored and compared.</summary>
internal static class CaseLabels
{
    /// <summary>By name and value, each once, cut to what counts of them.</summary>
    public static ImmutableArray<CaseLabel> InOrder(ImmutableArray<CaseLabel> labels) =>
        labels.IsDefaultOrEmpty
            ? []
            :
            [
                .. labels
                    .Select(label => new CaseLabel(Cut(label.Name), Cut(label.Value)))
                    .Distinct()
                    .OrderBy(label => label.Name, StringComparer.Ordinal)
                    .ThenBy(label => label.Value, StringComparer.Ordinal),
            ];

    /// <summary>Whether two cases bear the same labels; both in order.</summary>
    public static bool AreSame(ImmutableArray<CaseLabel> one, ImmutableArray<CaseLabel> other) =>
        one.AsSpan().SequenceEqual(other.AsSpan());

    // An index takes no more; a pair of surrogates is never split.
    private static string Cut(string text) =>
        text.Length <= CaseLabel.Compared
            ? text
            : text[..(CaseLabel.Compared - (char.IsHighSurrogate(text[CaseLabel.Compared - 1]) ? 1 : 0))];
}
