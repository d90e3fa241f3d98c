using System.Collections.Immutable;
using System.Diagnostics;
using TownReform.Benchmarks.Speed.Contenders;
using TownReform.Benchmarks.Speed.Telling;
using TownReform.Grains.Journal;
using TownReform.Grains.Rules.Towns;

namespace TownReform.Benchmarks.Growth.Filling;

/// <summary>
/// Fills the store with copies of cases through the product's own writer: record, hash chain, commits and read model are what they would be
/// had every
/// case been taken by hand, only many at once. Nothing but the town may be awake meanwhile: the seal and the county departments are written
/// beside their grains.
/// </summary>
internal sealed class JournalFill(SeedLibrary seeds, TownSilo silo, ImmutableArray<CaseTemplate> templates)
{
    /// <summary>Cases prepared while those before them are committed.</summary>
    private const int Batch = 4096;

    private static readonly TimeSpan Between = TimeSpan.FromSeconds(5);

    private readonly WorldStorage world = silo.Live;
    private readonly FillOffices offices = new(seeds, silo.Live);
    private readonly List<string> live = [];
    private readonly Dictionary<string, TownNumbers> numbers = seeds.Towns.Values.ToDictionary(
        p => p.Code,
        p => new TownNumbers(silo.Grains, p),
        StringComparer.Ordinal
    );
    private long records;
    private long order;

    /// <summary>First the closed ones, then the live ones, as they would have come.</summary>
    public async Task<Filled> RunAsync(int liveCases, int closedCases, CancellationToken cancellation)
    {
        var begun = Stopwatch.StartNew();
        var told = Stopwatch.StartNew();
        CaseTemplate[] closed = [.. templates.Where(t => t.Closed)],
            open = [.. templates.Where(t => !t.Closed)];
        var committing = Task.CompletedTask;
        long total = (long)liveCases + closedCases;
        while (order < total)
        {
            cancellation.ThrowIfCancellationRequested();
            var upTo = Math.Min(order < closedCases ? closedCases : total, order + Batch);
            var appends = await PrepareAsync(order < closedCases ? closed : open, upTo);
            await committing;
            committing = RecordAsync(appends);
            if (told.Elapsed >= Between || order == total)
            {
                told.Restart();
                Tell(total, begun.Elapsed);
            }
        }

        await committing;
        await offices.LeaveSnapshotsAsync();

        foreach (var town in numbers.Values)
        {
            town.Dispose();
        }

        return new(live, closedCases, records, begun.Elapsed);
    }

    private async Task<List<JournalAppend>> PrepareAsync(CaseTemplate[] like, long upTo)
    {
        var appends = new List<JournalAppend>(Batch);
        for (; order < upTo; order++)
        {
            var template = like[order % like.Length];
            var copy = new CaseCopy(template, $"{seeds.Towns[template.Town].Prefix}{await numbers[template.Town].NextAsync():D8}", order);
            appends.Add(copy.Append(seeds, template.Granted < 0 ? null : await offices.TakeAsync(copy)));
            if (!template.Closed)
            {
                live.Add(copy.Number);
            }
        }

        return appends;
    }

    // The offices' events are taken from what is staged before anything else is, so the next batch may stage meanwhile only when they are
    // recorded.
    private async Task RecordAsync(List<JournalAppend> appends)
    {
        records += await offices.RecordAsync() + appends.Sum(a => a.Events.Length);
        await Task.WhenAll(appends.Select(a => world.Journal.AppendAsync(a).AsTask()));
    }

    private void Tell(long total, TimeSpan passed) =>
        Console.Error.WriteLine(
            Reader.In(
                new(
                    $"  已填 {order:N0}/{total:N0} 件，{records / passed.TotalSeconds:N0} 条记录/秒",
                    $"  filled {order:N0} of {total:N0} cases, {records / passed.TotalSeconds:N0} records/s"
                )
            )
        );
}
