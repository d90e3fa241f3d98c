using TownReform.Grains.Rules.Towns;

namespace TownReform.Benchmarks.Speed.Contenders;

/// <summary>This system as users run it: the live silo with its rules, hash chain, read model and outbox, on PostgreSQL or
/// SQLite.</summary>
internal sealed class TownContender(SeedLibrary seeds, Ground ground, GroundKind kind) : IContender
{
    private TownSilo? silo;

    /// <summary>The cases' records alone; the offices' and the seal's come on top of them.</summary>
    public KeptSteps Kept { get; } =
        new("SELECT count(*) FROM journal WHERE stream LIKE 'case/%' AND kind IN ('case.opened', 'case.act-taken')", "town.sqlite");

    public async Task StartAsync(CancellationToken cancellation) => silo = await TownSilo.StartAsync(seeds, ground, kind, cancellation);

    public Task<ILane> NewLaneAsync() => Task.FromResult<ILane>(new TownLane(silo!.Grains, seeds.Towns["yandian"]));

    public Task SettleAsync() => silo!.SettleAsync();

    public async ValueTask DisposeAsync()
    {
        if (silo is not null)
        {
            await silo.DisposeAsync();
        }
    }
}
