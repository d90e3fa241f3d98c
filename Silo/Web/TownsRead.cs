using System.Collections.Immutable;

namespace TownReform.Silo.Web;

/// <summary>Reads what the live silo knows of its towns.</summary>
internal static class TownsRead
{
    private const string AnyTown = "-";

    /// <summary>All towns, in the order of their codes.</summary>
    public static async Task<ImmutableArray<TownDirectory>> AllAsync(IGrainFactory grains)
    {
        var codes = await Directory(grains, AnyTown).TownsAsync();
        var towns = await Task.WhenAll(codes.Select(code => Directory(grains, code).ReadAsync()));
        return [.. towns.Select(town => town.Value).OfType<TownDirectory>()];
    }

    /// <summary>A town; null where there is none of that code. A name that no town has wakes no grain: whoever makes names up would fill
    /// the memory of the silo with them.</summary>
    public static async Task<TownDirectory?> FindAsync(IGrainFactory grains, string town) =>
        (await Directory(grains, AnyTown).TownsAsync()).Contains(town) ? (await Directory(grains, town).ReadAsync()).Value : null;

    /// <summary>Name of the office of a workplace.</summary>
    /// <param name="workplace">Its key without the world, such as <c>yandian/government-service</c>.</param>
    public static Words OfficeOf(this TownNames names, string workplace) =>
        names.Office(workplace[(workplace.IndexOf('/', StringComparison.Ordinal) + 1)..]);

    private static ITownDirectoryGrain Directory(IGrainFactory grains, string town) =>
        grains.GetGrain<ITownDirectoryGrain>(Address.Town(Address.Live, town));
}
