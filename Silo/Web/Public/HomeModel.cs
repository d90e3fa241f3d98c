using System.Collections.Immutable;

namespace TownReform.Silo.Web.Public;

/// <summary>What the first page shows.</summary>
/// <param name="Query">What was looked for; empty when nothing was.</param>
/// <param name="Town">Code of the town that was chosen; null for all.</param>
/// <param name="Found">Services that match, by town.</param>
public sealed record HomeModel(string Query, string? Town, ImmutableArray<TownDirectory> Towns, ImmutableArray<FoundService> Found)
{
    /// <summary>Services of a list at most; who has more says more.</summary>
    public const int Most = 60;

    /// <summary>Items whose code or name contains every word that was looked for.</summary>
    public static HomeModel Of(ImmutableArray<TownDirectory> towns, string? query, string? town)
    {
        var words = (query ?? "").Split([' ', '　'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var chosen = towns.Where(t => town is not { Length: > 0 } || t.Town == town);
        return new HomeModel(
            query ?? "",
            town,
            towns,
            [.. chosen.SelectMany(t => t.Items.Where(item => Matches(item, words)).Select(item => new FoundService(t, item))).Take(Most)]
        );
    }

    private static bool Matches(ListedItem item, string[] words) =>
        words.All(word =>
            item.Name.Zh.Contains(word, StringComparison.OrdinalIgnoreCase)
            || item.Name.En.Contains(word, StringComparison.OrdinalIgnoreCase)
            || item.Code.Contains(word, StringComparison.OrdinalIgnoreCase)
        );
}

/// <summary>An item of a town's list that was found.</summary>
public sealed record FoundService(TownDirectory Town, ListedItem Item);
