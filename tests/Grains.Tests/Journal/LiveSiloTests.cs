using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using TownReform.Grains.Journal;
using TownReform.Grains.Journal.Hosting;
using TownReform.Grains.Journal.Storage;
using TownReform.Silo.Storage;

namespace TownReform.Grains.Tests.Journal;

/// <summary>A silo with a data folder: journal, outbox, snapshots and reminders on SQLite, across a restart.</summary>
public sealed class LiveSiloTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("town");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Commit_WithEffect_ReachesTheGrainOfThatType()
    {
        using var silo = await StartAsync();
        var storage = silo.Services.GetRequiredService<IWorlds>().Of(Address.Live);
        await storage.Journal.AppendAsync(
            Sample.Append("case/1", JournalHead.None, 1, null, false, Sample.Effect("case/1", 1, 0, "live/r1", "receiver-of-tests"))
        );
        await storage.Outbox.DrainAsync(TestContext.Current.CancellationToken);
        (await silo.Services.GetRequiredService<IGrainFactory>().GetGrain<IReceiverGrain>("live/r1").TakenAsync()).ShouldBe([
            new EffectId("case/1", 1, 0),
        ]);
        await silo.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Restart_WithSnapshotAndReminder_FindsBoth()
    {
        using (var silo = await StartAsync())
        {
            var storage = silo.Services.GetRequiredService<IWorlds>().Of(Address.Live);
            var snapshots = storage.Snapshots.ShouldNotBeNull();
            var head = await storage.Journal.RecordAsync("town/yandian", 2);
            (await snapshots.ReadAsync("town/yandian")).ShouldBeNull();
            await snapshots.WriteAsync("town/yandian", new Snapshot(1, 1, new byte[32], "{\"a\":0}"u8.ToArray()));
            await snapshots.WriteAsync("town/yandian", new Snapshot(1, head.Version, head.Hash.ToArray(), "{\"a\":\"雁店\"}"u8.ToArray()));
            (await Receiver(silo).RemindAsync("sweep")).ShouldBe(1);
            (await Receiver(silo).RemindAsync("sweep")).ShouldBe(1);
            await silo.StopAsync(TestContext.Current.CancellationToken);
        }

        using var again = await StartAsync();
        var kept = (
            await again.Services.GetRequiredService<IWorlds>().Of(Address.Live).Snapshots!.ReadAsync("town/yandian")
        ).ShouldNotBeNull();
        (kept.Schema, kept.Version).ShouldBe((1, 2));
        System.Text.Encoding.UTF8.GetString(kept.State).ShouldBe("{\"a\":\"雁店\"}");
        (await Receiver(again).RemindAsync("other")).ShouldBe(2);
        await again.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Read_SnapshotOfRecordThatIsNotThere_IsIgnored()
    {
        using var silo = await StartAsync();
        var storage = silo.Services.GetRequiredService<IWorlds>().Of(Address.Live);
        var head = await storage.Journal.RecordAsync("town/yandian", 2);
        await storage.Snapshots!.WriteAsync("town/yandian", new Snapshot(1, head.Version + 1, head.Hash.ToArray(), "{}"u8.ToArray()));
        (await storage.Snapshots.ReadAsync("town/yandian")).ShouldBeNull();
        await storage.Snapshots.WriteAsync("town/yandian", new Snapshot(1, head.Version, head.Hash.ToArray(), "{}"u8.ToArray()));
        (await storage.Snapshots.ReadAsync("town/yandian")).ShouldNotBeNull();
        await silo.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Start_FolderTaken_IsRefused()
    {
        using var first = new LiveFolder(folder.FullName);
        await Should.ThrowAsync<LiveFolderTakenException>(() => StartAsync());
    }

    [Fact]
    public async Task Start_TownIsOpenBeforeTheSiloStarts()
    {
        var before = new StartedBefore(Path.Combine(folder.FullName, "town.sqlite"));
        using var silo = await StartAsync(before);
        before.FoundTown.ShouldBe(true);
        await silo.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Of_LiveWithoutFolder_IsRefusedUnlessInMemory()
    {
        using var bare = Worlds(inMemory: false);
        Should.Throw<InvalidOperationException>(() => bare.GetRequiredService<IWorlds>().Of(Address.Live));
        bare.GetRequiredService<IWorlds>().Of("r1").Snapshots.ShouldBeNull();
        using var trial = Worlds(inMemory: true);
        trial.GetRequiredService<IWorlds>().Of(Address.Live).World.ShouldBe(Address.Live);
    }

    [Fact]
    public async Task Drop_SimulatedWorld_ForgetsIt()
    {
        await using var services = Worlds(inMemory: false);
        var worlds = services.GetRequiredService<IWorlds>();
        await worlds.Of("r1").Journal.RecordAsync("case/1", 1);
        worlds.Of("r1").Journal.ShouldBeSameAs(worlds.Of("r1").Journal);
        worlds.Drop("r1");
        (await worlds.Of("r1").Journal.ReadAsync("case/1", 0, TestContext.Current.CancellationToken)).ShouldBeEmpty();
    }

    private static ServiceProvider Worlds(bool inMemory) =>
        new ServiceCollection()
            .AddLogging()
            .AddSingleton<TownReform.Grains.Journal.Outbox.IEffectCourier, Courier>()
            .AddWorlds(options => options.LiveInMemory = inMemory)
            .BuildServiceProvider();

    private static IReceiverGrain Receiver(IHost silo) =>
        silo.Services.GetRequiredService<IGrainFactory>().GetGrain<IReceiverGrain>("live/r1");

    private async Task<IHost> StartAsync(params IHostedService[] before)
    {
        var builder = Host.CreateApplicationBuilder();
        foreach (var service in before)
        {
            builder.Services.AddSingleton(service);
        }

        builder.Logging.ClearProviders();
        builder.UseOrleans(silo =>
            silo.UseLocalhostClustering(FreePort(), FreePort())
                .Configure<ClusterOptions>(cluster => cluster.ServiceId = "townreform")
                .UseOrleansSqlite()
        );
        builder.Services.AddWorlds(options => options.Folder = folder.FullName);
        var host = builder.Build();
        try
        {
            await host.StartAsync(TestContext.Current.CancellationToken);
            return host;
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }

    /// <summary>Starts ahead of the silo, and looks whether a town's file is there.</summary>
    private sealed class StartedBefore(string file) : IHostedService
    {
        public bool? FoundTown { get; private set; }

        public Task StartAsync(CancellationToken cancellationToken)
        {
            FoundTown = File.Exists(file);
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
