using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using TownReform.Silo.Tests.Fixtures;
using TownReform.Tests.Fixtures;

namespace TownReform.Silo.Tests.Live;

/// <summary>Three silos stopped and started one after the other under load: a client that sends everything once gets an answer to everything.</summary>
public sealed class RollingRestartTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Silos = 3, Abreast = 8;
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(1.5);

    private readonly PrivatePostgres server = new();
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("town");
    private readonly DateTimeOffset today = TimeProvider.System.GetUtcNow();
    private readonly ConcurrentDictionary<Guid, CaseView> answered = new();
    private readonly ConcurrentQueue<string> errors = new();
    private readonly (int Silo, int Gateway)[] ports = [.. Enumerable.Range(0, Silos).Select(_ => SiloProcess.FreePorts())];
    private readonly SiloProcess[] silos = new SiloProcess[Silos];
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private string connection = "";
    private string seeds = "";
    private int applicants;

    public async ValueTask InitializeAsync()
    {
        connection = await server.NewDatabaseAsync();
        seeds = Repository.CopySeedsFor(today, Path.Combine(folder.FullName, "seeds"));
        await Task.WhenAll(Enumerable.Range(0, Silos).Select(StartAsync));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in silos.Where(silo => silo is not null))
        {
            await silo.DisposeAsync();
        }

        await server.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Restart_OfEachSiloInTurn_CostsNoClientAnAnswer()
    {
        using var enough = new CancellationTokenSource();
        await using var client = await TownClient.ConnectAsShippedAsync(silos);
        var applying = Enumerable.Range(0, Abreast).Select(_ => Task.Run(() => ApplyAsync(client, enough.Token))).ToArray();
        for (var n = 0; n < Silos; n++)
        {
            await Task.Delay(Calm, TestContext.Current.CancellationToken);
            var (begun, before) = (clock.Elapsed, answered.Count);
            (await silos[n].StopAsync()).ShouldBe(0, string.Join('\n', silos[n].Complaints));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"silo {n} stopped in {(clock.Elapsed - begun).TotalSeconds:F1} s, in which {answered.Count - before} commands were answered; {errors.Count} errors so far"));
            await StartAsync(n);
        }

        await Task.Delay(Calm, TestContext.Current.CancellationToken);
        await enough.CancelAsync();
        await Task.WhenAll(applying);
        errors.ShouldBeEmpty();
        answered.Count.ShouldBe(applicants * 4);
        output.WriteLine($"{applicants} permits, {answered.Count} commands, each sent once");
    }

    private async Task StartAsync(int n) => silos[n] = await SiloProcess.StartInClusterAsync(connection, ports[n], seeds);

    private async Task ApplyAsync(TownClient client, CancellationToken enough)
    {
        while (!enough.IsCancellationRequested)
        {
            try
            {
                await new Applicant(Interlocked.Increment(ref applicants), today, answered).GoAsync(client);
            }
            catch (Exception e)
            {
                errors.Enqueue($"{e.GetType().Name}: {e.Message}");
            }
        }
    }
}
