using System.Collections.Immutable;
using System.Diagnostics;
using TownReform.Benchmarks.Growth.Filling;
using TownReform.Benchmarks.Speed;
using TownReform.Benchmarks.Speed.Contenders;
using TownReform.Benchmarks.Speed.Running;
using TownReform.Benchmarks.Speed.Telling;
using TownReform.Grains.Audit.EndState;
using TownReform.Grains.Journal.Audit;
using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Rules.Towns;
using TownReform.Silo.Hosting;

namespace TownReform.Benchmarks.Growth.Measuring;

/// <summary>A town as it was measured.</summary>
/// <param name="Sync">Milliseconds that the disk alone took for a small commit just before.</param>
/// <param name="Heap">Megabytes that the managed heap grew by when a silo started and its towns woke, and nothing had come.</param>
/// <param name="Ready">From the start of the silo until every workplace has looked at its work and every seal knows its numbers.</param>
/// <param name="Seals">The seals' part of it.</param>
internal sealed record TownState(Measurement Measured, double Sync, double Heap, TimeSpan Ready, TimeSpan Seals);

/// <summary>An empty town and the full one, measured one right after the other.</summary>
internal sealed record GrownPair(TownState Empty, TownState Full)
{
    public double Ratio => Full.Measured.StepsPerSecond / Empty.Measured.StepsPerSecond;
}

/// <summary>A town with few cases and the same with many.</summary>
/// <param name="Audited">Records that were audited without a breach; null when that wasn't asked for.</param>
internal sealed record RecordGrown(IReadOnlyList<GrownPair> Pairs, Filled Filled, ColdReads Cold, AwakeCases Awake, long? Audited)
{
    /// <summary>The last of them.</summary>
    public GrownPair Last => Pairs[^1];
}

/// <summary>
/// Fills a store, then measures an empty town and the full one in turn. In turn, because a machine is quicker or slower by a fifth from one
/// minute to the next; each empty
/// town on a ground of its own (a server of its own, too), because a full one leaves its pages in a server's memory.
/// </summary>
internal sealed class RecordGrowth(SeedLibrary seeds, Site site, GrowthOptions options)
{
    public async Task<RecordGrown> RunAsync(CancellationToken cancellation)
    {
        var rested = DiskSync.Measure();
        await using var ground = await site.NewGroundAsync(options.Store, options.Cases, cancellation);
        var filled = await FillAsync(ground, cancellation);
        Say("让数据库完成后台整理 …", "letting the database do what it does behind its users …");
        await ground.TendAsync(cancellation);
        var audited = options.Audit ? await AuditAsync(ground, cancellation) : (long?)null;
        await DiskSync.RestAsync(rested, Resting, cancellation);

        var pairs = new List<GrownPair>();
        while (pairs.Count < options.Rounds)
        {
            Say($"第 {pairs.Count + 1} 轮：测量空库 …", $"round {pairs.Count + 1}: measuring an empty store …");
            var empty = await MeasureEmptyAsync(cancellation);
            Say("测量填满的库 …", "measuring the full store …");
            var full = await MeasureAsync(ground, cancellation);
            pairs.Add(new(empty, full));
            Say(
                $"  {empty.Measured.StepsPerSecond:N0} → {full.Measured.StepsPerSecond:N0} 步/秒",
                $"  {empty.Measured.StepsPerSecond:N0} → {full.Measured.StepsPerSecond:N0} steps/s"
            );
        }

        var (cold, awake) = Sample(filled.Live);
        await using var silo = await AwakeAsync(ground, cancellation);
        Say($"读取 {cold.Length:N0} 件未激活的案件 …", $"reading {cold.Length:N0} cases that are not awake …");
        var reads = await ColdReads.MeasureAsync(silo, cold, cancellation);
        Say($"激活 {awake.Length:N0} 件案件 …", $"waking {awake.Length:N0} cases …");
        return new(pairs, filled, reads, await AwakeCases.MeasureAsync(silo, awake, cancellation), audited);
    }

    private static void Resting(double now) =>
        Say($"等待磁盘恢复：单次同步 {now:F2} 毫秒 …", $"letting the disk rest: a sync alone takes {now:F2} ms …");

