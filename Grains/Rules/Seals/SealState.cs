using System.Collections.Immutable;

namespace TownReform.Grains.Rules.Seals;

/// <summary>
/// How far each series has been counted, which cases have a number, and the latest numbers. That a case has a number is never forgotten, so
/// it never
/// gets a second; which one may be, because its case bears it and the record has it: an effect that is delivered again is known by its id
/// and not even
/// asked about, and a case asks but once, so a number is looked up in the record only where a case asks anew after a thousand others.
/// </summary>
/// <param name="Numbered">A bit for each case.</param>
/// <param name="Latest">The text follows from the series, so that a number is one small entry.</param>
public sealed record SealState(ImmutableArray<SealSeries> Series, CaseSet Numbered, RecentCases<SealNumber> Latest)
{
    public static SealState Empty { get; } = new([], CaseSet.Empty, RecentCases.Of<SealNumber>());

    /// <summary>Certificates numbered so far: numbers have no gaps.</summary>
    public int Count() => Series.Sum(s => s.Last);
}

/// <summary>Numbers under one prefix in one year; <paramref name="Last"/> is the highest given.</summary>
public sealed record SealSeries(string Prefix, int Year, int Last);

/// <summary>A case's number: the place of its series in the list, and the number in it.</summary>
public sealed record SealNumber(int Series, int Number);
