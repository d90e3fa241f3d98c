using System.Collections.Immutable;
using System.Globalization;
using TownReform.Grains.Seeds.Reading;

namespace TownReform.Grains.Seeds;

/// <summary>The cells of a catalogue row that hold lists.</summary>
internal static class CatalogueCells
{
    /// <summary>Discretion bands, lightest first and never overlapping (C4); a penalty has all three, anything else none.</summary>
    public static ImmutableArray<FineBand> Bands(SeedRow row, string kind)
    {
        var bands = row.Parts("bands").Select(Band).ToArray();
        if (kind != ItemKinds.Penalty)
        {
            if (bands.Length > 0)
            {
                row.Fault("bands", "nothing, since only penalties have bands");
            }

            return [];
        }

        if (!bands.Select(b => b?.Circumstance).SequenceEqual(Circumstances.All))
        {
            row.Fault("bands", "minor:from-to;ordinary:from-to;serious:from-to (C4)");
            return [];
        }

        var ordered = bands.All(b => b!.From <= b.To) && bands.Zip(bands.Skip(1)).All(pair => pair.First!.To <= pair.Second!.From);
        if (!ordered)
        {
            row.Fault("bands", "each band to begin no lower than the one before it ends (C4)");
        }

        return [.. bands.Select(b => b!)];
    }

    public static ImmutableArray<CertificateNeed> Certificates(SeedRow row)
    {
        var needs = row.Parts("certificates").Select(Need).ToArray();
        if (needs.Any(n => n is null) || needs.Select(n => n!.Certificate).Distinct(StringComparer.Ordinal).Count() != needs.Length)
        {
            row.Fault("certificates", $"certificate:people, each once, of {string.Join(", ", CertificateCodes.All)} (A5)");
            return [];
        }

        return [.. needs.Select(n => n!)];
    }

    public static ImmutableArray<string> Equipment(SeedRow row)
    {
        var codes = row.Parts("equipment");
        if (codes.Except(EquipmentCodes.All, StringComparer.Ordinal).Any())
        {
            row.Fault("equipment", $"codes of {string.Join(", ", EquipmentCodes.All)} (A5)");
        }

        return codes;
    }

    private static FineBand? Band(string text) =>
        text.Split(':') is [var circumstance, var range]
        && range.Split('-') is [var from, var to]
        && ScalarType.TryAmount(from, out var lowest)
        && ScalarType.TryAmount(to, out var highest)
            ? new(circumstance, lowest, highest)
            : null;

    private static CertificateNeed? Need(string text) =>
        text.Split(':') is [var certificate, var people]
        && CertificateCodes.All.Contains(certificate)
        && int.TryParse(people, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
        && count > 0
            ? new(certificate, count)
            : null;
}
