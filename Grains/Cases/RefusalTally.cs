using System.Collections.Immutable;
using System.Text.Json;
using TownReform.Grains.Journal;
using TownReform.Grains.Rules.Plans;

namespace TownReform.Grains.Cases;

/// <summary>Counts what was refused, from the records that tell of it.</summary>
internal static class RefusalTally
{
    /// <param name="records">Latest first.</param>
    public static ImmutableArray<RefusalTotal> Of(IEnumerable<RefusedRecord> records, IEnumerable<TownPlan> towns)
    {
        var (codes, prefixes) = (
            towns.Select(town => town.Code).ToHashSet(StringComparer.Ordinal),
            towns.DistinctBy(town => town.Prefix).ToDictionary(town => town.Prefix, town => town.Code, StringComparer.Ordinal)
        );
        return
        [
            .. records
                .Select(record => Read(record, codes, prefixes))
                .OfType<RefusalTotal>()
                .GroupBy(refusal => (refusal.Town, refusal.Clause, refusal.Code))
                .Select(same => same.First() with { Refusals = same.LongCount() })
                .OrderBy(total => total.Town, StringComparer.Ordinal)
                .ThenBy(total => total.Clause, StringComparer.Ordinal)
                .ThenBy(total => total.Code),
        ];
    }

    // A record that somebody has damaged is for the audit to tell.
    private static RefusalTotal? Read(RefusedRecord record, HashSet<string> towns, Dictionary<string, string> prefixes)
    {
        try
        {
            using var json = JsonDocument.Parse(record.Payload);
            var root = json.RootElement;
            var refusal = (root.TryGetProperty("refused", out var refused) ? refused : root).GetProperty("refusal");
            var about = root.TryGetProperty("case", out var number) ? number.GetString()! : record.Stream;
            var because = refusal.GetProperty("because");
            return new RefusalTotal(
                TownOf(about, towns, prefixes),
                refusal.GetProperty("clause").GetString()!,
                (RefusalCode)refusal.GetProperty("code").GetInt32(),
                Refusals: 1,
                new Words(because.GetProperty("zh").GetString()!, because.GetProperty("en").GetString()!)
            );
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    // A case bears the letters of its town, an office its code; nothing for an office above the towns.
    private static string TownOf(string about, HashSet<string> towns, Dictionary<string, string> prefixes)
    {
        foreach (var part in about.Split('/'))
        {
            if (towns.Contains(part))
            {
                return part;
            }

            if (prefixes.TryGetValue(part.TrimEnd(Digits), out var town))
            {
                return town;
            }
        }

        return "";
    }

    private static readonly char[] Digits = [.. "0123456789"];
}
