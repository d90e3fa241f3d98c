using System.Runtime.CompilerServices;
using TownReform.Grains.Journal.Audit;

namespace TownReform.Grains.Journal.Memory;

/// <summary>
/// What is still in memory, read whole. Of a folded stream only the head is left, and its row in the index. Streams come one after the
/// other, the offices' before the cases', since the order between streams isn't kept.
/// </summary>
public sealed partial class MemoryWorld : IJournalScan
{
    public async IAsyncEnumerable<Scanned> ScanAsync([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        foreach (var part in await Task.Run(Snapshot, cancellation))
        {
            cancellation.ThrowIfCancellationRequested();
            yield return part;
        }
    }

    private List<Scanned> Snapshot()
    {
        lock (gate)
        {
            var parts = new List<Scanned> { new ScannedWaiting(outbox.CountAsync().AsTask().Result) };
            if (broken is not null)
            {
                parts.Add(new ScannedUnreadable(broken, OfRecord: true));
            }

            foreach (
                var (stream, chain) in chains
                    .OrderBy(c => c.Key.StartsWith("case/", StringComparison.Ordinal))
                    .ThenBy(c => c.Key, StringComparer.Ordinal)
            )
            {
                if (chain.Folded.Version > 0)
                {
                    parts.Add(new ScannedFold(world, stream, chain.Folded));
                }

                parts.AddRange(chain.Read(chain.Folded.Version).Select(record => new ScannedRecord(record)));
            }

            foreach (var row in cases.All)
            {
                parts.Add(new ScannedCase(row with { Work = null }));
                if (row.Work is { } work)
                {
                    parts.Add(new ScannedWork(row.Workplace!, work));
                }
            }

            return parts;
        }
    }
}
