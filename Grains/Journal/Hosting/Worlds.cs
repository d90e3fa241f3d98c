using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Storage;
using TownReform.Grains.Hosting;
using TownReform.Grains.Journal.Memory;
using TownReform.Grains.Journal.Outbox;
using TownReform.Grains.Journal.Postgres;
using TownReform.Grains.Journal.Snapshots;
using TownReform.Grains.Journal.Sqlite;
using TownReform.Grains.Journal.Storage;
using TownReform.Grains.Rules.Towns;

namespace TownReform.Grains.Journal.Hosting;

/// <summary>The worlds of this silo: the live one on disk or in the cluster's database, the others in memory.</summary>
internal sealed class Worlds(
    IOptions<StorageOptions> options,
    IServiceProvider services,
    IEffectCourier courier,
    TimeProvider time,
    ILoggerFactory loggers
) : IWorlds, ILiveWorld, IAsyncDisposable, IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<SimulatedWorld>> simulated = new(StringComparer.Ordinal);
    private readonly Lock opening = new();

    // Taken before anything is opened, and therefore given back by the container only after everything is closed.
    private readonly LiveFolder? folder = options.Value.Folder is null ? null : services.GetRequiredService<LiveFolder>();
    private IDurableWorld? live;
    private Reception reception = new();
    private bool closed;

    public Exception? Fault => Volatile.Read(ref live)?.Fault;

    public Words? Hindrance => Volatile.Read(ref live)?.Hindrance;

    public bool IsTroubleTold => Volatile.Read(ref live)?.IsTroubleTold ?? false;

    public WorldStorage Of(string world) =>
        world == Address.Live && !options.Value.LiveInMemory ? Live().Storage : Known(world).Journal.Storage;

    public Reception ReceptionOf(string world)
    {
        if (world != Address.Live || options.Value.LiveInMemory)
        {
            return Known(world).Reception;
        }

        Live();
        return reception;
    }

    public WorldStorage Begin(string world, SeedLibrary? seeds = null)
    {
        var begun = Simulated(world);
        begun.Seeds = seeds;
        return begun.Journal.Storage;
    }

    public SeedLibrary? SeedsOf(string world) =>
        simulated.TryGetValue(world, out var known) && known.IsValueCreated ? known.Value.Seeds : null;

    public void Drop(string world)
    {
        if (simulated.TryRemove(world, out var dropped) && dropped.IsValueCreated)
        {
            dropped.Value.Journal.Dispose();
        }
    }

    /// <summary>The live world, opened when first asked for.</summary>
    public IDurableWorld Live()
    {
        if (Volatile.Read(ref live) is { } open)
        {
            return open;
        }

        lock (opening)
        {
            ObjectDisposedException.ThrowIf(closed, this);
            if (live is null)
            {
                var opened = Open();
                reception = new Reception(ClockOf(opened), new Admission(options.Value.MostAtOnce, time));
                Volatile.Write(ref live, opened);
            }

            return live!;
        }
    }

    public async ValueTask DisposeAsync()
    {
        IDurableWorld? open;
        lock (opening)
        {
            (open, closed) = (live, true);
        }

        if (open is not null)
        {
            await open.DisposeAsync();
        }

        foreach (var world in simulated.Keys)
        {
            Drop(world);
        }
    }

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    private SimulatedWorld Known(string world) =>
        options.Value.IsDurable && !simulated.ContainsKey(world) ? throw NoSuch() : Simulated(world);

    private SimulatedWorld Simulated(string world) =>
        simulated.GetOrAdd(world, name => new Lazy<SimulatedWorld>(() => new(new MemoryWorld(name, courier), new Reception()))).Value;

    // Whoever could ask for worlds by name could fill the memory with them.
    private static TownFaultException NoSuch() =>
        new(
            new(
                "没有这个运行环境，未办理。正式业务的键以“live/”开头。",
                "There is no such world, so nothing was done. Keys of the live town begin with \"live/\"."
            ),
            Deed.NotDone
        );

    // Before anything is recorded or delivered: a record is a practice town's or a real one's for as long as it lasts.
    private SiloClock ClockOf(IDurableWorld opened)
    {
        try
        {
            var (from, founded) = (options.Value.PracticeFrom, opened.ReadFoundedAsync().AsTask().GetAwaiter().GetResult());
            if (founded.Practice is { } practice && practice != from is not null)
            {
                throw new FoundedOtherwiseException(practice);
            }

            var runs = from is not { } begins
                ? time
                : new PracticeClock(founded.LastReceived is { } last && last > begins ? last.ToOffset(begins.Offset) : begins, time);
            return new SiloClock(runs, services.GetService<SeedLibrary>()?.Law);
        }
        catch
        {
            opened.DisposeAsync().AsTask().GetAwaiter().GetResult();
            throw;
        }
    }

    private IDurableWorld Open()
    {
        var health = new StorageHealth(loggers.CreateLogger<StorageHealth>(), time);
        ISnapshots Kept(IDurableWorld world) =>
            new StoredSnapshots(
                () => services.GetKeyedService<IGrainStorage>(SnapshotStorage.Name),
                Address.Live,
                world,
                world.SnapshotKeyAsync,
                health
            );
        return options.Value.Connection is { } connection ? OnPostgres(connection, health, Kept)
            : folder is not null ? InFolder(folder, health, Kept)
            : throw new InvalidOperationException(
                "本节点没有数据目录，不能办理真实业务。 / This silo has neither a data folder nor a database, so it can't hold the live town."
            );
    }

    private PostgresWorld OnPostgres(string connection, StorageHealth health, Func<IDurableWorld, ISnapshots> kept)
    {
        var silo = services.GetRequiredService<ILocalSiloDetails>().SiloAddress;
        return new PostgresWorld(
            world: Address.Live,
            connectionString: connection,
            silo: new WriterName(silo.Endpoint.Address.ToString(), silo.Endpoint.Port, silo.Generation),
            courier: courier,
            time: time,
            logger: loggers.CreateLogger<PostgresWorld>(),
            snapshots: kept,
            health: health,
            rule: options.Value.DeadLetters
        );
    }

    private SqliteWorld InFolder(LiveFolder held, StorageHealth health, Func<IDurableWorld, ISnapshots> kept) =>
        new(
            world: Address.Live,
            path: held.Journal,
            courier: courier,
            time: time,
            logger: loggers.CreateLogger<SqliteWorld>(),
            snapshots: kept,
            health: health,
            rule: options.Value.DeadLetters
        );

    private sealed record SimulatedWorld(MemoryWorld Journal, Reception Reception)
    {
        public SeedLibrary? Seeds { get; set; }
    }
}