    private async Task<TownState> MeasureEmptyAsync(CancellationToken cancellation)
    {
        await using var apart = await Site.OpenAsync(needsServer: options.Store == GroundKind.Postgres, cancellation);
        await using var ground = await apart.NewGroundAsync(options.Store, options.Cases, cancellation);
        return await MeasureAsync(ground, cancellation);
    }

    private async Task<TownState> MeasureAsync(Ground ground, CancellationToken cancellation)
    {
        var without = Heap.Megabytes();
        var begun = Stopwatch.GetTimestamp();
        await using var silo = await AwakeAsync(ground, cancellation);
        var woken = Stopwatch.GetTimestamp();
        await WakeSealsAsync(silo);
        var (ready, seals) = (Stopwatch.GetElapsedTime(begun), Stopwatch.GetElapsedTime(woken));
        var (heap, sync) = (Heap.Megabytes() - without, DiskSync.Measure());
        return new(await TownLoad.MeasureAsync([silo], Plans(), ground, options, cancellation), sync, heap, ready, seals);
    }

    private async Task<Filled> FillAsync(Ground ground, CancellationToken cancellation)
    {
        Say("由系统自身办理样板案件 …", "taking template cases through the system itself …");
        var templates = await TemplatesAsync(ground, cancellation);
        Say($"样板 {templates.Length} 件；开始填库 …", $"{templates.Length} templates; filling the store …");
        await using var silo = await TownSilo.StartAsync(seeds, ground, options.Store, cancellation);
        return await new JournalFill(seeds, silo, templates).RunAsync(options.Live, options.Closed, cancellation);
    }

    // The seal and the departments are awake there, and must not be while their streams are written beside them; so it ends before that.
    private async Task<ImmutableArray<CaseTemplate>> TemplatesAsync(Ground ground, CancellationToken cancellation)
    {
        await using var silo = await TownSilo.StartAsync(seeds, ground, options.Store, cancellation);
        var templates = await new CaseTemplates(seeds, silo).TakeAsync(cancellation);
        await silo.Live.Outbox.DrainAsync(cancellation);
        return templates;
    }

    private async Task<long> AuditAsync(Ground ground, CancellationToken cancellation)
    {
        Say("审计记录：哈希链、提交、规则、索引 …", "auditing the record: hash chains, commits, rules, read model …");
        await using var silo = await TownSilo.StartAsync(seeds, ground, options.Store, cancellation);
        var report = await EndStateCheck.RunAsync((IJournalScan)silo.Live.Journal, seeds, cancellation: cancellation);
        return report.Checks.FirstOrDefault(c => c.Breaches > 0) is { } breached
            ? throw new ContenderFailedException("audit", Reader.In(breached.First[0].Why))
            : report.Records;
    }

    private async Task<TownSilo> AwakeAsync(Ground ground, CancellationToken cancellation)
    {
        var silo = await TownSilo.StartAsync(seeds, ground, options.Store, cancellation);
        await new TownFounding(silo.Grains, seeds).WakeAllAsync(Address.Live, TownLane.Now);
        return silo;
    }

    private Task<SealView[]> WakeSealsAsync(TownSilo silo) =>
        Task.WhenAll(Plans().Select(plan => silo.Grains.GetGrain<ISealGrain>(Address.Town(Address.Live, plan.Code)).ReadAsync()));

    private (string[] Cold, string[] Awake) Sample(IReadOnlyList<string> live)
    {
        var reads = Math.Min(options.Reads, live.Count / 2);
        var awake = Math.Min(options.Awake, live.Count - reads);
        var every = live.Count / (double)(reads + awake);
        var picked = Enumerable.Range(0, reads + awake).ToLookup(n => IsRead(n, reads, reads + awake), n => live[(int)(n * every)]);
        return ([.. picked[true]], [.. picked[false]]);
    }

    // Both samples are spread evenly over all live cases.
    private static bool IsRead(long n, int reads, int all) => n * reads / all != (n + 1) * reads / all;

    private TownPlan[] Plans() => [.. seeds.Towns.Values.OrderBy(t => t.Code, StringComparer.Ordinal)];

    private static void Say(string zh, string en) => Console.Error.WriteLine(Reader.In(new(zh, en)));
}
