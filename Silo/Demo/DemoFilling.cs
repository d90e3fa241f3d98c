using TownReform.Grains.Journal.Sqlite;
using TownReform.Grains.Journal.Storage;
using TownReform.Grains.Rules.Towns;
using TownReform.Grains.Simulation;
using TownReform.Silo.Hosting;

namespace TownReform.Silo.Demo;

/// <summary>Makes a demo world and leaves it in a folder.</summary>
public sealed class DemoFilling(SeedLibrary seeds, DemoWorld demo)
{
    private volatile WorldFilling? filling;

    /// <summary>How far it is; asked at any time.</summary>
    public ReplicationProgress Progress => filling?.Progress ?? WorldFilling.NotBegun;

    /// <param name="folder">No town is in it.</param>
    /// <exception cref="OperationCanceledException">The folder is half filled, as after any other exception.</exception>
    public async Task RunAsync(LiveFolder folder, CancellationToken cancellation)
    {
        await using var silo = await EmbeddedSilo.StartAsync(seeds, cancellation: cancellation);
        filling = new WorldFilling(silo.Grains, silo.Worlds, seeds);
        var appends = await filling.RunAsync(demo.Scenario, DemoWorld.Seed, demo.Opens, at => FoundAsync(silo, at), cancellation);
        await WorldCopy.WriteAsync(appends, folder, cancellation);
    }

    // As a live silo does when it starts, so that it finds everything as it would have left it.
    private async Task FoundAsync(EmbeddedSilo silo, DateTimeOffset at)
    {
        var founding = new TownFounding(silo.Grains, seeds, practice: true);
        if (await founding.FoundAllAsync(Address.Live) is { } refusal)
        {
            throw new InvalidOperationException($"The towns of the demo world could not be founded: {refusal.Because.En}");
        }

        await founding.FollowSeedsAsync(Address.Live, at);
    }
}
