using System.Collections.Immutable;

namespace TownReform.Grains.Simulation.Results;

/// <summary>Watches for a run that stands still: a refusal that repeats on the same case, or cases of a kind that came early and never end.</summary>
internal sealed class StandstillTally(RunFrame frame)
{
    /// <summary>How often the same refusal of the same act on the same case is once too often.</summary>
    public const int Again = 3;

    /// <summary>Days before the end of the run that a case has to end at least.</summary>
    private const int LeastDays = 30;

    private readonly Dictionary<(string Case, string Act, RefusalCode Code), (int Times, RefusalRecord First)> refused = [];
    private readonly Dictionary<(string Town, string Kind), (long Opened, long Open)> early = [];

    public void Refused(in RefusalRecord record)
    {
        if (record.Case is { } number)
        {
            var key = (number, record.Act, record.Refusal.Code);
            refused[key] = refused.TryGetValue(key, out var before) ? (before.Times + 1, before.First) : (1, record);
        }
    }

    public void Finished(CaseRecord record)
    {
        var half = frame.First.AddDays((frame.Last.DayNumber - frame.First.DayNumber) / 2);
        var opened = DateOnly.FromDateTime(record.OpenedAt.DateTime);
        if (opened <= half && opened.AddDays(LeastDays) <= frame.Last)
        {
            var (cases, open) = early.GetValueOrDefault((record.Town, record.Kind));
            early[(record.Town, record.Kind)] = (cases + 1, open + (record.Disposition == Disposition.Open ? 1 : 0));
        }
    }

    public ImmutableArray<RepeatCounts> Repeats() =>
    [
        .. refused.Where(r => r.Value.Times >= Again)
            .GroupBy(r => (r.Value.First.Town, r.Value.First.Procedure, r.Key.Act, r.Key.Code))
            .OrderBy(g => g.Key.Town, StringComparer.Ordinal).ThenBy(g => g.Key.Procedure, StringComparer.Ordinal).ThenBy(g => g.Key.Act, StringComparer.Ordinal).ThenBy(g => g.Key.Code)
            .Select(g => g.MinBy(r => r.Key.Case, StringComparer.Ordinal) is var first
                ? new RepeatCounts(g.Key.Town, g.Key.Procedure, g.Key.Act, first.Value.First.Refusal.Clause, g.Key.Code, g.LongCount(), g.Max(r => r.Value.Times), first.Key.Case, first.Value.First.Refusal.Because)
                : throw new System.Diagnostics.UnreachableException()),
    ];

    public ImmutableArray<EarlyCounts> Early() =>
    [
        .. early.OrderBy(e => e.Key.Town, StringComparer.Ordinal).ThenBy(e => e.Key.Kind, StringComparer.Ordinal)
            .Select(e => new EarlyCounts(e.Key.Town, e.Key.Kind, e.Value.Opened, e.Value.Open)),
    ];
}
