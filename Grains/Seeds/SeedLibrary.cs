using System.Collections.Frozen;

namespace TownReform.Grains.Seeds;

/// <summary>Everything loaded from <c>seeds/</c>, checked and immutable. One per silo.</summary>
public sealed record SeedLibrary(
    string Folder,
    FrozenDictionary<string, TownPlan> Towns,
    FrozenDictionary<string, Procedure> Procedures,
    Rules.WorkCalendar Calendar,
    Rules.LawBook Law)
{
    /// <summary>The counties above the towns, by code.</summary>
    public FrozenDictionary<string, County> Counties { get; init; } =
        Towns.Values.Select(t => t.County).DistinctBy(c => c.Code).ToFrozenDictionary(c => c.Code, StringComparer.Ordinal);
}
