using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Orleans.Concurrency;
using Orleans.Placement;
using TownReform.Grains.Cases;
using TownReform.Grains.Journal;
using TownReform.Grains.Neighbours;
using TownReform.Grains.Recording;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Intake;
using TownReform.Grains.Rules.Records;
using TownReform.Grains.Rules.Texts;
using TownReform.Grains.Rules.Towns;

namespace TownReform.Grains.Intake;

/// <summary>
/// A counter of a town's intake. Openings go side by side; each asks the rules first and takes a number only when they have said yes. What
/// is refused is recorded here, what is
/// opened on the case.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The semaphore has no wait handle; there is nothing to dispose of.")]
[GrainType("intake"), PreferLocalPlacement, Reentrant]
public sealed class IntakeGrain(IWorlds worlds, INeighbourhood neighbourhood, SeedLibrary seeds)
    : OfficeGrain<IntakeState, IntakeEvent>(worlds, neighbourhood, IntakeRecord.Events, "intake"),
        IIntakeInside
{
    private readonly Dictionary<Guid, Task> underWay = [];
    private readonly SemaphoreSlim recording = new(1, 1);
    private readonly OpenedBefore opened = new();
    private string town = "";
    private int counter = -1;

    protected override IntakeState Empty => IntakeState.Empty;

    protected override SnapshotCodec<IntakeState> Snapshots => IntakeRecord.Snapshots;

    public override bool HasNothing => !seeds.Towns.ContainsKey(town) || counter is < 0 or >= Address.Counters;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await base.OnActivateAsync(cancellationToken);
        if (Key.Split('/') is [var code, var place] && int.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            (town, counter) = (code, number);
        }
    }

    public Task<Outcome<CaseView>> OpenAsync(OpenCase command) =>
        (KeyFault ?? CommandTexts.Read(ref command) ?? SaidBySystem(command.Stamp, CaseRules.OpenAct)) is { } unfit
            ? Task.FromResult<Outcome<CaseView>>(unfit)
        : Reception.Admission is { } admission
            ? admission.BeginAsync(this, command, static (grain, command) => grain.OpenAdmittedAsync(command))
        : OpenAdmittedAsync(command);

    public Task<Outcome<CaseView>> OpenByTownAsync(OpenCase command) => OpenAdmittedAsync(command);

    public async Task<Outcome<CaseOutlook>> ForeseeAsync(OpenCase command) =>
        (KeyFault ?? CommandTexts.Read(ref command) ?? SaidBySystem(command.Stamp, CaseRules.OpenAct) ?? OffClock(command.Stamp))
            is { } refusal
        || (await new CaseFactsGathering(seeds, Neighbours).ForOpeningAsync(command)).IsRefused(out refusal, out var facts)
        || CaseRules.Open("", command, facts).IsRefused(out refusal, out var decided)
            ? refusal
            : decided.ToOutlook(0, facts);

    protected override IntakeState Apply(IntakeState state, IntakeEvent happened) => state;

    protected override IntakeEvent Refuse(Refused refused) => new OpeningRefused(refused);

    private async Task<Outcome<CaseView>> OpenAdmittedAsync(OpenCase command)
    {
        // A town that there isn't has no stream either: whoever made names up could fill the record with them.
        if (
            !seeds.Towns.ContainsKey(town)
            || command.Town != town
            || counter != (World == Address.Live ? Address.CounterOf(command.Stamp.CommandId) : 0)
        )
        {
            DeactivateOnIdle();
            return seeds.Towns.ContainsKey(command.Town) ? TownRefusals.OtherCounter(command.Town) : CaseRefusals.TownUnknown(command.Town);
        }

        await LoadAsync();
        var id = command.Stamp.CommandId;
        while (underWay.TryGetValue(id, out var first))
        {
            // What became of it is looked up then, as for a repeat that came later.
            await first.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }

        var opening = OpenOnceAsync(command);
        if (!opening.IsCompleted)
        {
            underWay[id] = opening;
        }

        try
        {
            return await opening;
        }
        finally
        {
            underWay.Remove(id);
        }
    }

    private async Task<Outcome<CaseView>> OpenOnceAsync(OpenCase command)
    {
        var stamp = command.Stamp;
        if (opened.NumberOf(stamp.CommandId) is { } known)
        {
            return await Case(known).OpenAsync(command);
        }

        if (await IsRepeatAsync(stamp))
        {
            var (before, _, _, record) = await RecallAsync(stamp);
            return before is null || !IsOf(record, stamp, CommandDigest.Of(command), looksSame: true)
                ? RecordingRefusals.CommandIdReused(stamp.CommandId, CaseRules.OpenAct)
                : before;
        }

        var digest = KeepsDigests ? CommandDigest.Of(command) : default(CommandDigest?);
        if (OffClock(stamp) is { } wrong)
        {
            return await RefuseAsync(command, AtReceipt(stamp), wrong, digest);
        }

        if (
            (await new CaseFactsGathering(seeds, Neighbours).ForOpeningAsync(command)).IsRefused(out var refusal, out var gathered)
            || CaseRules.Open("", command, gathered).IsRefused(out refusal, out var decided)
        )
        {
            return await RefuseAsync(command, stamp, refusal, digest);
        }

        return (await Neighbours.NextCaseNumberAsync(town, stamp.At)).IsRefused(out refusal, out var number)
            ? refusal
            : await OpenAsync(
                new DecidedOpening(
                    command,
                    decided with
                    {
                        Event = decided.Event with { Number = number },
                        Next = decided.Next with { Number = number },
                    },
                    gathered,
                    digest
                )
            );
    }

    // A command that has opened a case gets its answer there, whatever the rules would say to it now: memory forgets it, and the record
    // doesn't.
    private async Task<Outcome<CaseView>> RefuseAsync(OpenCase command, Stamp stamp, Refusal refusal, CommandDigest? digest)
    {
        if (await Storage.ReadModel.FindOpenedByAsync(command.Stamp.CommandId) is { } number)
        {
            opened.Add(command.Stamp.CommandId, number);
            return await Case(number).OpenAsync(command);
        }

        if (RecordRules.IsRecorded(refusal))
        {
            await RecordInTurnAsync(stamp, Refuse(new Refused(CaseRules.OpenAct, refusal)), digest);
        }

        return refusal;
    }

    private async Task<Outcome<CaseView>> OpenAsync(DecidedOpening handed)
    {
        var (command, number) = (handed.Command, handed.Decision.Event.Number);

        // Known from here on, whatever becomes of the call: sent again, the command opens this case or finds it open.
        opened.Add(command.Stamp.CommandId, number);
        Neighbours.Openings.Put(number, handed);
        try
        {
            var answer = await Case(number).OpenAsync(command);
            if (answer.Value?.Number != number)
            {
                // The command had opened another case, before memory forgot it.
                opened.Remove(command.Stamp.CommandId);
            }

            return answer;
        }
        finally
        {
            Neighbours.Openings.Remove(number, handed);
        }
    }

    // Openings of many parties come here side by side: each is measured by the silo's clock, not by the one before it.
    private Refusal? OffClock(Stamp stamp) => Reception.WrongMoment(stamp, null);

    // Openings go side by side, records one after the other.
    private async ValueTask RecordInTurnAsync(Stamp stamp, IntakeEvent happened, CommandDigest? digest)
    {
        await recording.WaitAsync();
        try
        {
            await LoadAsync();
            await RecordAsync(stamp with { At = NotBefore(stamp.At) }, happened, [], digest);
        }
        finally
        {
            recording.Release();
        }
    }

    private ICaseInside Case(string number) => GrainFactory.Grain<ICaseInside>(Address.Case(World, number));
}
