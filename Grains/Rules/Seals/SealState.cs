using System.Collections.Immutable;

namespace TownReform.Grains.Rules.Seals;

/// <summary>Which case has which certificate number. The text follows from the series, so that an issued certificate costs one small entry.</summary>
public sealed record SealState(ImmutableArray<SealSeries> Series, ImmutableDictionary<string, SealNumber> Issued)
{
    public static SealState Empty { get; } = new([], ImmutableDictionary<string, SealNumber>.Empty);
}

/// <summary>Numbers under one prefix in one year; <paramref name="Last"/> is the highest given.</summary>
public sealed record SealSeries(string Prefix, int Year, int Last);

/// <summary>A case's number: the place of its series in the list, and the number in it.</summary>
public readonly record struct SealNumber(int Series, int Number);
