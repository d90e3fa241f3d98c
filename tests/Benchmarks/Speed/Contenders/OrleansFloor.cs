using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TownReform.Silo.Hosting;

namespace TownReform.Benchmarks.Speed.Contenders;

/// <summary>What the calls cost by themselves: five to a new grain each, which keeps nothing.</summary>
internal sealed class OrleansFloor : IContender
{
    private readonly CaseNumbers numbers = new();
    private IHost? host;

    public KeptSteps? Kept => null;

    public async Task StartAsync(CancellationToken cancellation)
    {
        var (silo, gateway) = FreePorts.Two();
        var builder = TownReformSilo.NewHost();
        builder.UseOrleans(orleans => orleans.UseLocalhostClustering(silo, gateway, null, "floor", "floor"));
        host = builder.Build();
        await host.StartAsync(cancellation);
    }

    public Task<ILane> NewLaneAsync()
    {
        var grains = host!.Services.GetRequiredService<IGrainFactory>();
        return Task.FromResult<ILane>(new NumberedLane(numbers, (happened, _) => BareCaseGrain.Of(grains, happened.Case).TakeAsync(happened)));
    }

    public async ValueTask DisposeAsync()
    {
        if (host is not null)
        {
            await host.StopAsync();
            host.Dispose();
        }
    }
}
