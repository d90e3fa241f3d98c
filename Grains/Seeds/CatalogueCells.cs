using System.Collections.Immutable;
using System.Globalization;
using TownReform.Grains.Rules;
using TownReform.Grains.Rules.Plans;
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
            row.Fault("bands", "minor:from-to@lawmin-lawmax;ordinary:from-to@lawmin-lawmax;serious:from-to@lawmin-lawmax (C4)");
            return [];
        }

        var ordered = bands.All(b => b!.From <= b.To) && bands.Zip(bands.Skip(1)).All(pair => pair.First!.To <= pair.Second!.From);
        if (!ordered)
        {
            row.Fault("bands", "each band to begin no lower than the one before it ends (C4)");
        }
        else if (bands.Any(b => b!.LawMin > b.From || b.LawMax < b.To))
        {
            row.Fault("bands", "each band within the statute's own range behind @ (C4)");
        }

        return [.. bands.Select(b => b!)];
    }

    /// <summary>The limit by law: the figures that set it, or days where a law of the item's own does.</summary>
    public static LimitRule Statutory(SeedRow row, LawBook? law)
    {
        const string column = "statutory_limit";
        if (FigureName.Read(row[column]) is not { IsEmpty: false } names)
        {
            return LimitRule.Of(row.Limit(column));
        }

        if (FigureChecks.Wrong(names, FigureChecks.Days, law) is { } expected)
        {
            row.Fault(column, expected);
            return LimitRule.Of(default);
        }

        return new(default, names);
    }

    /// <summary>B5: what is promised is never longer than what the law of any day has.</summary>
    public static void Promise(SeedRow row, string column, LimitRule statutory, TimeLimit promised, LawBook? law)
    {
        if (law is null || law.Statutes.IsEmpty)
        {
            return;
        }

        foreach (var limit in law.Spans.Select(statutory.On).Distinct())
        {
            // A promise in calendar days is never longer than as many working days; the other way round can't be told.
            if (limit.Days > 0 && (promised.Days > limit.Days || (promised.Unit == DayUnit.Working && limit.Unit == DayUnit.Calendar)))
            {
                row.Fault(
                    column,
                    column == "promised_limit"
                        ? $"a limit no longer than the statutory {limit} (B5)"
                        : $"a limit no shorter than the promised {promised} (B5)"
                );
                return;
            }
        }
    }

    private const string BeforeDelivery = "before-delivery";

    /// <summary>行政许可法 §58: what a permit costs needs a law or regulation that sets it, written behind the amount:
    /// <c>200.00:《…》第…条</c>; <c>:before-delivery</c> behind that, where the same law has it paid before the result is handed out. Only
    /// permits that the town decides are charged.</summary>
    public static ItemFee Fee(SeedRow row, string kind, bool retained, LawBook? law)
    {
        var parts = row["fee"].Split(':', 3, StringSplitOptions.TrimEntries);
        var basis = parts.Length > 1 ? parts[1] : null;
        if (!ScalarType.TryAmount(parts[0], out var fee) || basis?.Length == 0 || (parts.Length > 2 && parts[2] != BeforeDelivery))
        {
            row.Fault("fee", "yuan, not below zero, with its basis behind ':' where there is one, such as 200.00：《…》第三十七条");
        }
        else if (fee > 0 && (kind != ItemKinds.Permit || retained))
        {
            row.Fault("fee", "0.00, since only permits that the town decides have a procedure that collects a fee (C5)");
        }
        else if (
            basis is null
            && law is { Statutes.IsEmpty: false }
            && law.Spans.Min(s => s.Find(LawNames.LicensingFee)?.Value ?? 0m) is var most
            && fee > most
        )
        {
            row.Fault(
                "fee",
                $"at most {most.ToString("F2", CultureInfo.InvariantCulture)} yuan, or the law or regulation that sets it behind "
                    + $"':' ({law.Spans[^1].Stated(LawNames.LicensingFee)?.Article})"
            );
        }

        return new(fee, basis, parts.Length > 2);
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
        text.Split(':') is [var circumstance, var ranges]
        && ranges.Split('@') is [var band, var law]
        && Range(band) is { } own
        && Range(law) is { } statute
            ? new(circumstance, own.From, own.To) { LawMin = statute.From, LawMax = statute.To }
            : null;

    private static (decimal From, decimal To)? Range(string text) =>
        text.Split('-') is [var from, var to] && ScalarType.TryAmount(from, out var lowest) && ScalarType.TryAmount(to, out var highest)
            ? (lowest, highest)
            : null;

    private static CertificateNeed? Need(string text) =>
        text.Split(':') is [var certificate, var people]
        && CertificateCodes.All.Contains(certificate)
        && int.TryParse(people, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
        && count > 0
            ? new(certificate, count)
            : null;
}
