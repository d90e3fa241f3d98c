using System.Collections.Immutable;

namespace TownReform.Grains.Rules;

/// <param name="Exceptions">Days that are not as Monday to Friday would say, in order.</param>
public sealed record CalendarTaken(DateOnly FirstDay, DateOnly LastDay, ImmutableArray<DateOnly> Exceptions);
