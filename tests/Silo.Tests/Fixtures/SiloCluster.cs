using Npgsql;
using TownReform.Tests.Fixtures;

namespace TownReform.Silo.Tests.Fixtures;

/// <summary>Three real silos on a real PostgreSQL of their own, each on a line to it that can be cut. What was started is stopped, also
/// when the start fails.</summary>
internal sealed class SiloCluster : IAsyncDisposable
{
    public const int Size = 3;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cluster");
    private readonly SiloProcess?[] silos = new SiloProcess?[Size];

    private SiloCluster() { }

    public PrivatePostgres Server { get; } = new();

    /// <summary>Straight to the database, past the lines.</summary>
    public string Connection { get; private set; } = "";

    public string Seeds { get; private set; } = "";

    /// <summary>Further options of each silo.</summary>
    private string[] More { get; init; } = [];

    /// <summary>Of each silo; a silo that is started again has the same.</summary>
    public (int Silo, int Gateway)[] Ports { get; } = [.. Enumerable.Range(0, Size).Select(_ => SiloProcess.FreePorts())];

    /// <summary>Between each silo and the database.</summary>
    public CuttableLine[] Lines { get; private set; } = [];

    public IReadOnlyList<SiloProcess> Silos => silos!;

    /// <param name="copySeeds">Makes the cluster's seeds in a folder that doesn't exist yet, and says where they are.</param>
    public static async Task<SiloCluster> StartAsync(Func<string, string> copySeeds, params string[] more)
    {
        var cluster = new SiloCluster { More = more };
        try
        {
            cluster.Seeds = copySeeds(Path.Combine(cluster.folder.FullName, "seeds"));
            cluster.Connection = await cluster.Server.NewDatabaseAsync();
            cluster.Lines =
            [
                .. Enumerable.Range(0, Size).Select(_ => new CuttableLine(new NpgsqlConnectionStringBuilder(cluster.Connection).Port)),
            ];
            await cluster.StartAllAsync();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts all at once.</summary>
    public Task StartAllAsync() => Task.WhenAll(Enumerable.Range(0, Size).Select(StartAgainAsync));

    /// <summary>Starts one that has ended, and waits until it serves.</summary>
    public async Task StartAgainAsync(int n) =>
        silos[n] = await SiloProcess.StartInClusterAsync(
            new NpgsqlConnectionStringBuilder(Connection) { Port = Lines[n].Port }.ToString(),
            Ports[n],
            Seeds,
            More
        );

    /// <summary>Stops one as a supervisor does.</summary>
    public async Task StopAsync(int n) => (await Silos[n].StopAsync()).ShouldBe(0, string.Join('\n', Silos[n].Complaints));

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in silos)
        {
            if (silo is not null)
            {
                await silo.DisposeAsync();
            }
        }

        foreach (var line in Lines)
        {
            await line.DisposeAsync();
        }

        await Server.DisposeAsync();
        folder.Delete(recursive: true);
    }
}
