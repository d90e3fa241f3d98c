using System.Collections.Immutable;
using Orleans.Placement;
using TownReform.Grains.Journal;
using TownReform.Grains.Neighbours;
using TownReform.Grains.Recording;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Records;
using TownReform.Grains.Rules.Texts;
using TownReform.Grains.Rules.Towns;

namespace TownReform.Grains.Cases;

/// <inheritdoc cref="ICaseGrain"/>
[GrainType("case"), PreferLocalPlacement]
public sealed partial class CaseGrain(IWorlds worlds, INeighbourhood neighbourhood, SeedLibrary seeds)
    : RecordedGrain<CaseFile, CaseEvent>(worlds, neighbourhood, CaseCodec.Instance, "case"),
        ICaseInside
{
    private static readonly TimeSpan LongestWatch = TimeSpan.FromSeconds(5);

    protected override CaseFile Empty => CaseFile.None;

    // What the intake hands over it has read and let in already.
    public Task<Outcome<CaseView>> OpenAsync(OpenCase command) =>
        !Neighbours.Openings.TryFind(Key, out _)
        && (KeyFault ?? CommandTexts.Read(ref command) ?? SaidBySystem(command.Stamp, CaseRules.OpenAct)) is { } unfit
            ? Task.FromResult<Outcome<CaseView>>(unfit)
            : OpenReadAsync(command);

    public Task<Outcome<CaseView>> ActAsync(ActOnCase command) =>
        (KeyFault ?? CommandTexts.Read(ref command) ?? SaidBySystem(command.Stamp, command.Act)) is { } unfit
            ? Task.FromResult<Outcome<CaseView>>(unfit)
        : Storage.Admission is { } admission
            ? admission.AnswerAsync(this, command, static (grain, command) => grain.ActAdmittedAsync(command))
        : ActAdmittedAsync(command);

    private async Task<Outcome<CaseView>> OpenReadAsync(OpenCase command)
    {
        // A number is handed out once, so the stream is taken for empty; the fence of the first record knows better.
        if (!IsLoaded)
        {
            AssumeNew();
        }

        try
        {
            return Version > 0 ? await OpenedBeforeAsync(command) : await OpenNewAsync(command);
        }
        catch (JournalConflictException)
        {
            await ReloadAsync();
            return Version > 0 ? await OpenedBeforeAsync(command) : await OpenedElsewhereAsync(command);
        }
    }

    private Task<Outcome<CaseView>> ActAdmittedAsync(ActOnCase command)
    {
        if (!IsLoaded || !State.IsOpened)
        {
            return ActLoadedAsync(command);
        }

        // Nearly always it is known at once that the command is new; then there is nothing to wait for but the act itself.
        var repeat = IsRepeatAsync(command.Stamp);
        return repeat is { IsCompletedSuccessfully: true, Result: false }
            ? ActOfClientAsync(command)
            : ActUnlessRepeatAsync(command, repeat);
    }

    private async Task<Outcome<CaseView>> ActLoadedAsync(ActOnCase command)
    {
        await LoadAsync();
        return State.IsOpened ? await ActUnlessRepeatAsync(command, IsRepeatAsync(command.Stamp)) : CaseRefusals.Unknown(Key);
    }

    private async Task<Outcome<CaseView>> ActUnlessRepeatAsync(ActOnCase command, ValueTask<bool> repeat) =>
        await repeat ? await AnsweredBeforeAsync(command.Stamp, command.Act, CommandDigest.Of(command)) : await ActOfClientAsync(command);

    private Task<Outcome<CaseView>> ActOfClientAsync(ActOnCase command) =>
        MovedOn(command) is { } moved ? Task.FromResult<Outcome<CaseView>>(moved)
        : WrongMoment(command.Stamp) is { } wrong
            ? RefuseAsync(command with { Stamp = AtReceipt(command.Stamp) }, wrong, CommandDigest.Of(command))
        : ActNewAsync(command, DigestOf(command));

    private Refusal? MovedOn(ActOnCase command) =>
        command.AtVersion is { } seen && seen != Version ? CaseRefusals.MovedOn(Key, seen, Version) : null;

    private CommandDigest? DigestOf(ActOnCase command) => KeepsDigests ? CommandDigest.Of(command) : null;

    public async Task<CaseView> CheckDeadlinesAsync(DateTimeOffset at)
    {
        await LoadAsync();
        if (!State.IsOpened)
        {
            return NeverOpened;
        }

        at = NotBefore(at);
        var facts = Facts(State, at);
        var step = facts.Procedure.Steps.GetValueOrDefault(State.Step);
        var reading = ClockRules.Look(State, step, facts.Day, seeds.Calendar, seeds.Law);
        if (reading.Expired)
        {
            var expired = await ActNewAsync(new ActOnCase(SystemStamp(at), step!.OnExpiry!, []));
            return View(facts) with { ClockUnknown = expired.Refusal?.Code == RefusalCode.OutsideCalendar };
        }
        else if (reading.Colour > State.Colour)
        {
            // The head is told before supervision is, also when nobody looked in between.
            if (reading.Colour == ClockColour.Supervised && State.Colour < ClockColour.Overdue)
            {
                await TurnAsync(ClockColour.Overdue, reading.Due!.Value, facts, at);
            }

            await TurnAsync(reading.Colour, reading.Due!.Value, facts, at);
        }
        else if (State.IsOpen)
        {
            await Placement.EnqueueAsync(State, facts);
        }

        return View(facts);
    }

    public async Task<CaseView> HandOverAsync(HandOver command)
    {
        await LoadAsync();
        if (!State.IsOpened)
        {
            return NeverOpened;
        }

        command = command with { At = NotBefore(command.At) };
        var facts = Facts(State, command.At);
        if (State.IsOpen && State.StepVersion == command.Version && !State.Officers.SequenceEqual(command.Officers))
        {
            await RecordStepAsync(SystemStamp(command.At), CaseDecision.Of(State, HandedOver(command, facts), facts), null, facts);
        }

        return View(facts);
    }

    // Whoever stands in for the owner owns the case.
    private CaseHandedOver HandedOver(HandOver command, CaseFacts facts) =>
        new(State.Officers, command.Officers, command.At)
        {
            Owner =
                facts.Procedure.Steps.GetValueOrDefault(State.Step)?.At.Kind == PlaceKind.Owner ? command.Officers.FirstOrDefault() : null,
        };

    public async Task<CaseView> FollowPowerAsync(FollowPower command)
    {
        await LoadAsync();
        command = command with { At = NotBefore(command.At) };
        var facts = Facts(State, command.At);
        if (InFlightRules.MustHandBack(State, command, facts))
        {
            await ActNewAsync(new ActOnCase(SystemStamp(command.At), CaseRules.HandBack, []));
        }
        else if (InFlightRules.Follow(State, command, facts) is { } followed)
        {
            await RecordStepAsync(SystemStamp(command.At), CaseDecision.Of(State, followed, facts), null, facts);
        }

        return View(facts);
    }

    public async Task<bool> FollowDueDayAsync(FollowDueDay command)
    {
        await LoadAsync();
        if (!State.IsOpen || !seeds.Towns.TryGetValue(State.Town, out var plan))
        {
            return false;
        }

        // As lists and the desk know it, it was reckoned on the day of the last record.
        var known = ClockRules.Look(State, Step(State), plan.DayOf(State.ChangedAt), seeds.Calendar, seeds.Law);

        // Every open case may be woken for this alone, at a start: their memory is worth more to those that somebody works on.
        DeactivateOnIdle();
        if (known.Due == command.Due && known.NextCheckOn == command.NextCheckOn)
        {
            return false;
        }

        var at = NotBefore(command.At);
        var facts = Facts(State, at);
        await RecordStepAsync(SystemStamp(at), CaseDecision.Of(State, DueDayRules.Follow(State, command, at, facts), facts), null, facts);
        return true;
    }

    public async Task ReceiveAsync(ImmutableArray<Delivery> deliveries)
    {
        await LoadAsync();
        foreach (var delivery in deliveries)
        {
            await ReceiveAsync(delivery);
        }
    }

    private async Task ReceiveAsync(Delivery delivery)
    {
        var stamp = new Stamp(DerivedIds.Of(delivery.Id), Actor.System, delivery.At);
        if (delivery.Effect is not CertificateNumbered numbered)
        {
            throw new ArgumentException($"A case takes no {delivery.Effect.GetType().Name}.", nameof(delivery));
        }

        if (State.Certificate is null && !await IsRepeatAsync(stamp))
        {
            // The step and its clocks are as before, so the workplace need not hear of it; the index does.
            var at = NotBefore(delivery.At);
            var happened = new CertificateSet(numbered.Certificate, at);
            var next = CaseState.Apply(State, happened);
            await RecordAsync(
                stamp,
                happened,
                next,
                [],
                next.ToRow(seeds.ProcedureOf(next), CasePlacement.WorkOf(next, Facts(State, at))),
                closes: !next.IsOpen
            );
        }
    }

    public async Task<Outcome<CaseView>> ReadAsync()
    {
        await LoadAsync();
        return AsItStands();
    }

    public async Task<Outcome<CaseView>> WatchAsync(long afterVersion, TimeSpan atMost)
    {
        await LoadBesideAsync();
        if (State.IsOpen && Version <= afterVersion)
        {
            await RecordedAsync(atMost < LongestWatch ? atMost : LongestWatch);
        }

        return AsItStands();
    }

    protected override CaseFile Apply(CaseFile state, CaseEvent happened) => CaseState.Apply(state, happened);

    protected override Refusal? RefusalOf(CaseEvent happened) => (happened as ActRefused)?.Refusal;

    private async Task<Outcome<CaseView>> OpenNewAsync(OpenCase command)
    {
        if (Neighbours.Openings.TryFind(Key, out var decided) && decided.Command.Stamp.CommandId == command.Stamp.CommandId)
        {
            return await RecordStepAsync(command.Stamp, decided.Decision, null, decided.Facts, decided.Digest);
        }

        var digest = CommandDigest.Of(command);
        if (WrongMoment(command.Stamp) is { } wrong)
        {
            var stamp = AtReceipt(command.Stamp);
            await RecordAsync(stamp, new ActRefused(CaseRules.OpenAct, stamp.Actor.Id, wrong, stamp.At), [], digest);
            return wrong;
        }

        if (
            (await Gathering.ForOpeningAsync(command)).IsRefused(out var refusal, out var gathered)
            || CaseRules.Open(Key, command, gathered).IsRefused(out refusal, out var opened)
        )
        {
            if (RecordRules.IsRecorded(refusal))
            {
                await RecordAsync(
                    command.Stamp,
                    new ActRefused(CaseRules.OpenAct, command.Stamp.Actor.Id, refusal, command.Stamp.At),
                    [],
                    digest
                );
            }
            else
            {
                DoubtNew();
            }

            return refusal;
        }

        return await RecordStepAsync(command.Stamp, opened, null, gathered, digest);
    }

    private async Task<Outcome<CaseView>> OpenedBeforeAsync(OpenCase command) =>
        await IsRepeatAsync(command.Stamp)
            ? await AnsweredBeforeAsync(command.Stamp, CaseRules.OpenAct, CommandDigest.Of(command))
            : CaseRefusals.NumberTaken(Key);

    private async Task<Outcome<CaseView>> OpenedElsewhereAsync(OpenCase command) =>
        await Storage.ReadModel.FindOpenedByAsync(command.Stamp.CommandId) is { } number
            ? await GrainFactory.Grain<ICaseInside>(Address.Case(World, number)).OpenAsync(command)
            : throw new InvalidDataException(
                $"Case {Key} could not be opened by command {command.Stamp.CommandId}, and no other case was."
            );

    private async Task<Outcome<CaseView>> AnsweredBeforeAsync(Stamp stamp, string act, CommandDigest digest)
    {
        var (refusal, state, happened, record) = await RecallAsync(stamp);
        var before = happened switch
        {
            ActTaken it => it.Act,
            ActRefused it => it.Act,
            CaseOpened => CaseRules.OpenAct,
            _ => happened.Kind,
        };
        return !IsOf(record, stamp, digest, before == act) ? RecordingRefusals.CommandIdReused(stamp.CommandId, act)
            : refusal is not null ? refusal
            : state.ToView(
                Step(state),
                seeds.Towns[state.Town].Items.GetValueOrDefault(state.Subject),
                seeds.Towns[state.Town].DayOf(state.ChangedAt),
                seeds.Calendar,
                seeds.Law
            );
    }

    // What the facts come from is nearly always on this silo, and the rules wait for nothing: then there is nothing to wait for but the
    // record.
    private Task<Outcome<CaseView>> ActNewAsync(ActOnCase command, CommandDigest? digest = null)
    {
        var gathering = Gathering.ForActAsync(State, command);
        return gathering.IsCompletedSuccessfully
            ? ActOnFactsAsync(command, gathering.Result, digest)
            : ActWhenGatheredAsync(command, gathering, digest);
    }

    private async Task<Outcome<CaseView>> ActWhenGatheredAsync(
        ActOnCase command,
        ValueTask<Outcome<CaseFacts>> gathering,
        CommandDigest? digest
    ) => await ActOnFactsAsync(command, await gathering, digest);

    private Task<Outcome<CaseView>> ActOnFactsAsync(ActOnCase command, Outcome<CaseFacts> gathered, CommandDigest? digest) =>
        gathered.IsRefused(out var refusal, out var facts) || CaseRules.Act(State, command, facts).IsRefused(out refusal, out var taken)
            ? RefuseAsync(command, refusal, digest)
            : RecordStepAsync(command.Stamp, taken, facts.Procedure.ActAt(State.Step, command.Act), facts, digest);

    private CaseFactsGathering Gathering => new(seeds, Neighbours);

    private CasePlacement Placement => new(Key, Neighbours);

    private CaseFacts Facts(CaseFile file, DateTimeOffset at) => CaseFactsGathering.Known(seeds, file, at);

    private StepRule? Step(CaseFile file) => seeds.ProcedureOf(file).Steps.GetValueOrDefault(file.Step);

    private Outcome<CaseView> AsItStands() => State.IsOpened ? View(Facts(State, State.ChangedAt)) : CaseRefusals.Unknown(Key);

    private CaseView View(CaseFacts facts, ClockReading? clock = null) =>
        State.ToView(Step(State), facts.Item, facts.Day, seeds.Calendar, seeds.Law, clock);

    private Stamp SystemStamp(DateTimeOffset at) => new(DerivedIds.Of(Stream, Version + 1), Actor.System, at);

    // A workplace may know of a case whose opening was lost with its silo.
    private CaseView NeverOpened => State.ToView(null, null, default, seeds.Calendar, seeds.Law) with { Number = Key };
}
