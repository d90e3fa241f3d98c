using System.Collections.Immutable;
using TownReform.Grains.Rules.Plans;

namespace TownReform.Silo.Web.Public;

/// <summary>What the first page shows.</summary>
/// <param name="Query">What was looked for; empty when nothing was.</param>
/// <param name="Town">Code of the chosen town; null for all.</param>
/// <param name="Kind">Chosen kind of item; null for all.</param>
/// <param name="Kinds">Kinds of items, with how many there are in the chosen towns.</param>
/// <param name="Found">Services that match, by town; empty when nothing was looked for.</param>
/// <param name="IsCut">There are more than are shown.</param>
public sealed record HomeModel(
    string Query,
    string? Town,
    string? Kind,
    ImmutableArray<TownDirectory> Towns,
    ImmutableArray<FoundKind> Kinds,
    ImmutableArray<FoundService> Found,
    bool IsCut
)
{
    /// <summary>Services of a list at most.</summary>
    public const int Most = 60;

    /// <summary>Services that most people came for, at most.</summary>
    public const int MostUsed = 10;

    /// <summary>What most people came for lately, most first; empty in a town that has just begun.</summary>
    public ImmutableArray<FoundService> Used { get; init; } = [];

    /// <summary>Somebody looks for something; else the page only offers the ways in.</summary>
    public bool IsSearch => Query.Length > 0 || Kind is not null;

    /// <summary>Items whose code or name contains every word that was looked for.</summary>
    public static HomeModel Of(ImmutableArray<TownDirectory> towns, string? query, string? town, string? kind)
    {
        var words = (query ?? "").Split([' ', '　'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var chosen = towns.Where(t => town is not { Length: > 0 } || t.Town == town).ToList();
        var all = chosen.SelectMany(t => t.Items.Select(item => new FoundService(t, item))).ToList();
        var isAsked = words.Length > 0 || kind is { Length: > 0 };
        var found = isAsked
            ? all.Where(one => (kind is not { Length: > 0 } || KindOf(one.Item) == kind) && Matches(one.Item, words)).ToList()
            : [];
        return new HomeModel(
            Query: string.Join(' ', words),
            Town: town is { Length: > 0 } ? town : null,
            Kind: kind is { Length: > 0 } ? kind : null,
            Towns: towns,
            Kinds:
            [
                .. ItemKinds
                    .All.Add(ItemKinds.Retained)
                    .Select(code => new FoundKind(code, TermWords.Kind(code), all.Count(one => KindOf(one.Item) == code)))
                    .Where(one => one.Items > 0),
            ],
            Found: [.. found.Take(Most)],
            IsCut: found.Count > Most
        );
    }

    /// <summary>The same with what most people came for in the chosen towns: items that people apply for.</summary>
    /// <param name="opened">Cases by subject, most first.</param>
    public HomeModel With(IEnumerable<SubjectTotal> opened) =>
        this with
        {
            Used =
            [
                .. opened
                    .Where(total => Town is null || total.Town == Town)
                    .Select(total => (Directory: Towns.FirstOrDefault(one => one.Town == total.Town), total.Subject))
                    .SelectMany(one =>
                        one.Directory is null
                            ? []
                            : one
                                .Directory.Items.Where(item => item.Code == one.Subject && ItemKinds.IsOnApplication(item.Kind))
                                .Select(item => new FoundService(one.Directory, item))
                    )
                    .Take(MostUsed),
            ],
        };

    private static string KindOf(ListedItem item) => item.Retained ? ItemKinds.Retained : item.Kind;

    private static bool Matches(ListedItem item, string[] words) =>
        words.All(word =>
            item.Name.Zh.Contains(word, StringComparison.OrdinalIgnoreCase)
            || item.Name.En.Contains(word, StringComparison.OrdinalIgnoreCase)
            || item.Code.Contains(word, StringComparison.OrdinalIgnoreCase)
        );
}

/// <summary>An item of a town's list that was found.</summary>
public sealed record FoundService(TownDirectory Town, ListedItem Item);

/// <summary>A kind of items.</summary>
/// <param name="Items">How many there are.</param>
public sealed record FoundKind(string Code, Words Name, int Items);
