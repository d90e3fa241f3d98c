using System.Collections.Immutable;

namespace TownReform.Silo.Api.Conventions;

/// <summary>Reads the history of a case, which comes in pages.</summary>
internal static class CaseHistories
{
    /// <summary>Records that one answer has at most.</summary>
    private const int MostRecords = 500;

    /// <summary>The records of a case above a version, up to another; perhaps a few more that came meanwhile.</summary>
    public static async Task<ImmutableArray<HistoryRecord>> ReadAsync(ICaseGrain grain, long until = long.MaxValue, long after = 0)
    {
        var records = ImmutableArray.CreateBuilder<HistoryRecord>();
        while (after < until)
        {
            var more = (await TownCalls.SendAsync(() => grain.HistoryAsync(after))).Value?.Records ?? [];
            records.AddRange(more);
            if (more.Length < MostRecords)
            {
                break;
            }

            after = more[^1].Version;
        }

        return records.ToImmutable();
    }
}
