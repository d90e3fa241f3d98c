using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TownReform.Grains.Journal;
using TownReform.Grains.Journal.Storage;
using TownReform.Grains.Rules.Towns;
using TownReform.Silo.Hosting;

namespace TownReform.Benchmarks.Speed.Contenders;

/// <summary>The live silo as users start it, on a ground: alone on SQLite, or one of any number on PostgreSQL.</summary>
internal sealed class TownSilo : IAsyncDisposable
{
    private readonly LiveFolder? folder;
    private readonly IHost host;

    private TownSilo(LiveFolder? folder, IHost host) => (this.folder, this.host) = (folder, host);

    public IGrainFactory Grains => host.Services.GetRequiredService<IGrainFactory>();

    /// <summary>The live world's record, read model and snapshots.</summary>
    public WorldStorage Live => host.Services.GetRequiredService<IWorlds>().Of(Address.Live);

    /// <summary>Starts; the towns are founded unless they were before.</summary>
    public static async Task<TownSilo> StartAsync(SeedLibrary seeds, Ground ground, GroundKind kind, CancellationToken cancellation)
    {
        var folder = kind == GroundKind.Sqlite ? new LiveFolder(ground.Place) : null;
        var silo = new TownSilo(folder, LiveSilo.Build(seeds, folder, Options(ground, kind)));
        try
        {
            await silo.host.StartAsync(cancellation);
            return await new TownFounding(silo.Grains, seeds).FoundAllAsync(Address.Live) is { } refusal
                ? throw new InvalidOperationException(refusal.Because.En)
                : silo;
        }
        catch
        {
            await silo.DisposeAsync();
            throw;
        }
    }

    /// <summary>A read of the tables waits for what was committed before it.</summary>
    public async Task SettleAsync() => await Live.Outbox.CountAsync();

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
        folder?.Dispose();
    }

    private static SiloOptions Options(Ground ground, GroundKind kind)
    {
        var (silo, gateway) = FreePorts.Two();
        string[] storage = kind == GroundKind.Sqlite ? ["--data", ground.Place] : ["--storage", "postgres", "--connection", ground.Place];
        string[] ports =
        [
            "--silo-port",
            silo.ToString(CultureInfo.InvariantCulture),
            "--gateway-port",
            gateway.ToString(CultureInfo.InvariantCulture),
        ];
        var (options, fault) = SiloOptions.Parse([.. storage, .. ports], _ => null);
        return fault is null ? options : throw new InvalidOperationException(fault.En);
    }
}
