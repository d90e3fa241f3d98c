using System.Collections.Frozen;

namespace TownReform.Grains.Seeds;

/// <summary>Everything loaded from <c>seeds/</c>, checked and immutable. One per silo.</summary>
public sealed record SeedLibrary(
    string Folder,
    FrozenDictionary<string, TownPlan> Towns,
    FrozenDictionary<string, Procedure> Procedures,
    Rules.WorkCalendar Calendar,
    Rules.LawBook Law);
