namespace TownReform.Benchmarks.Speed;

/// <summary>The five steps of a case, in their order.</summary>
internal enum Step
{
    Open = 1,
    Accept = 2,
    Review = 3,
    Decide = 4,
    Seal = 5,
}

/// <summary>One way to keep five-step cases, for one run on a ground of its own.</summary>
internal interface IContender : IAsyncDisposable
{
    /// <summary>Tells how many steps stand in the store, without asking the contender; null for a floor that stores none.</summary>
    KeptSteps? Kept { get; }

    /// <summary>Makes its tables and starts all it needs.</summary>
    Task StartAsync(CancellationToken cancellation);

    Task<ILane> NewLaneAsync();

    /// <summary>Returns once what it keeps stands where it is counted; an acknowledged step is safe before that.</summary>
    Task SettleAsync() => Task.CompletedTask;
}

/// <summary>One loop of cases, each begun when the one before it is sealed.</summary>
internal interface ILane : IAsyncDisposable
{
    /// <summary>What must be there before a step can be taken, such as a number for the case: costs throughput, but is no part of the
    /// step's latency.</summary>
    ValueTask BeforeAsync(Step step) => ValueTask.CompletedTask;

    /// <summary>Takes the step of the lane's present case; ends after its commit. <see cref="Step.Open"/> begins the next case.</summary>
    Task StepAsync(Step step);

    ValueTask IAsyncDisposable.DisposeAsync() => ValueTask.CompletedTask;
}

/// <param name="Sql">A query for one number: the steps that are stored.</param>
/// <param name="File">The SQLite file in the ground's folder; not used on PostgreSQL.</param>
internal sealed record KeptSteps(string Sql, string File = "");
