using System.Collections.Immutable;
using Orleans.Placement;
using TownReform.Grains.Journal;
using TownReform.Grains.Neighbours;
using TownReform.Grains.Recording;
using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Rules.Records;
using TownReform.Grains.Rules.Staff;
using TownReform.Grains.Rules.Towns;
using TownReform.Grains.Work;

namespace TownReform.Grains.Bureaus;

/// <inheritdoc cref="IBureauInside"/>
[GrainType("bureau"), PreferLocalPlacement]
public sealed class BureauGrain(IWorlds worlds, INeighbourhood neighbourhood, SeedLibrary seeds)
    : RecordedGrain<BureauState, BureauEvent>(worlds, neighbourhood, BureauCodec.Instance, "bureau"),
        IBureauInside,
        IRemindable
{
    private Workplace? workplace;
    private TownPlan plan = null!;

    protected override BureauState Empty => BureauState.Empty;

    public override bool HasNothing => workplace is null;

    /// <exception cref="TownFaultException">The town has no such office.</exception>
    private Workplace Workplace => workplace ?? throw RecordingRefusals.NoSuchOffice(Key).AsFault();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await base.OnActivateAsync(cancellationToken);
        if (KeyFault is not null || !seeds.Towns.TryGetValue(KeyHead, out var town))
        {
            return;
        }

        await LoadAsync();
        if (Version == 0 && town.Organs.All(organ => Key != $"{town.Code}/{organ.Code}"))
        {
            return;
        }

        plan = town;
        workplace = new Workplace(World, Key, Storage, Neighbours, plan.DayOf, GrainFactory);
        await workplace.WakeAsync(State.People.Select(p => (p, State.Absences.GetValueOrDefault(p.Id, []))));
        await SweepReminder.EnsureAsync(this, World);
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        // Null where there is no such office.
        workplace?.Close();
        return base.OnDeactivateAsync(reason, cancellationToken);
    }

    public async Task StaffUpAsync(Stamp stamp, ImmutableArray<Colleague> people)
    {
        _ = Workplace;
        await LoadAsync();
        if (!await IsRepeatAsync(stamp))
        {
            await RecordAsync(stamp, new BureauStaffed(people));
        }

        foreach (var person in people)
        {
            Workplace.Join(person);
        }
    }

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

    public async Task<SweepResult> SweepAsync(DateTimeOffset at)
    {
        await LoadAsync();
        var (followed, faulted) = (ImmutableArray<string>.Empty, ImmutableArray<FaultedCase>.Empty);
        foreach (var change in State.PowersAhead.Where(c => IsDue(c, at)).ToArray())
        {
            var some = await FollowAsync(change, at);
            (followed, faulted) = (followed.AddRange(some.Followed), faulted.AddRange(some.Faulted));
        }

        var swept = await Workplace.SweepAsync(at);
        return swept with { Checked = swept.Checked.AddRange(followed), Faulted = swept.Faulted.AddRange(faulted) };
    }

    public async Task<DueDaysFollow> FollowDueDaysAsync(DateTimeOffset at, DueDaysAhead ahead)
    {
        await LoadAsync();
        return await Workplace.FollowDueDaysAsync(at, ahead);
    }

    public async Task ReceiveReminder(string reminderName, TickStatus status) =>
        SweepReminder.Tell(this, await SweepAsync(SweepReminder.Moment(Reception, status)));

    public async Task ReceiveAsync(ImmutableArray<Delivery> deliveries)
    {
        _ = Workplace;
        await LoadAsync();
        foreach (var delivery in deliveries)
        {
            await ReceiveAsync(delivery);
        }
    }

    private async Task ReceiveAsync(Delivery delivery)
    {
        var stamp = new Stamp(DerivedIds.Of(delivery.Id), Actor.System, delivery.At);
        if (!await IsRepeatAsync(stamp))
        {
            await RecordAsync(stamp, await NoteAsync(delivery.Effect, plan.DayOf(delivery.At)));
        }

        await ActOnAsync(delivery.Effect, delivery.At);
    }

    protected override BureauState Apply(BureauState state, BureauEvent happened) => BureauState.Apply(state, happened);

    protected override Refusal? RefusalOf(BureauEvent happened) => null;

    private async Task<BureauEvent> NoteAsync(Effect effect, DateOnly day) =>
        effect switch
        {
            // A recall cuts short one absence among several, which only the person's own record tells apart.
            StaffAway it => new AbsencesNoted(it.Staff, await AbsencesAsync(it.Staff, day)),
            StaffBack it => new AbsencesNoted(it.Staff, await AbsencesAsync(it.Staff, day)),
            StaffPosted it => new ColleagueJoined(await ColleagueAsync(it.Staff)),
            PowerChanged it => new PowerChangeNoted(it),
            _ => throw new ArgumentException($"A bureau takes no {effect.GetType().Name}.", nameof(effect)),
        };

    private async Task ActOnAsync(Effect effect, DateTimeOffset at)
    {
        switch (effect)
        {
            case StaffAway it:
                Workplace.Absent(it.Staff, State.Absences[it.Staff]);
                await Workplace.HandOverAsync(at);
                break;
            case StaffBack it:
                Workplace.Absent(it.Staff, State.Absences[it.Staff]);
                break;
            case StaffPosted it:
                Workplace.Join(State.People.First(p => p.Id == it.Staff));
                break;
            case PowerChanged it when IsDue(it, at) && State.PowersAhead.Contains(it):
                await FollowAsync(it, at);
                break;
            default:
                break;
        }
    }

    // On a day that the calendar doesn't know no act is done, so open cases could not follow; the change waits for the calendar.
    private bool IsDue(PowerChanged change, DateTimeOffset at) =>
        plan.DayOf(at) is var day && change.From <= day && seeds.Calendar.Covers(day);

    // One that can't follow is tried again by the next sweep; until then the change is not followed.
    private async Task<(ImmutableArray<string> Followed, ImmutableArray<FaultedCase> Faulted)> FollowAsync(
        PowerChanged change,
        DateTimeOffset at
    )
    {
        var (followed, faulted) = await Workplace.FollowPowerAsync(plan.Code, change, at);
        if (faulted.IsEmpty)
        {
            await RecordAsync(new Stamp(DerivedIds.Of(Stream, Version + 1), Actor.System, at), new PowerChangeFollowed(change));
        }

        return (followed, faulted);
    }

    private async Task<Colleague> ColleagueAsync(string staff)
    {
        var person = await FactsAsync(staff);
        return new Colleague(person.Id, person.Roles, person.Certificates);
    }

    private async Task<ImmutableArray<Absence>> AbsencesAsync(string staff, DateOnly day) =>
        [.. StaffRules.NotAtTheDesk(await FactsAsync(staff), plan.DayOf).Where(a => a.Until >= day)];

    private async Task<StaffFacts> FactsAsync(string staff) =>
        (await GrainFactory.Grain<IStaffGrain>(Address.Staff(World, plan.Code, staff)).ReadAsync()).Value
        ?? throw new InvalidOperationException($"{Key} was told of {staff}, who is unknown.");
}
