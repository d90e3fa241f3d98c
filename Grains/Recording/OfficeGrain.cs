using System.Collections.Immutable;
using TownReform.Grains.Journal;

namespace TownReform.Grains.Recording;

/// <summary>
/// A long-lived office: each command is one rule over the state, whose event or refusal is recorded before it is answered.
/// A command that is already on the stream gets the answer that it got.
/// </summary>
public abstract class OfficeGrain<TState, TEvent>(IWorlds worlds, EventCodec<TEvent> codec, string area) : RecordedGrain<TState, TEvent>(worlds, codec)
    where TState : class
    where TEvent : class, IRecorded
{
    private string? stream;

    protected sealed override string Stream => stream ??= $"{area}/{Key}";

    /// <summary>The event that records a refusal of an act.</summary>
    protected abstract TEvent Refuse(Refused refused);

    protected sealed override Refusal? RefusalOf(TEvent happened) => (happened as IRefused)?.Refused.Refusal;

    /// <summary>What leaves with an event; called just before the event is recorded.</summary>
    protected virtual ImmutableArray<Delivery> EffectsOf(TEvent happened, DateTimeOffset at) => [];

    /// <summary>Answers a command by a rule. A rule that answers null says yes and has nothing new to record.</summary>
    /// <param name="same">Whether an accepted event on the stream is this very command's; tells a repeat from an id used twice.</param>
    protected async Task<Outcome<TView>> AnswerAsync<TView>(
        Stamp stamp, string act, Func<TState, Outcome<TEvent>?> rule, Func<TEvent, bool> same, Func<TState, TView> view)
        where TView : class
    {
        await LoadAsync();
        if (IsRepeat(stamp.CommandId))
        {
            var (refusal, state, happened, _) = await RecallAsync(stamp.CommandId);
            var known = happened is IRefused refused ? refused.Refused.Act == act : same(happened);
            return !known ? RecordingRefusals.CommandIdReused(stamp.CommandId, act) : refusal is not null ? refusal : view(state);
        }

        return await RecordAsync(stamp, act, rule(State)) is { } refusedNow ? refusedNow : view(State);
    }

    /// <summary>Takes an effect by a rule, once; a refusal is recorded, not thrown, so that it isn't delivered for ever.</summary>
    protected async Task TakeAsync(Delivery delivery, string act, Func<TState, Outcome<TEvent>?> rule)
    {
        await LoadAsync();
        var stamp = new Stamp(DerivedIds.Of(delivery.Id), Actor.System, delivery.At);
        if (!IsRepeat(stamp.CommandId))
        {
            await RecordAsync(stamp, act, rule(State));
        }
    }

    private async ValueTask<Refusal?> RecordAsync(Stamp stamp, string act, Outcome<TEvent>? decided)
    {
        if (decided is null)
        {
            return null;
        }

        var happened = decided.IsRefused(out var refusal, out var accepted) ? Refuse(new Refused(act, refusal)) : accepted;
        await RecordAsync(stamp, happened, EffectsOf(happened, stamp.At));
        return RefusalOf(happened);
    }
}
