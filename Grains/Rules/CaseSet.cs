using System.Collections.Immutable;
using System.Globalization;

namespace TownReform.Grains.Rules;

/// <summary>
/// A set of case numbers that costs about a bit for each: numbers that differ in their last three digits share a map of a thousand bits,
/// and a full map
/// is told by having none. Exact for any text; small for numbers that are handed out in order.
/// </summary>
/// <param name="Maps">By what comes before those digits, with how many they are in front; a map's bits are in order of the digits.</param>
public sealed record CaseSet(ImmutableDictionary<string, byte[]> Maps)
{
    private const int Digits = 3,
        Numbers = 1000,
        Bytes = Numbers / 8;

    private static readonly byte[] Full = [];

    public static CaseSet Empty { get; } = new(ImmutableDictionary.Create<string, byte[]>(StringComparer.Ordinal));

    public bool Contains(string caseNumber)
    {
        var (map, place) = Place(caseNumber);
        return Maps.TryGetValue(map, out var bits) && IsSet(bits, place);
    }

    public CaseSet Add(string caseNumber)
    {
        var (map, place) = Place(caseNumber);
        var isKnown = Maps.TryGetValue(map, out var others);
        if (isKnown && IsSet(others!, place))
        {
            return this;
        }

        byte[] bits = isKnown ? [.. others!] : new byte[Bytes];
        bits[place / 8] |= (byte)(1 << (place % 8));
        return new(Maps.SetItem(map, bits.AsSpan().ContainsAnyExcept(byte.MaxValue) ? bits : Full));
    }

    private static bool IsSet(byte[] bits, int place) => bits.Length == 0 || (bits[place / 8] & (1 << (place % 8))) != 0;

    private static (string Map, int Place) Place(string caseNumber)
    {
        var digits = 0;
        while (digits < Math.Min(Digits, caseNumber.Length) && char.IsAsciiDigit(caseNumber[^(digits + 1)]))
        {
            digits++;
        }

        var place =
            digits == 0 ? 0 : int.Parse(caseNumber.AsSpan(caseNumber.Length - digits), NumberStyles.None, CultureInfo.InvariantCulture);
        return (string.Create(CultureInfo.InvariantCulture, $"{digits}{caseNumber.AsSpan(0, caseNumber.Length - digits)}"), place);
    }
}
