using System.Collections.Immutable;
using System.Diagnostics;
using Orleans.Placement;
using TownReform.Grains.Journal;
using TownReform.Grains.Recording;
using TownReform.Grains.Rules.Counties;
using TownReform.Grains.Seeds;

namespace TownReform.Grains.Counties;

/// <summary>A county department: files or forwards what the town has sealed; every attempt at more is recorded as an interference (B2).</summary>
[GrainType("county-office"), PreferLocalPlacement]
public sealed class CountyOfficeGrain(IWorlds worlds, SeedLibrary seeds)
    : OfficeGrain<FilingState, FilingEvent>(worlds, FilingRecord.Events, "county-office"), ICountyOfficeGrain
{
    protected override FilingState Empty => FilingState.Empty;

    protected override SnapshotCodec<FilingState> Snapshots => FilingRecord.Snapshots;

    private string Office => Key[(Key.IndexOf('/') + 1)..];

    public async Task<Outcome<FilingView>> AnswerFilingAsync(AnswerFiling command)
    {
        await LoadAsync();
        var plan = State.Tasks.TryGetValue(command.Case, out var task) ? seeds.Towns[task.Town] : null;
        return await AnswerAsync(
            command.Stamp,
            FilingRules.Act,
            state => plan is null
                ? FilingRefusals.Unknown(command.Case)
                : FilingRules.Answer(state, command, LevelIn(plan), plan.Policy, plan.DayOf(command.Stamp.At)),
            happened => FilingRules.IsAnswerTo(happened, command),
            state => FilingRules.View(state.Tasks[command.Case]));
    }

    public async Task<ImmutableArray<FilingView>> ListFilingsAsync(bool openOnly)
    {
        await LoadAsync();
        return FilingRules.List(State, openOnly);
    }

    public Task ReceiveAsync(Delivery delivery) => delivery.Effect is FileWithCounty copy
        ? TakeAsync(delivery, "file-with-county", state => FilingRules.Receive(state, copy, seeds.Towns[copy.Town].DayOf(delivery.At)))
        : throw new UnreachableException($"A county office takes no {delivery.Effect.GetType().Name}.");

    // The workplace half begins here. The work desk takes these members over; filing above doesn't depend on them.
    public Task StaffUpAsync(ImmutableArray<Colleague> people) => throw new NotSupportedException();

    public Task<TakenIn> TakeInAsync(WorkItem item) => throw new NotSupportedException();

    public Task LetGoAsync(string caseNumber) => throw new NotSupportedException();

    public Task<WorkItem?> NextAsync(string officer) => throw new NotSupportedException();

    public Task<ImmutableArray<WorkItem>> ListAsync(string? officer) => throw new NotSupportedException();

    public Task<SweepResult> SweepAsync(DateTimeOffset at) => throw new NotSupportedException();
    // The workplace half ends here.

    protected override FilingState Apply(FilingState state, FilingEvent happened) => FilingRules.Apply(state, happened);

    protected override FilingEvent Refuse(Refused refused) => new FilingRefused(refused);

    private GovernmentLevel LevelIn(TownPlan plan) => plan.CountyDepartments.First(d => d.Code == Office).Level;
}
