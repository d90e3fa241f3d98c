using System.Collections.Immutable;
using TownReform.Grains.Journal;
using TownReform.Grains.Neighbours;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Rules.Records;

namespace TownReform.Grains.Cases;

/// <remarks>How a case records: what was refused, and what happened with the work, the effects and the certificate that it leads
/// to.</remarks>
public sealed partial class CaseGrain
{
    private async Task<Outcome<CaseView>> RefuseAsync(ActOnCase command, Refusal refusal, CommandDigest? digest)
    {
        // Sweeps try again every hour until the calendar is extended; the record need not say so each time.
        if (RecordRules.IsRecorded(refusal) && (refusal.Code != RefusalCode.OutsideCalendar || command.Stamp.Actor != Actor.System))
        {
            await RecordAsync(command.Stamp, new ActRefused(command.Act, command.Stamp.Actor.Id, refusal, command.Stamp.At), [], digest);
        }

        return refusal;
    }

    private Task<Outcome<CaseView>> TurnAsync(ClockColour colour, DateOnly due, CaseFacts facts, DateTimeOffset at) =>
        RecordStepAsync(
            SystemStamp(at),
            CaseDecision.Of(State, new ClockTurned(colour, due, ToldTo(colour, facts.Plan), at), facts),
            null,
            facts
        );

    private string? ToldTo(ClockColour colour, TownPlan plan) =>
        colour switch
        {
            ClockColour.Overdue => plan.IsOwn(State.Workplace!) ? "head" : "leading-group",
            ClockColour.Supervised => "supervision",
            _ => null,
        };

    /// <summary>Places the step that an event leads to, records the event with its effects and read-model row, and applies it.</summary>
    /// <param name="act">The act that was done; null when none was.</param>
    /// <returns>The case after it.</returns>
    private async Task<Outcome<CaseView>> RecordStepAsync(
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
            happened = happened switch
            {
                ActTaken it => it with { Officers = work.Officers },
                CaseOpened it => it with { Officers = work.Officers },
                _ => happened,
            };
            next = next with { Officers = work.Officers };
        }

        Recording recording = default;
        try
        {
            var effects = act is { Causes.IsEmpty: false } ? next.Effects(act, stamp, facts, Deliver) : [];
            recording = Record(stamp, happened, next, work, effects, facts, digest);
            AdvanceTo(recording.Events, recording.Next, await recording.Appending);
        }
        catch
        {
            DropState();
            recording.Seal?.Lost();
            var standing = await StandingAsync(before);
            await Placement.UndoAsync(next, facts.Plan, standing, standing.IsOpen ? Facts(standing, stamp.At) : facts);
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

    /// <summary>Has the journal take an event; a decision that asks for a number goes together with the number, where the seal is at
    /// hand.</summary>
    private Recording Record(
        Stamp stamp,
        CaseEvent happened,
        CaseFile next,
        WorkItem? work,
        ImmutableArray<Delivery> effects,
        CaseFacts facts,
        CommandDigest? digest
    )
    {
        // The first record after a stream was read may be overtaken, and the seal's records may not.
        if (
            happened is ActTaken decision
            && State.Certificate is null
            && !IsFirstSinceRead
            && effects.FirstOrDefault(delivery => delivery.Effect is NumberCertificate) is { } asking
            && Neighbours.Seals.TryFind(facts.Plan.Code, out var seal)
            && seal.TryTake(asking, out var number)
        )
        {
            using (number)
            {
                return RecordNumbered(stamp, decision, next, work, effects.Remove(asking), facts.Procedure, digest, seal, number);
            }
        }

        var events = ImmutableArray.Create(EventOf(stamp, happened, digest));
        return new(
            Storage.Journal.AppendAsync(NextAppend(events, effects, next.ToRow(facts.Procedure, work), closes: !next.IsOpen)),
            events,
            next,
            null
        );
    }

    // While the number is held, and no longer: the decision that bears it and the seal's own record go to the journal in one append.
    private Recording RecordNumbered(
        Stamp stamp,
        ActTaken decision,
        CaseFile next,
        WorkItem? work,
        ImmutableArray<Delivery> effects,
        Procedure procedure,
        CommandDigest? digest,
        ILocalSeal seal,
        in TakenNumber number
    )
    {
        var numbered = next with { Certificate = number.Certificate };
        var events = ImmutableArray.Create(EventOf(stamp, decision with { Certificate = number.Certificate }, digest));
        var append = NextAppend(events, effects, numbered.ToRow(procedure, work), closes: !numbered.IsOpen);
        return new(new(number.Record(append)), events, numbered, seal);
    }

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

    /// <summary>What the journal was given, and how the case stands once it is safe.</summary>
    /// <param name="Seal">The seal that numbered it, and has to hear when it is lost.</param>
    private readonly record struct Recording(
        ValueTask<JournalHead> Appending,
        ImmutableArray<NewEvent> Events,
        CaseFile Next,
        ILocalSeal? Seal
    );
}
