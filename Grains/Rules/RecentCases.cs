using System.Collections.Immutable;

namespace TownReform.Grains.Rules;

/// <summary>
/// What is still at hand about the latest cases: at least the last <see cref="RecentCases.Least"/>, fewer than twice as many. When the
/// young are that many,
/// they become the old, and those that were old before are forgotten.
/// </summary>
public sealed record RecentCases<T>(ImmutableDictionary<string, T> Young, ImmutableDictionary<string, T> Old)
    where T : class
{
    public T? Find(string caseNumber) => Young.GetValueOrDefault(caseNumber) ?? Old.GetValueOrDefault(caseNumber);

    /// <summary>Puts a case in as the latest, in place of what was there about it.</summary>
    public RecentCases<T> With(string caseNumber, T told)
    {
        var young = Young.SetItem(caseNumber, told);
        return young.Count == RecentCases.Least ? new(Young.Clear(), young) : new(young, Old.Remove(caseNumber));
    }

    public RecentCases<T> Without(string caseNumber) => new(Young.Remove(caseNumber), Old.Remove(caseNumber));

    public IEnumerable<T> All() => Young.Values.Concat(Old.Values);
}

/// <summary>What all of them have in common.</summary>
public static class RecentCases
{
    /// <summary>So many of the latest are at hand in any case.</summary>
    public const int Least = 1024;

    public static RecentCases<T> Of<T>()
        where T : class =>
        new(ImmutableDictionary.Create<string, T>(StringComparer.Ordinal), ImmutableDictionary.Create<string, T>(StringComparer.Ordinal));
}
