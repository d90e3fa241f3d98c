using TownReform.Grains.Rules.Towns;

namespace TownReform.Benchmarks.Speed.Contenders;

/// <summary>This system's journal behind grains that have no rules: what each step costs that is to be safe, called for and on record,
/// whatever it is about.</summary>
internal sealed class JournalFloor(SeedLibrary seeds, Ground ground, GroundKind kind) : IContender
{
    private readonly CaseNumbers numbers = new();
    private TownSilo? silo;

    public KeptSteps Kept { get; } = new($"SELECT count(*) FROM journal WHERE stream LIKE '{BareCaseGrain.Streams}'", "town.sqlite");

    public async Task StartAsync(CancellationToken cancellation) => silo = await TownSilo.StartAsync(seeds, ground, kind, cancellation);

    public Task<ILane> NewLaneAsync()
    {
        var grains = silo!.Grains;
        return Task.FromResult<ILane>(
            new NumberedLane(numbers, (happened, _) => BareCaseGrain.Of(grains, happened.Case).RecordAsync(happened))
        );
    }

    public Task SettleAsync() => silo!.SettleAsync();

    public ValueTask DisposeAsync() => silo?.DisposeAsync() ?? ValueTask.CompletedTask;
}
