using Microsoft.Extensions.DependencyInjection;
using TownReform.Grains.Rules.Towns;

namespace TownReform.Grains.Journal.Hosting;

/// <summary>Gives each grain the seeds of its world: a simulated one may have been founded from others than the silo's own.</summary>
public static class SeedsOfWorlds
{
    /// <summary>Adds the seeds: outside a grain, and in a grain of a world without seeds of its own, they are these.</summary>
    public static IServiceCollection AddSeeds(this IServiceCollection services, SeedLibrary seeds) =>
        services.AddTransient(provider => Of(provider) ?? seeds);

    private static SeedLibrary? Of(IServiceProvider provider)
    {
        if (provider.GetService<IGrainContextAccessor>()?.GrainContext?.GrainId.Key.ToString() is not { } key)
        {
            return null;
        }

        var end = key.IndexOf('/', StringComparison.Ordinal);
        return end <= 0 || key[..end] == Address.Live ? null : provider.GetRequiredService<IWorlds>().SeedsOf(key[..end]);
    }
}
