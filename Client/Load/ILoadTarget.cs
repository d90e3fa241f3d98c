using TownReform.Client.Live;

namespace TownReform.Client.Load;

/// <summary>What a command came to, and under which id it stands on the record.</summary>
internal sealed record Answered(Outcome<CaseView> Outcome, Guid Command);

/// <summary>Where a load's commands go: to the grains, or through the API.</summary>
internal interface ILoadTarget : IAsyncDisposable
{
    /// <summary>The party of a new case.</summary>
    string NewParty();

    Task<Answered> OpenAsync(OpenCase command);

    Task<Answered> ActAsync(string number, ActOnCase command);

    /// <summary>The case once it has gone beyond a version, or after a while.</summary>
    Task<Outcome<CaseView>> WatchAsync(string number, long after);
}

/// <summary>Straight to the grains, as an Orleans client.</summary>
internal sealed class GrainTarget(LiveTown live) : ILoadTarget
{
    private static readonly TimeSpan LongestWatch = TimeSpan.FromSeconds(5);

    public string NewParty() => $"L{CommandIds.New():N}";

    public async Task<Answered> OpenAsync(OpenCase command) => new(await live.Grains.OpenCaseAsync(command), command.Stamp.CommandId);

    public async Task<Answered> ActAsync(string number, ActOnCase command) =>
        new(await live.Case(number).ActAsync(command), command.Stamp.CommandId);

    public Task<Outcome<CaseView>> WatchAsync(string number, long after) => live.Case(number).WatchAsync(after, LongestWatch);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
