using System.Collections.Immutable;
using TownReform.Grains.Journal;
using TownReform.Grains.Neighbours;
using TownReform.Grains.Rules.Offices;
using TownReform.Grains.Rules.Records;

namespace TownReform.Grains.Recording;

/// <summary>
/// A long-lived office: each command is one rule over the state, whose event or refusal is recorded before it is answered.
/// A command that is already on the stream gets the answer that it got.
/// </summary>
public abstract class OfficeGrain<TState, TEvent>(IWorlds worlds, INeighbourhood neighbourhood, EventCodec<TEvent> codec, string area)
    : RecordedGrain<TState, TEvent>(worlds, neighbourhood, codec, area)
    where TState : class
    where TEvent : class, IRecorded
{
    /// <summary>The event that records a refusal of an act.</summary>
    protected abstract TEvent Refuse(Refused refused);

    protected sealed override Refusal? RefusalOf(TEvent happened) => (happened as IRefused)?.Refused.Refusal;

    /// <summary>What leaves with an event; called just before the event is recorded.</summary>
    /// <param name="state">The state that the event meets.</param>
    protected virtual ImmutableArray<Delivery> EffectsOf(TState state, TEvent happened, DateTimeOffset at) => [];

    /// <summary>Answers a command by a rule. A rule that answers null says yes and has nothing new to record.</summary>
    /// <param name="says">All that the command says besides stamp and act; by its digest a repeat is told from an id used twice.</param>
    /// <param name="same">Whether an accepted event on the stream is this very command's, where the record has no digest.</param>
    /// <param name="who">Whether they may say it who do (O): asked once it is known to be no repeat, before the rule. Null for what the
    /// town itself says.</param>
    protected async Task<Outcome<TView>> AnswerAsync<TView>(
        Stamp stamp,
        string act,
        string?[] says,
        Func<TState, Outcome<TEvent>?> rule,
        Func<TEvent, bool> same,
        Func<TState, TView> view,
        Func<ValueTask<Refusal?>>? who = null
    )
        where TView : class
    {
        if (who is not null && SaidBySystem(stamp, act) is not null)
        {
            return OfficeRefusals.SystemFromOutside(act, OfficeActWords.Of(act));
        }

        await LoadAsync();
        var digest = CommandDigest.Of(stamp, act, says);
        if (await IsRepeatAsync(stamp))
        {
            var (refusal, state, happened, record) = await RecallAsync(stamp);
            var looksSame = happened is IRefused refused ? refused.Refused.Act == act : same(happened);
            return !IsOf(record, stamp, digest, looksSame) ? RecordingRefusals.CommandIdReused(stamp.CommandId, act, OfficeActWords.Of(act))
                : refusal is not null ? refusal
                : view(state);
        }

        // What the town says itself at its founding is dated to that day, whatever day it is.
        if (who is not null && WrongMoment(stamp) is { } wrong)
        {
            return (await RecordAsync(AtReceipt(stamp), act, wrong, digest))!;
        }

        Outcome<TEvent>? decided = who is not null && await who() is { } not ? not : rule(State);
        return await RecordAsync(stamp, act, decided, digest) is { } refusedNow ? refusedNow : view(State);
    }

    /// <summary>
    /// Takes effects by a rule, each once and all in one commit; a refusal is recorded, not thrown, so that it isn't delivered for ever.
    /// One commit, because an office that waited for a commit per effect would be as slow as the disk.
    /// </summary>
    /// <param name="rule">The act's name and what the rule says over the state that the effects before it have led to.</param>
    protected async Task TakeAsync(ImmutableArray<Delivery> deliveries, Func<TState, Delivery, (string Act, Outcome<TEvent>? Decided)> rule)
    {
        await LoadAsync();
        var (events, effects, next) = Decide(await NewAsync(deliveries), rule);
        if (!events.IsEmpty)
        {
            await RecordAsync(events, next, effects);
        }
    }

    /// <summary>Asks a rule about effects one after the other, each over the state that those before it have led to.</summary>
    /// <returns>What is to be recorded in one commit, and the state that it leads to.</returns>
    protected (ImmutableArray<NewEvent> Events, ImmutableArray<Delivery> Effects, TState Next) Decide(
        List<(Stamp Stamp, Delivery Delivery)> fresh,
        Func<TState, Delivery, (string Act, Outcome<TEvent>? Decided)> rule
    )
    {
        var state = State;
        var events = ImmutableArray.CreateBuilder<NewEvent>(fresh.Count);
        var effects = ImmutableArray.CreateBuilder<Delivery>(fresh.Count);
        foreach (var (stamp, delivery) in fresh)
        {
            if (rule(state, delivery) is (var act, { } decided))
            {
                var happened = Happened(act, decided);
                effects.AddRange(EffectsOf(state, happened, stamp.At));
                events.Add(Stage(stamp, happened));
                state = Apply(state, happened);
            }
        }

        return (events.ToImmutable(), effects.ToImmutable(), state);
    }

    /// <summary>Those of the deliveries that are not on the stream yet, each once. Asked before anything is staged: between staging and
    /// recording nobody may come in.</summary>
    protected async ValueTask<List<(Stamp Stamp, Delivery Delivery)>> NewAsync(ImmutableArray<Delivery> deliveries)
    {
        var (fresh, seen) = (new List<(Stamp, Delivery)>(deliveries.Length), new HashSet<Guid>(deliveries.Length));
        foreach (var delivery in deliveries)
        {
            var stamp = new Stamp(DerivedIds.Of(delivery.Id), Actor.System, delivery.At);
            if (seen.Add(stamp.CommandId) && !await IsRepeatAsync(stamp))
            {
                fresh.Add((stamp, delivery));
            }
        }

        return fresh;
    }

    private async ValueTask<Refusal?> RecordAsync(Stamp stamp, string act, Outcome<TEvent>? decided, CommandDigest digest)
    {
        if (decided is null)
        {
            return null;
        }

        if (decided.Refusal is { } refusal && !RecordRules.IsRecorded(refusal))
        {
            return refusal;
        }

        var happened = Happened(act, decided);
        await RecordAsync(stamp, happened, EffectsOf(State, happened, stamp.At), digest);
        return RefusalOf(happened);
    }

    private TEvent Happened(string act, Outcome<TEvent> decided) =>
        decided.IsRefused(out var refusal, out var accepted) ? Refuse(new Refused(act, refusal)) : accepted;
}
