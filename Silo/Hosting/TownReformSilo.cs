using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TownReform.Grains.Journal.Hosting;
using TownReform.Grains.Receipts;
using TownReform.Grains.Rules.Towns;
using TownReform.Grains.Simulation;
using TownReform.Grains.Simulation.Spread;

namespace TownReform.Silo.Hosting;

/// <summary>What every silo of the town is made of; the live one and the embedded ones add where they listen and what they keep.</summary>
public static class TownReformSilo
{
    /// <summary>Part of the key of everything that Orleans' own stores hold; changing it makes them look empty.</summary>
    public const string Cluster = "townreform";

    /// <summary>Adds the silo, then the worlds, so that effects are delivered only once grains can answer.</summary>
    public static IHostApplicationBuilder AddTownReform(
        this IHostApplicationBuilder builder,
        SeedLibrary seeds,
        Action<StorageOptions> storage,
        Action<ISiloBuilder> silo
    )
    {
        builder.Services.AddSeeds(seeds);
        // Who wants a simulated run's trace registers another recording; a live silo counts for runs that come from outside.
        builder.Services.TryAddSingleton<CountingRecording>();
        builder.Services.TryAddSingleton<IRunRecording>(services => services.GetRequiredService<CountingRecording>());
        builder.Services.TryAddSingleton<RunPlaces>();
        builder.UseOrleans(silo);
        builder.Services.AddWorlds(storage);
        builder.Services.AddReceipts();
        return builder;
    }

    /// <summary>A host that reads no files and no environment of the folder it happens to start in.</summary>
    internal static HostApplicationBuilder NewHost() =>
        Prepare(Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = Cluster }));

    /// <summary>What an empty host needs to log and to find its mistakes at start.</summary>
    internal static T Prepare<T>(T builder)
        where T : IHostApplicationBuilder
    {
        builder.Services.TryAddSingleton<TerseConsole>();
        builder.Services.AddSingleton<Microsoft.Extensions.Logging.Console.ConsoleFormatter>(services =>
            services.GetRequiredService<TerseConsole>()
        );
        builder
            .Logging.AddConsole(console => console.FormatterName = TerseConsole.Name)
            .SetMinimumLevel(LogLevel.Warning)
            // Noise at start: advice on server garbage collection, which a town has no use for, and a watchdog that has measured since the
            // machine started.
            .AddFilter("Orleans.Runtime.Silo", LogLevel.Error)
            .AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error);
        builder.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(console =>
            console.LogToStandardErrorThreshold = LogLevel.Trace
        );
        builder.ConfigureContainer(
            new DefaultServiceProviderFactory(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true })
        );
        return builder;
    }
}
