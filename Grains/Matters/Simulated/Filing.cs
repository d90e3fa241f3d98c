using System.Collections.Immutable;

namespace TownReform.Grains.Matters.Simulated;

/// <summary>What a county department does with a filing copy (B2).</summary>
/// <param name="After">How long it takes until somebody looks at it.</param>
/// <param name="Draw">From 0 to 1, for the time of day, if it must wait for office hours.</param>
/// <param name="Tries">Answers, each tried when the one before was refused.</param>
internal sealed record FilingReply(TimeSpan After, double Draw, ImmutableArray<FilingAnswer> Tries);
