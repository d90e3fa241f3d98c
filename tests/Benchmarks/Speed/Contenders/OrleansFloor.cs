namespace TownReform.Benchmarks.Speed.Contenders;

/// <summary>What the calls cost by themselves: five to a new grain each, which keeps nothing.</summary>
internal sealed class OrleansFloor : IContender
{
    private readonly CaseNumbers numbers = new();
    private LocalSilo? silo;

    public KeptSteps? Kept => null;

    public async Task StartAsync(CancellationToken cancellation) => silo = await LocalSilo.StartAsync(static _ => { }, cancellation);

    public Task<ILane> NewLaneAsync()
    {
        var grains = silo!.Grains;
        return Task.FromResult<ILane>(
            new NumberedLane(numbers, (happened, _) => BareCaseGrain.Of(grains, happened.Case).TakeAsync(happened))
        );
    }

    public ValueTask DisposeAsync() => silo?.DisposeAsync() ?? ValueTask.CompletedTask;
}
