using System.Collections.Immutable;
using TownReform.Grains.Rules.Plans;

namespace TownReform.Grains.Seeds;

/// <summary>Counts a town's delegated items as the plans do (A1, A2); items that law keeps at the county are counted apart.</summary>
public static class CatalogueCheck
{
    public static CatalogueReport Of(TownPlan plan) => Of(plan.Code, plan.Items.Values);

    public static CatalogueReport Of(string town, IEnumerable<PowerItem> items)
    {
        var (retained, delegated) = (0, new Dictionary<(string Kind, string Field), int>());
        foreach (var item in items)
        {
            if (item.Retained)
            {
                retained++;
                continue;
            }

            delegated[(item.Kind, item.Field)] = delegated.GetValueOrDefault((item.Kind, item.Field)) + 1;
        }

        int Count(string? kind, string? field) =>
            delegated.Where(c => (kind ?? c.Key.Kind) == c.Key.Kind && (field ?? c.Key.Field) == c.Key.Field).Sum(c => c.Value);

        return new(
            town,
            Count(null, null),
            [.. ItemKinds.All.Select(kind => new KindCount(kind, Count(kind, null)))],
            [
                .. ItemFields.All.Select(field => new FieldCount(
                    field,
                    Count(null, field),
                    [.. ItemKinds.All.Select(kind => new KindCount(kind, Count(kind, field)))]
                )),
            ],
            retained
        );
    }
}

/// <summary>A town's items by kind and by field.</summary>
/// <param name="Total">Delegated items.</param>
/// <param name="Kinds">Permits, penalties, confirmations, payments, in this order.</param>
/// <param name="Fields">The seven fields.</param>
/// <param name="Retained">Items that law keeps at the county (A6); not in the total.</param>
public sealed record CatalogueReport(
    string Town,
    int Total,
    ImmutableArray<KindCount> Kinds,
    ImmutableArray<FieldCount> Fields,
    int Retained
)
{
    /// <summary>As the plans write it: <c>128 = 35/91/1/1</c>.</summary>
    public override string ToString() => $"{Total} = {string.Join('/', Kinds.Select(k => k.Items))}";
}

/// <summary>Items of a kind.</summary>
public sealed record KindCount(string Kind, int Items);

/// <summary>Items of a field, by kind.</summary>
public sealed record FieldCount(string Field, int Items, ImmutableArray<KindCount> Kinds);
