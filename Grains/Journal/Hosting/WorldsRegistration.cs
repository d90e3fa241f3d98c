using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using TownReform.Grains.Journal.Outbox;
using TownReform.Grains.Journal.Storage;
using TownReform.Grains.Neighbours;

namespace TownReform.Grains.Journal.Hosting;

/// <summary>Registers <see cref="IWorlds"/> with all that stands behind it.</summary>
public static class WorldsRegistration
{
    /// <summary>Add it after the silo, so that delivery starts when grains can answer.</summary>
    public static IServiceCollection AddWorlds(this IServiceCollection services, Action<StorageOptions>? configure = null)
    {
        services
            .AddOptions<StorageOptions>()
            .Configure(configure ?? (static _ => { }))
            .Validate(
                static options =>
                    (options.Folder is null ? 0 : 1) + (options.Connection is null ? 0 : 1) + (options.LiveInMemory ? 1 : 0) <= 1,
                "数据目录、数据库、内存只能选一。 / Choose a folder, a database or memory for the live town: one of them."
            )
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IEffectCourier, GrainCourier>();
        services.TryAddSingleton(Folder);
        services.TryAddSingleton<INeighbourhood, Neighbourhood>();
        services.AddSingleton<Worlds>();
        services.AddSingleton<IWorlds>(provider => provider.GetRequiredService<Worlds>());
        services.AddSingleton<ILiveWorld>(provider => provider.GetRequiredService<Worlds>());
        services.AddHostedService<OutboxPump>();
        services.AddHostedService<StorageWatch>();
        return services;
    }

    private static LiveFolder Folder(IServiceProvider provider) =>
        new(
            provider.GetRequiredService<IOptions<StorageOptions>>().Value.Folder
                ?? throw new InvalidOperationException("No folder is set for the live town.")
        );
}
