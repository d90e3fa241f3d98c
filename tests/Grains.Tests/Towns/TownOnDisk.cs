using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TownReform.Grains.Audit.EndState;
using TownReform.Grains.Journal;
using TownReform.Grains.Journal.Sqlite;
using TownReform.Grains.Rules.Towns;
using TownReform.Silo.Hosting;
using TownReform.Silo.Storage;
using TownReform.Tests.Fixtures;

namespace TownReform.Grains.Tests.Towns;

/// <summary>A practice town in a folder, on a silo inside the test's process; it can be stopped and started by other seeds.</summary>
internal sealed class TownOnDisk : IAsyncDisposable
{
    /// <summary>A Monday morning in Shanghai.</summary>
    public static readonly DateTimeOffset Morning = new(2019, 6, 3, 9, 0, 0, TimeSpan.FromHours(8));

    private readonly IHost host;
    private readonly string folder;
    private bool stopped;

    private TownOnDisk(IHost host, string folder, SeedLibrary seeds) => (this.host, this.folder, Seeds) = (host, folder, seeds);

    public SeedLibrary Seeds { get; }

    public IGrainFactory Grains => host.Services.GetRequiredService<IGrainFactory>();

    public WorldStorage Live => host.Services.GetRequiredService<IWorlds>().Of(Address.Live);

    public DateTimeOffset Now => host.Services.GetRequiredService<IWorlds>().ReceptionOf(Address.Live).Clock!.Now;

    public TownFounding Founding => new(Grains, Seeds, practice: true);

    /// <summary>Starts the silo; founds nothing yet.</summary>
    public static async Task<TownOnDisk> StartAsync(string folder, SeedLibrary seeds)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.ClearProviders();
        builder.AddTownReform(
            seeds,
            storage => (storage.Folder, storage.PracticeFrom) = (folder, Morning),
            silo =>
                silo.UseLocalhostClustering(FreePort(), FreePort(), null, TownReformSilo.Cluster, TownReformSilo.Cluster).UseOrleansSqlite()
        );
        var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        return new(host, folder, seeds);
    }

    public async Task<CaseView> OpenPermitAsync(string town, int n = 0)
    {
        var party = new Party($"citizen-{n}", "李四", false);
        return await OpenAsync(town, "permit", Seeds.Towns[town].Item("permit").Code, PureCase.Public(party), party);
    }

    /// <summary>At another workplace than permits.</summary>
    public Task<CaseView> OpenPenaltyAsync(string town)
    {
        var officer = Seeds.Towns[town].Staff.First(p => p.Organ == "enforcement" && p.Roles.Contains("officer"));
        return OpenAsync(
            town,
            "penalty-general",
            Seeds.Towns[town].Item("penalty").Code,
            new Actor(officer.Id, officer.Organ),
            PureCase.Citizen,
            new Field("offence-date", "2019-06-03"),
            new Field("found-by", "patrol")
        );
    }

    public async Task<CaseView> ReadAsync(string number) => (await Case(number).ReadAsync()).ShouldSucceed();

    public ICaseGrain Case(string number) => Grains.GetGrain<ICaseGrain>(Address.Case(Address.Live, number));

    public IWorkplaceInside Workplace(string key) => Grains.GetGrain<IBureauInside>($"{Address.Live}/{key}");

    public async Task<IReadOnlyList<string>> KindsAsync(string stream) =>
        [.. (await Live.Journal.ReadAsync(stream, 0, TestContext.Current.CancellationToken)).Select(record => record.Kind)];

    /// <summary>The folder as a kill at this moment leaves it.</summary>
    public string Kill()
    {
        var copy = Directory.CreateDirectory($"{folder}-killed").FullName;
        foreach (
            var file in Directory
                .EnumerateFiles(folder)
                .Where(file => !file.EndsWith("-shm", StringComparison.Ordinal) && !file.EndsWith(".lock", StringComparison.Ordinal))
        )
        {
            using var from = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var to = File.Create(Path.Combine(copy, Path.GetFileName(file)));
            from.CopyTo(to);
        }

        return copy;
    }

    public async Task<EndStateReport> StopAndAuditAsync()
    {
        await Live.Outbox.DrainAsync(TestContext.Current.CancellationToken);
        await DisposeAsync();
        return await EndStateCheck.RunAsync(
            new SqliteScan(Path.Combine(folder, "town.sqlite")),
            Seeds,
            cancellation: TestContext.Current.CancellationToken
        );
    }

    public async ValueTask DisposeAsync()
    {
        if (!stopped)
        {
            stopped = true;
            await host.StopAsync(CancellationToken.None);
            host.Dispose();
        }
    }

    private async Task<CaseView> OpenAsync(string town, string procedure, string item, Actor actor, Party party, params Field[] fields)
    {
        var stamp = Stamps.Next(Now, actor);
        return (
            await Grains
                .GetGrain<IIntakeGrain>(Address.Intake(Address.Live, town, stamp.CommandId))
                .OpenAsync(
                    new OpenCase(
                        Stamp: stamp,
                        Town: town,
                        Procedure: procedure,
                        Subject: item,
                        Party: party,
                        Green: false,
                        Fields: [.. fields]
                    )
                )
        ).ShouldSucceed();
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
