using System.Collections.Immutable;
using System.Diagnostics;
using Orleans.Placement;
using TownReform.Grains.Journal;
using TownReform.Grains.Neighbours;
using TownReform.Grains.Recording;
using TownReform.Grains.Rules.Counties;
using TownReform.Grains.Rules.Offices;
using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Rules.Records;
using TownReform.Grains.Rules.Texts;
using TownReform.Grains.Rules.Towns;
using TownReform.Grains.Work;

namespace TownReform.Grains.Counties;

/// <summary>A county department: files or forwards what the town has sealed; every attempt at more is recorded as an interference
/// (B2).</summary>
[GrainType("county-office"), PreferLocalPlacement]
public sealed class CountyOfficeGrain(IWorlds worlds, INeighbourhood neighbourhood, SeedLibrary seeds)
    : OfficeGrain<FilingState, FilingEvent>(worlds, neighbourhood, FilingRecord.Events, "county-office"),
        ICountyOfficeInside,
        IRemindable
{
    private Workplace? workplace;

    protected override FilingState Empty => FilingState.Empty;

    protected override SnapshotCodec<FilingState> Snapshots => FilingRecord.Snapshots;

    public override bool HasNothing => workplace is null;

    private string Office => Key[(Key.IndexOf('/') + 1)..];

    private CountyDepartment? Department =>
        KeyFault is null && seeds.Counties.TryGetValue(KeyHead, out var county) ? county.Department(Office) : null;

    /// <exception cref="TownFaultException">The county has no such department.</exception>
    private Workplace Workplace => workplace ?? throw RecordingRefusals.NoSuchOffice(Key).AsFault();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await base.OnActivateAsync(cancellationToken);
        if (Department is not { } known)
        {
            return;
        }

        workplace = new Workplace(World, Key, Storage, Neighbours, seeds.Counties[KeyHead].DayOf, GrainFactory);
        await workplace.WakeAsync(
            TownRules.CountyOffice(known).People.Zip(known.People, (colleague, person) => (colleague, TownRules.OutOfOffice(person)))
        );
        await SweepReminder.EnsureAsync(this, World);
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        // Null where there is no such office.
        workplace?.Close();
        return base.OnDeactivateAsync(reason, cancellationToken);
    }

    public async Task<Outcome<FilingView>> AnswerFilingAsync(AnswerFiling command)
    {
        if ((KeyFault ?? CommandTexts.Read(ref command)) is { } unfit)
        {
            return unfit;
        }

        if (Department is not { } department)
        {
            return RecordingRefusals.NoSuchOffice(Key);
        }

        await LoadAsync();
        var forgotten = State.HasForgotten(command.Case) ? await ReadTaskAsync(command.Case) : null;
        var plan = (State.Find(command.Case) ?? forgotten) is { } task ? seeds.Towns[task.Town] : null;
        return await AnswerAsync(
            stamp: command.Stamp,
            act: FilingRules.Act,
            says: [command.Case, $"{command.Answer}", command.SpecialCircumstance, command.Comment],
            rule: state =>
                plan is null
                    ? FilingRefusals.Unknown(command.Case)
                    : FilingRules.Answer(state, command, department.Level, plan.Policy, plan.DayOf(command.Stamp.At), forgotten),
            same: happened => FilingRules.IsAnswerTo(happened, command),
            view: state => FilingRules.View(state.Find(command.Case) ?? forgotten!),
            who: () =>
                new(
                    plan is null
                        ? null
                        : OfficeRules.OfDepartment(plan, command.Stamp.Actor, plan.DayOf(command.Stamp.At), FilingRules.Act, Office)
                )
        );
    }

    public async Task<ImmutableArray<FilingView>> ListFilingsAsync(bool openOnly)
    {
        _ = Workplace;
        await LoadAsync();
        return FilingRules.List(State, openOnly);
    }

    public async Task<Outcome<FilingView>> ReadFilingAsync(string @case)
    {
        if ((KeyFault ?? CommandTexts.ReadCase(ref @case)) is { } unfit)
        {
            return unfit;
        }

        if (Department is null)
        {
            return RecordingRefusals.NoSuchOffice(Key);
        }

        await LoadAsync();
        var task = State.Find(@case) ?? (State.HasForgotten(@case) ? await ReadTaskAsync(@case) : null);
        return task is null ? FilingRefusals.Unknown(@case) : FilingRules.View(task);
    }

    public Task ReceiveAsync(ImmutableArray<Delivery> deliveries) =>
        Department is null
            ? throw RecordingRefusals.NoSuchOffice(Key).AsFault()
            : TakeAsync(
                deliveries,
                (state, delivery) =>
                    delivery.Effect is FileWithCounty copy
                        ? ("file-with-county", FilingRules.Receive(state, copy, seeds.Towns[copy.Town].DayOf(delivery.At)))
                        : throw new UnreachableException($"A county office takes no {delivery.Effect.GetType().Name}.")
            );

    /// <summary>The office's people stand in the county's file; there is nothing to record.</summary>
    public Task StaffUpAsync(Stamp stamp, ImmutableArray<Colleague> people) => Task.CompletedTask;

    public Task<Assignment> EnqueueAsync(WorkItem item) => Task.FromResult(Workplace.Enqueue(item));

    public Task ReleaseAsync(string caseNumber, long version)
    {
        Workplace.Release(caseNumber, version);
        return Task.CompletedTask;
    }

    public Task<WorkItem?> NextAsync(string officer) => Task.FromResult(Workplace.Next(officer));

    public Task<ImmutableArray<WorkItem>> ListAsync(string? officer) => Task.FromResult(Workplace.List(officer));

    public Task<Outcome<InboxPage>> InboxAsync(InboxQuery query) => Task.FromResult(Workplace.Inbox(query));

    public Task<ImmutableArray<InboxCounts>> CountInboxAsync(ImmutableArray<InboxQuery> queries) =>
        Task.FromResult(Workplace.CountInbox(queries));

    public Task<SweepResult> SweepAsync(DateTimeOffset at) => Workplace.SweepAsync(at);

    public Task<DueDaysFollow> FollowDueDaysAsync(DateTimeOffset at, DueDaysAhead ahead) => Workplace.FollowDueDaysAsync(at, ahead);

    public async Task ReceiveReminder(string reminderName, TickStatus status) =>
        SweepReminder.Tell(this, await SweepAsync(SweepReminder.Moment(Reception, status)));

    protected override FilingState Apply(FilingState state, FilingEvent happened) => FilingRules.Apply(state, happened);

    protected override FilingEvent Refuse(Refused refused) => new FilingRefused(refused);

    private async ValueTask<FilingTask?> ReadTaskAsync(string caseNumber)
    {
        FilingTask? task = null;
        foreach (var record in await Storage.Journal.ReadAsync(Stream, 0))
        {
            if (FilingRecord.Events.Read(record) is var happened && FilingRules.CaseOf(happened) == caseNumber)
            {
                task = FilingRules.After(task, happened);
            }
        }

        return task;
    }
}
