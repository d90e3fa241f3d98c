using System.Collections.Immutable;
using TownReform.Grains.Journal;
using TownReform.Grains.Neighbours;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Records;
using TownReform.Grains.Rules.Texts;
using TownReform.Grains.Rules.Towns;

namespace TownReform.Grains.Cases;

/// <summary>A case that commands reach: opening and acts, each answered once, whatever is sent again.</summary>
public abstract class CommandedCase(IWorlds worlds, INeighbourhood neighbourhood, SeedLibrary seeds)
    : RecordedCase(worlds, neighbourhood, seeds)
{
    // What the intake hands over it has read and let in already.
    public Task<Outcome<CaseView>> OpenAsync(OpenCase command) =>
        !Neighbours.Openings.TryFind(Key, out _)
        && (KeyFault ?? CommandTexts.Read(ref command) ?? SaidBySystem(command.Stamp, CaseRules.OpenAct)) is { } unfit
            ? Task.FromResult<Outcome<CaseView>>(unfit)
            : OpenReadAsync(command);

    public Task<Outcome<CaseView>> ActAsync(ActOnCase command) =>
        (KeyFault ?? CommandTexts.Read(ref command) ?? SaidBySystem(command.Stamp, command.Act)) is { } unfit
            ? Task.FromResult<Outcome<CaseView>>(unfit)
        : Reception.Admission is { } admission
            ? admission.AnswerAsync(this, command, static (grain, command) => grain.ActAdmittedAsync(command))
        : ActAdmittedAsync(command);

    private async Task<Outcome<CaseView>> OpenReadAsync(OpenCase command)
    {
        // A number is handed out once, so the stream is taken for empty; the fence of the first record knows better. A command that comes
        // without what was decided on it may be a repeat.
        if (!IsLoaded && Neighbours.Openings.TryFind(Key, out _))
        {
            AssumeNew();
        }
        else
        {
            await LoadAsync();
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

    private protected Refusal? MovedOn(ActOnCase command) =>
        command.AtVersion is { } seen && seen != Version ? CaseRefusals.MovedOn(Key, seen, Version) : null;

    private CommandDigest? DigestOf(ActOnCase command) => KeepsDigests ? CommandDigest.Of(command) : null;

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
            CaseHandedOver => ReassignRules.Act,
            _ => happened.Kind,
        };
        return !IsOf(record, stamp, digest, before == act) ? RecordingRefusals.CommandIdReused(stamp.CommandId, act)
            : refusal is not null ? refusal
            : state.ToView(
                Step(state),
                Seeds.Towns[state.Town].Items.GetValueOrDefault(state.Subject),
                Seeds.Towns[state.Town].DayOf(state.ChangedAt),
                Seeds.Calendar,
                Seeds.Law
            );
    }

    // What the facts come from is nearly always on this silo, and the rules wait for nothing: then there is nothing to wait for but the
    // record.
    protected Task<Outcome<CaseView>> ActNewAsync(ActOnCase command, CommandDigest? digest = null)
    {
        if (command.Act == ReassignRules.Act)
        {
            return ReassignAsync(command, digest);
        }

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
        : facts.Procedure.ActAt(State.Step, command.Act) is { Claims: { } field } claiming
            ? ClaimAsync(command, field, digest, () => RecordStepAsync(command.Stamp, taken, claiming, facts, digest))
        : RecordStepAsync(command.Stamp, taken, facts.Procedure.ActAt(State.Step, command.Act), facts, digest);

    // C5: the number of a receipt is used once only. The rules have nothing against the payment; whose the number is its own record says.
    private async Task<Outcome<CaseView>> ClaimAsync(
        ActOnCase command,
        string field,
        CommandDigest? digest,
        Func<Task<Outcome<CaseView>>> record
    )
    {
        var number = command.Fields.First(given => given.Name == field).Value.ToUpperInvariant();
        var claimed = await GrainFactory
            .Grain<IReceiptNumberInside>(Address.ReceiptNumber(World, State.Town, number))
            .UseAsync(command.Stamp, State.Number);
        return claimed.Refusal is { } used ? await RefuseAsync(command, used, digest) : await record();
    }

    private async Task<Outcome<CaseView>> ReassignAsync(ActOnCase command, CommandDigest? digest) =>
        (await Gathering.ForReassigningAsync(State, command)).IsRefused(out var refusal, out var facts)
        || ReassignRules.Give(State, command, facts).IsRefused(out refusal, out var given)
            ? await RefuseAsync(command, refusal, digest)
            : await RecordStepAsync(command.Stamp, given, null, facts, digest);

    private protected CaseFactsGathering Gathering => new(Seeds, Neighbours);
}
