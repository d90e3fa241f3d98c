using System.Collections.Immutable;
using Orleans.Placement;
using TownReform.Grains.Journal;
using TownReform.Grains.Neighbours;
using TownReform.Grains.Recording;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Rules.Towns;

namespace TownReform.Grains.Cases;

/// <inheritdoc cref="ICaseGrain"/>
/// <remarks>What others have it do: deadlines, officers, powers, seeds. What clients read of it: <see cref="ReadableCase"/>; questions:
/// <see cref="AskedCase"/>; commands: <see cref="CommandedCase"/>; its record: <see cref="RecordedCase"/>.</remarks>
[GrainType("case"), PreferLocalPlacement]
public sealed class CaseGrain(IWorlds worlds, INeighbourhood neighbourhood, SeedLibrary seeds)
    : ReadableCase(worlds, neighbourhood, seeds),
        ICaseInside
{
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
        var reading = ClockRules.Look(State, step, facts.Day, Seeds.Calendar, Seeds.Law);
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
        if (!State.IsOpen || !Seeds.Towns.TryGetValue(State.Town, out var plan))
        {
            return false;
        }

        // As lists and the desk know it, it was reckoned on the day of the last record.
        var known = ClockRules.Look(State, Step(State), plan.DayOf(State.ChangedAt), Seeds.Calendar, Seeds.Law);

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
                next.ToRow(Seeds.ProcedureOf(next), CasePlacement.WorkOf(next, Facts(State, at))),
                closes: !next.IsOpen
            );
        }
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

    // A workplace may know of a case whose opening was lost with its silo.
    private CaseView NeverOpened => State.ToView(null, null, default, Seeds.Calendar, Seeds.Law) with { Number = Key };
}
