using System.Collections.Immutable;
using Orleans.Placement;
using TownReform.Grains.Journal;
using TownReform.Grains.Recording;
using TownReform.Grains.Seeds;
using TownReform.Grains.Work;

namespace TownReform.Grains.Bureaus;

/// <inheritdoc cref="IBureauGrain"/>
[GrainType("bureau"), PreferLocalPlacement]
public sealed class BureauGrain(IWorlds worlds, SeedLibrary seeds) : RecordedGrain<BureauState, BureauEvent>(worlds, BureauCodec.Instance), IBureauGrain, IRemindable
{
    private Workplace workplace = null!;
    private TownPlan plan = null!;

    protected override string Stream => $"bureau/{Key}";

    protected override BureauState Empty => BureauState.Empty;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await base.OnActivateAsync(cancellationToken);
        plan = seeds.Towns[Key[..Key.IndexOf('/')]];
        workplace = new Workplace(World, Key, Storage, plan, GrainFactory);
        await LoadAsync();
        await workplace.WakeAsync(State.People.Select(p => (p, AbsencesOf(p.Id))));
        await SweepReminder.EnsureAsync(this, World);
    }

    public async Task StaffUpAsync(Stamp stamp, ImmutableArray<Colleague> people)
    {
        if (!IsRepeat(stamp.CommandId))
        {
            await RecordAsync(stamp, new BureauStaffed(people));
        }

        foreach (var person in people)
        {
            workplace.Join(person);
        }
    }

    public Task<TakenIn> TakeInAsync(WorkItem item) => Task.FromResult(workplace.TakeIn(item));

    public Task LetGoAsync(string caseNumber, long version)
    {
        workplace.LetGo(caseNumber, version);
        return Task.CompletedTask;
    }

    public Task<WorkItem?> NextAsync(string officer) => Task.FromResult(workplace.Next(officer));

    public Task<ImmutableArray<WorkItem>> ListAsync(string? officer) => Task.FromResult(workplace.List(officer));

    public async Task<SweepResult> SweepAsync(DateTimeOffset at)
    {
        foreach (var change in State.PowersAhead.Where(c => c.From <= plan.DayOf(at)).ToArray())
        {
            await FollowAsync(change, at);
        }

        return await workplace.SweepAsync(at);
    }

    public Task ReceiveReminder(string reminderName, TickStatus status) => SweepAsync(SweepReminder.Moment(status));

    public async Task ReceiveAsync(Delivery delivery)
    {
        var stamp = new Stamp(DerivedIds.Of(delivery.Id), Actor.System, delivery.At);
        if (!IsRepeat(stamp.CommandId))
        {
            await RecordAsync(stamp, await NoteAsync(delivery.Effect));
        }

        await ActOnAsync(delivery.Effect, delivery.At);
    }

    protected override BureauState Apply(BureauState state, BureauEvent happened) => BureauState.Apply(state, happened);

    protected override Refusal? RefusalOf(BureauEvent happened) => null;

    private async Task<BureauEvent> NoteAsync(Effect effect) => effect switch
    {
        StaffAway it => new AbsenceNoted(new NotedAbsence(it.Staff, it.Kind, it.From, it.Until)),
        StaffBack it => new AbsenceEnded(it.Staff, it.From),
        StaffPosted it => new ColleagueJoined(await ColleagueAsync(it.Staff)),
        PowerChanged it => new PowerChangeNoted(it),
        _ => throw new ArgumentException($"A bureau takes no {effect.GetType().Name}.", nameof(effect)),
    };

    private async Task ActOnAsync(Effect effect, DateTimeOffset at)
    {
        switch (effect)
        {
            case StaffAway it:
                workplace.Away(it.Staff, it.From, it.Until);
                await workplace.HandOverAsync(at);
                break;
            case StaffBack it:
                workplace.Back(it.Staff, it.From);
                break;
            case StaffPosted it:
                workplace.Join(State.People.First(p => p.Id == it.Staff));
                break;
            case PowerChanged it when it.From <= plan.DayOf(at) && State.PowersAhead.Contains(it):
                await FollowAsync(it, at);
                break;
            default:
                break;
        }
    }

    private async Task FollowAsync(PowerChanged change, DateTimeOffset at)
    {
        await workplace.FollowPowerAsync(change, at);
        await RecordAsync(new Stamp(DerivedIds.Of(Stream, Version + 1), Actor.System, at), new PowerChangeFollowed(change));
    }

    private async Task<Colleague> ColleagueAsync(string staff)
    {
        var person = (await GrainFactory.GetGrain<IStaffGrain>(Address.Staff(World, plan.Code, staff)).ReadAsync()).Value
            ?? throw new InvalidOperationException($"{Key} was told of {staff}, who is unknown.");
        return new Colleague(person.Id, person.Roles, person.Certificates);
    }

    private ImmutableArray<Absence> AbsencesOf(string staff) =>
        [.. State.Absences.Where(a => a.Staff == staff).Select(a => new Absence(a.Kind, a.From, a.Until))];
}
