using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TownReform.Grains.Journal.Storage;
using TownReform.Grains.Seeds;
using TownReform.Silo.Hosting;

namespace TownReform.Benchmarks.Speed.Contenders;

/// <summary>This system as users run it: the live silo with its rules, hash chain, read model and outbox, on PostgreSQL or SQLite.</summary>
internal sealed class TownContender(SeedLibrary seeds, Ground ground, GroundKind kind) : IContender
{
    private LiveFolder? folder;
    private IHost? host;
    private TownNumbers? numbers;

    /// <summary>The cases' records alone; the offices' and the seal's come on top of them.</summary>
    public KeptSteps Kept { get; } = new("SELECT count(*) FROM journal WHERE stream LIKE 'case/%' AND kind IN ('case.opened', 'case.act-taken')", "town.sqlite");

    public async Task StartAsync(CancellationToken cancellation)
    {
        folder = kind == GroundKind.Sqlite ? new LiveFolder(ground.Place) : null;
        host = LiveSilo.Build(seeds, folder, Options());
        await host.StartAsync(cancellation);
        if (await new TownFounding(Grains, seeds).FoundAllAsync(Address.Live) is { } refusal)
        {
            throw new InvalidOperationException(refusal.Because.En);
        }

        numbers = new TownNumbers(Grains, seeds.Towns["yandian"]);
    }

    public Task<ILane> NewLaneAsync() => Task.FromResult<ILane>(new TownLane(Grains, seeds.Towns["yandian"], numbers!));

    public async ValueTask DisposeAsync()
    {
        if (host is not null)
        {
            await host.StopAsync();
            host.Dispose();
        }

        folder?.Dispose();
        numbers?.Dispose();
    }

    private IGrainFactory Grains => host!.Services.GetRequiredService<IGrainFactory>();

    private SiloOptions Options()
    {
        var (silo, gateway) = FreePorts.Two();
        string[] storage = kind == GroundKind.Sqlite ? ["--data", ground.Place] : ["--storage", "postgres", "--connection", ground.Place];
        string[] ports = ["--silo-port", silo.ToString(CultureInfo.InvariantCulture), "--gateway-port", gateway.ToString(CultureInfo.InvariantCulture)];
        var (options, fault) = SiloOptions.Parse([.. storage, .. ports], _ => null);
        return fault is null ? options : throw new InvalidOperationException(fault.En);
    }
}
