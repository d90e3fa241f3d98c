using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using TownReform.Grains.Journal.Hosting;

namespace TownReform.Grains.Receipts;

/// <summary>Registers the keys that sign, where the town is kept: in its folder, in its database, or in memory.</summary>
public static class ReceiptRegistration
{
    public static IServiceCollection AddReceipts(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(Store);
        services.AddSingleton(provider => new SigningKeys(
            provider.GetRequiredService<IKeyStore>(),
            provider.GetRequiredService<TimeProvider>()
        ));
        services.AddHostedService<FirstKey>();
        return services;
    }

    /// <summary>Has the silo write signed checkpoints.</summary>
    public static IServiceCollection AddCheckpoints(this IServiceCollection services, CheckpointOptions options) =>
        services.AddSingleton(options).AddHostedService<CheckpointWriter>();

    private static IKeyStore Store(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<StorageOptions>>().Value switch
        {
            { Folder: { } folder } => new KeyFile(folder),
            { Connection: { } connection } => new KeyTable(connection),
            _ => new KeysInMemory(),
        };

    /// <summary>A live town has its key from its first start; one that can't be read stops the start.</summary>
    private sealed class FirstKey(SigningKeys keys, IOptions<StorageOptions> options) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) =>
            options.Value.IsDurable ? keys.PublicAsync(cancellationToken).AsTask() : Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
