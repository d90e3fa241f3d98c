using System.Collections.Immutable;

namespace TownReform.Grains.Simulation.Results;

/// <summary>Watches for a run that stands still: a refusal that repeats on the same case, or cases of a kind that came early and never
/// end.</summary>
internal sealed class StandstillTally(RunFrame frame, RunDirectory directory)
{
    /// <summary>How often the same refusal of the same act on the same case is once too often.</summary>
    public const int Again = 3;

    /// <summary>Days before the end of the run that a case has to end at least.</summary>
    private const int LeastDays = 30;

    // Of cases that go on; what is left of one that has ended is in the counts.
    private readonly Dictionary<string, Dictionary<(string Act, RefusalCode Code), (int Times, RefusalRecord First)>> refused = new(
        StringComparer.Ordinal
    );
    private readonly Dictionary<(string Town, string Procedure, string Act, RefusalCode Code), RepeatCounts> repeated = [];
    private readonly Dictionary<(string Town, string Kind), (long Opened, long Open)> early = [];

    public void Refused(in RefusalRecord record)
    {
        // What a county department says of a decided case holds nothing up.
        if (record.Case is not { } number || !directory.Procedures.ContainsKey(record.Procedure))
        {
            return;
        }

        if (!refused.TryGetValue(number, out var acts))
        {
            refused.Add(number, acts = []);
        }

        var key = (record.Act, record.Refusal.Code);
        acts[key] = acts.TryGetValue(key, out var before) ? (before.Times + 1, before.First) : (1, record);
    }

    /// <summary>A case has ended, or stands open at the end of the run.</summary>
    public void Finished(CaseRecord record)
    {
        if (refused.Remove(record.Number, out var acts))
        {
            Add(repeated, record.Number, acts);
        }

        if (directory.Internal.Contains(record.Procedure))
        {
            return;
        }

        var half = frame.First.AddDays((frame.Last.DayNumber - frame.First.DayNumber) / 2);
        var opened = DateOnly.FromDateTime(record.OpenedAt.DateTime);
        if (opened <= half && opened.AddDays(LeastDays) <= frame.Last)
        {
            var (cases, open) = early.GetValueOrDefault((record.Town, record.Kind));
            early[(record.Town, record.Kind)] = (cases + 1, open + (record.Disposition == Disposition.Open ? 1 : 0));
        }
    }

    public ImmutableArray<RepeatCounts> Repeats()
    {
        var all = new Dictionary<(string Town, string Procedure, string Act, RefusalCode Code), RepeatCounts>(repeated);
        foreach (var (number, acts) in refused)
        {
            Add(all, number, acts);
        }

        return
        [
            .. all.OrderBy(r => r.Key.Town, StringComparer.Ordinal)
                .ThenBy(r => r.Key.Procedure, StringComparer.Ordinal)
                .ThenBy(r => r.Key.Act, StringComparer.Ordinal)
                .ThenBy(r => r.Key.Code)
                .Select(r => r.Value),
        ];
    }

    public ImmutableArray<EarlyCounts> Early() =>
        [
            .. early
                .OrderBy(e => e.Key.Town, StringComparer.Ordinal)
                .ThenBy(e => e.Key.Kind, StringComparer.Ordinal)
                .Select(e => new EarlyCounts(e.Key.Town, e.Key.Kind, e.Value.Opened, e.Value.Open)),
        ];

    // The example is of the case with the first number, whichever ended first.
    private static void Add(
        Dictionary<(string Town, string Procedure, string Act, RefusalCode Code), RepeatCounts> to,
        string number,
        Dictionary<(string Act, RefusalCode Code), (int Times, RefusalRecord First)> acts
    )
    {
        foreach (var ((act, code), (times, first)) in acts.Where(a => a.Value.Times >= Again))
        {
            var key = (first.Town, first.Procedure, act, code);
            to[key] =
                !to.TryGetValue(key, out var before)
                    ? new(
                        Town: first.Town,
                        Procedure: first.Procedure,
                        Act: act,
                        Clause: first.Refusal.Clause,
                        Code: code,
                        Cases: 1,
                        Most: times,
                        ExampleCase: number,
                        Because: first.Refusal.Because
                    )
                : string.CompareOrdinal(number, before.ExampleCase) < 0
                    ? before with
                    {
                        Cases = before.Cases + 1,
                        Most = Math.Max(before.Most, times),
                        Clause = first.Refusal.Clause,
                        ExampleCase = number,
                        Because = first.Refusal.Because,
                    }
                : before with { Cases = before.Cases + 1, Most = Math.Max(before.Most, times) };
        }
    }
}
