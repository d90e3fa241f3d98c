using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TownReform.Grains.Journal;
using TownReform.Grains.Seeds;
using TownReform.Silo.Hosting;
using TownReform.Silo.Storage;

namespace TownReform.Benchmarks;

/// <summary>
/// Durable steps a second on SQLite, full path: five commands a case (open, accept, recommend, grant, deliver) through the real grains,
/// each answered after its commit (WAL, synchronous=FULL), with rules, hash chain, read model and outbox. Closed loop, client in the process.
/// </summary>
internal static class JournalBenchmark
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(10);
    private static readonly DateTimeOffset Morning = new(2020, 5, 11, 9, 0, 0, TimeSpan.FromHours(8));

    public static async Task RunAsync(string[] concurrencies)
    {
        Console.WriteLine("concurrent cases   steps/s   cases/s   p50 ms   p99 ms   cpu/2");
        foreach (var concurrency in concurrencies is [] ? [1, 64, 256] : concurrencies.Select(c => int.Parse(c, null)))
        {
            await MeasureAsync(concurrency);
        }
    }

    private static async Task MeasureAsync(int concurrency)
    {
        var folder = Directory.CreateTempSubdirectory("town-benchmark");
        try
        {
            var seeds = SeedLoader.Load(SeedsFolder.Find(null).Folder!);
            using var host = Build(seeds, folder.FullName);
            await host.StartAsync();
            var grains = host.Services.GetRequiredService<IGrainFactory>();
            await new TownFounding(grains, seeds).FoundAllAsync(Address.Live);
            using var loop = new Loop(grains, seeds.Towns["yandian"], concurrency);
            await loop.RunAsync(WarmUp, Measured);
            await host.Services.GetRequiredService<IWorlds>().Of(Address.Live).Outbox.DrainAsync();
            await host.StopAsync();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static IHost Build(SeedLibrary seeds, string folder)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        if (Environment.GetEnvironmentVariable("BENCH_PG") is { } connection)
        {
            connection += $";Database=bench{Environment.TickCount64}";
            builder.AddTownReform(
                seeds,
                storage => storage.Connection = connection,
                silo => silo.Configure<Orleans.Configuration.ClusterOptions>(c => (c.ClusterId, c.ServiceId) = (TownReformSilo.Cluster, TownReformSilo.Cluster)).ConfigureEndpoints(System.Net.IPAddress.Loopback, 11911, 30911).UseOrleansPostgres(connection));
            return builder.Build();
        }

        builder.AddTownReform(
            seeds,
            storage => storage.Folder = folder,
            silo => silo.UseLocalhostClustering(11911, 30911, null, TownReformSilo.Cluster, TownReformSilo.Cluster).UseOrleansSqlite());
        return builder.Build();
    }

    /// <summary>So many cases at once, each begun when the one before it is delivered.</summary>
    private sealed class Loop(IGrainFactory grains, TownPlan plan, int concurrency) : IDisposable
    {
        private readonly List<double>[] latencies = [.. Enumerable.Range(0, concurrency).Select(_ => new List<double>())];
        private readonly Actor window = Officer(plan, "window");
        private readonly Actor reviewer = Officer(plan, "reviewer");
        private readonly Actor decider = Officer(plan, "decider");
        private readonly string item = plan.Items.Values.Where(i => i is { Kind: "permit", Retained: false }).Min(i => i.Code)!;
        private readonly SemaphoreSlim numbers = new(1, 1);
        private long next;
        private long end;
        private long commands;
        private volatile bool measuring;
        private volatile bool stopping;

        public async Task RunAsync(TimeSpan warmUp, TimeSpan measured)
        {
            var loops = Enumerable.Range(0, concurrency).Select(n => Task.Run(() => CasesAsync(latencies[n]))).ToArray();
            await Task.Delay(warmUp);
            using var process = Process.GetCurrentProcess();
            var (watch, cpu) = (Stopwatch.StartNew(), process.TotalProcessorTime);
            measuring = true;
            await Task.Delay(measured);
            measuring = false;
            var seconds = watch.Elapsed.TotalSeconds;
            process.Refresh();
            var used = (process.TotalProcessorTime - cpu).TotalSeconds / seconds;
            stopping = true;
            await Task.WhenAll(loops);
            var all = latencies.SelectMany(l => l).Order().ToArray();
            Console.WriteLine($"{concurrency,16} {all.Length / seconds,9:N0} {all.Length / seconds / 5,9:N0} {all[all.Length / 2],8:F1} {all[(int)(all.Length * 0.99)],8:F1} {used,7:F2}");
        }

        private async Task CasesAsync(List<double> told)
        {
            while (!stopping)
            {
                await CaseAsync($"{plan.Prefix}{await NextNumberAsync():D8}", told);
            }
        }

        public void Dispose() => numbers.Dispose();

        // Numbers rise in the order of opening, as at a window: cases that are under way lie side by side in the indexes.
        private async Task<long> NextNumberAsync()
        {
            await numbers.WaitAsync();
            try
            {
                if (next == end)
                {
                    var block = (await grains.GetGrain<ITownGrain>(Address.Town(Address.Live, plan.Code)).ReserveCaseNumbersAsync(256, Morning)).Value!;
                    (next, end) = (block.First, block.First + block.Count);
                }

                return next++;
            }
            finally
            {
                numbers.Release();
            }
        }

        private async Task CaseAsync(string number, List<double> told)
        {
            var @case = grains.GetGrain<ICaseGrain>(Address.Case(Address.Live, number));
            var citizen = new Actor("P1", Actor.Public);
            await TimedAsync(told, () => @case.OpenAsync(new OpenCase(Stamp(citizen), plan.Code, "permit", item, new Party("P1", "某单位", true), false, [])));
            await TimedAsync(told, () => @case.ActAsync(new ActOnCase(Stamp(window), "accept", [])));
            await TimedAsync(told, () => @case.ActAsync(new ActOnCase(Stamp(reviewer), "recommend", [new Field("recommendation", "grant")])));
            await TimedAsync(told, () => @case.ActAsync(new ActOnCase(Stamp(decider), "grant", [])));
            while ((await @case.ReadAsync()).Value!.Certificate is null)
            {
                // The seal numbers the certificate through the outbox; nobody hands it out before.
                await Task.Delay(1);
            }

            await TimedAsync(told, () => @case.ActAsync(new ActOnCase(Stamp(window), "deliver", [])));
        }

        private async Task TimedAsync(List<double> told, Func<Task<Outcome<CaseView>>> command)
        {
            var start = Stopwatch.GetTimestamp();
            if ((await command()).IsRefused(out var refusal, out _))
            {
                throw new InvalidOperationException(refusal.Because.En);
            }

            if (measuring)
            {
                told.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        }

        private Stamp Stamp(Actor actor) => new(new Guid(0, 0, 0, BitConverter.GetBytes(Interlocked.Increment(ref commands))), actor, Morning);

        private static Actor Officer(TownPlan plan, string role) =>
            plan.Staff.First(s => s.Organ == plan.OrganFor("service").Code && s.Roles.Contains(role)) is var person ? new Actor(person.Id, person.Organ) : throw new InvalidOperationException(role);
    }
}
