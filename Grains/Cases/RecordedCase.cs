using System.Collections.Immutable;
using TownReform.Grains.Journal;
using TownReform.Grains.Neighbours;
using TownReform.Grains.Recording;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Records;
using TownReform.Grains.Rules.Towns;

namespace TownReform.Grains.Cases;

/// <summary>How a case records: what was refused, and what happened with the work, the effects and the certificate that it leads
/// to.</summary>
public abstract class RecordedCase(IWorlds worlds, INeighbourhood neighbourhood, SeedLibrary seeds)
    : RecordedGrain<CaseFile, CaseEvent>(worlds, neighbourhood, CaseCodec.Instance, "case")
{
    protected override CaseFile Empty => CaseFile.None;

    protected SeedLibrary Seeds { get; } = seeds;

    protected override CaseFile Apply(CaseFile state, CaseEvent happened) => CaseState.Apply(state, happened);

    protected override Refusal? RefusalOf(CaseEvent happened) => (happened as ActRefused)?.Refusal;

    /// <summary>Records a refused act, where the refusal is one to record.</summary>
    protected async Task<Outcome<CaseView>> RefuseAsync(ActOnCase command, Refusal refusal, CommandDigest? digest)
    {
        // Sweeps try again every hour until the calendar is extended; the record need not say so each time.
        if (RecordRules.IsRecorded(refusal) && (refusal.Code != RefusalCode.OutsideCalendar || command.Stamp.Actor != Actor.System))
        {
            await RecordAsync(command.Stamp, new ActRefused(command.Act, command.Stamp.Actor.Id, refusal, command.Stamp.At), [], digest);
        }

        return refusal;
    }

    /// <summary>Places the step that an event leads to, records the event with its effects and read-model row, and applies it.</summary>
    /// <param name="act">The act that was done; null when none was.</param>
    /// <returns>The case after it.</returns>
    protected async Task<Outcome<CaseView>> RecordStepAsync(
        Stamp stamp,
        CaseDecision decision,
        ActRule? act,
        CaseFacts facts,
        CommandDigest? digest = null
    )
    {
        var (before, happened, next) = (State, decision.Happened, decision.Next);
        var work = await Placement.EnqueueAsync(next, facts, decision.Clock);
        if (work is { Officers.IsEmpty: false })
        {
            (happened, next) = (With(happened, work.Officers), next with { Officers = work.Officers });
        }

        Recording recording = default;
        try
        {
            var effects = act is { Causes.IsEmpty: false } ? next.Effects(act, stamp, facts, Deliver) : [];
            recording = Record(new(stamp, happened, next, work, effects, facts.Procedure) { Digest = digest }, facts);
            AdvanceTo(recording.Events, recording.Next, await recording.Appending);
        }
        catch
        {
            DropState();
            recording.Seal?.Lost();
            await UndoPlacementAsync(before, next, stamp, facts);
            throw;
        }

        await Placement.LeaveAsync(before, next, facts.Plan);
        if (!next.IsOpen)
        {
            // Nothing more happens to an ended case; its memory is worth more to the others.
            DeactivateOnIdle();
        }

        return View(facts, decision.Clock);
    }

    private static CaseEvent With(CaseEvent happened, ImmutableArray<string> officers) =>
        happened switch
        {
            ActTaken it => it with { Officers = officers },
            CaseOpened it => it with { Officers = officers },
            _ => happened,
        };

    private async ValueTask UndoPlacementAsync(CaseFile before, CaseFile next, Stamp stamp, CaseFacts facts)
    {
        var standing = await StandingAsync(before);
        await Placement.UndoAsync(next, facts.Plan, standing, standing.IsOpen ? Facts(standing, stamp.At) : facts);
    }

    /// <summary>Has the journal take a step; a decision that asks for a number goes together with the number, where the seal is at
    /// hand.</summary>
    private Recording Record(in StepTaken step, CaseFacts facts)
    {
        if (
            step.Happened is ActTaken decision
            && NumberAskedBy(step.Effects) is { } asking
            && Neighbours.Seals.TryFind(facts.Plan.Code, out var seal)
            && seal.TryTake(asking, out var number)
        )
        {
            using (number)
            {
                return RecordNumbered(step with { Effects = step.Effects.Remove(asking) }, decision, seal, number);
            }
        }

        var events = ImmutableArray.Create(EventOf(step.Stamp, step.Happened, step.Digest));
        return new(Storage.Journal.AppendAsync(Append(step, events, step.Next)), events, step.Next, null);
    }

    // The first record after a stream was read may be overtaken, and the seal's records may not.
    private Delivery? NumberAskedBy(ImmutableArray<Delivery> effects) =>
        State.Certificate is null && !IsFirstSinceRead ? effects.FirstOrDefault(delivery => delivery.Effect is NumberCertificate) : null;

    // While the number is held, and no longer: the decision that bears it and the seal's own record go to the journal in one append.
    private Recording RecordNumbered(in StepTaken step, ActTaken decision, ILocalSeal seal, in TakenNumber number)
    {
        var numbered = step.Next with { Certificate = number.Certificate };
        var events = ImmutableArray.Create(EventOf(step.Stamp, decision with { Certificate = number.Certificate }, step.Digest));
        return new(new(number.Record(Append(step, events, numbered))), events, numbered, seal);
    }

    private JournalAppend Append(in StepTaken step, ImmutableArray<NewEvent> events, CaseFile next) =>
        NextAppend(events, step.Effects, next.ToRow(step.Procedure, step.Work), closes: !next.IsOpen);

    // After a failed write the record may be ahead of what was known: another activation wrote, or the commit went through unanswered.
    private async ValueTask<CaseFile> StandingAsync(CaseFile known)
    {
        try
        {
            await ReloadAsync();
            return State;
        }
        catch
        {
            // The fault that is under way is the one to tell.
            return known;
        }
    }

    private protected CasePlacement Placement => new(Key, Neighbours);

    protected CaseFacts Facts(CaseFile file, DateTimeOffset at) => CaseFactsGathering.Known(Seeds, file, at);

    protected StepRule? Step(CaseFile file) => Seeds.ProcedureOf(file).Steps.GetValueOrDefault(file.Step);

    protected CaseView View(CaseFacts facts, ClockReading? clock = null) =>
        State.ToView(Step(State), facts.Item, facts.Day, Seeds.Calendar, Seeds.Law, clock);

    protected Stamp SystemStamp(DateTimeOffset at) => new(DerivedIds.Of(Stream, Version + 1), Actor.System, at);

    /// <summary>What happened to the case, and what leaves with it.</summary>
    /// <param name="Work">The step that waits after it.</param>
    private readonly record struct StepTaken(
        Stamp Stamp,
        CaseEvent Happened,
        CaseFile Next,
        WorkItem? Work,
        ImmutableArray<Delivery> Effects,
        Procedure Procedure
    )
    {
        public CommandDigest? Digest { get; init; }
    }

    /// <summary>What the journal was given, and how the case stands once it is safe.</summary>
    /// <param name="Seal">The seal that numbered it, and has to hear when it is lost.</param>
    private readonly record struct Recording(
        ValueTask<JournalHead> Appending,
        ImmutableArray<NewEvent> Events,
        CaseFile Next,
        ILocalSeal? Seal
    );
}
