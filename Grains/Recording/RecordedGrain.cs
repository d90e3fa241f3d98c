using System.Collections.Immutable;
using TownReform.Grains.Journal;
using TownReform.Grains.Neighbours;
using TownReform.Grains.Rules.Offices;
using TownReform.Grains.Rules.Records;

namespace TownReform.Grains.Recording;

/// <summary>
/// A grain whose state is what its stream says. Four verbs: gather facts, ask a rule, record, answer.
/// A fault while recording drops the activation, so that memory is never ahead of the record.
/// </summary>
/// <param name="area">First part of its streams' names, before the key.</param>
public abstract class RecordedGrain<TState, TEvent>(IWorlds worlds, INeighbourhood neighbourhood, EventCodec<TEvent> codec, string area)
    : RecallingGrain<TState, TEvent>(worlds, neighbourhood, codec, area)
    where TState : class
    where TEvent : class, IRecorded
{
    /// <summary>Records one event and applies it. Returns once it is safe.</summary>
    protected ValueTask RecordAsync(Stamp stamp, TEvent happened) => RecordAsync(stamp, happened, []);

    /// <summary>The same with effects that leave with it.</summary>
    /// <param name="digest">Of the command that it is the answer to; null where no command of a client led to it.</param>
    protected ValueTask RecordAsync(Stamp stamp, TEvent happened, ImmutableArray<Delivery> effects, CommandDigest? digest = null) =>
        RecordAsync(stamp, happened, Apply(State, happened), effects, null, closes: false, digest);

    /// <summary>Records one event with the state that it leads to, which the caller has applied already.</summary>
    protected ValueTask RecordAsync(
        Stamp stamp,
        TEvent happened,
        TState next,
        ImmutableArray<Delivery> effects,
        CaseRow? row,
        bool closes,
        CommandDigest? digest = null
    ) => AppendAsync(NextAppend([EventOf(stamp, happened, digest)], effects, row, closes), next);

    /// <summary>Records what several commands led to, in one commit: all of it or nothing. An effect of a later event is addressed with
    /// <see cref="Deliver"/> after <see cref="Stage"/>.</summary>
    protected ValueTask RecordAsync(ImmutableArray<NewEvent> events, TState next, ImmutableArray<Delivery> effects) =>
        AppendAsync(NextAppend(events, effects), next);

    /// <summary>An event as it will be recorded with others; effects addressed from now on are the following event's.</summary>
    protected NewEvent Stage(Stamp stamp, TEvent happened)
    {
        staged++;
        return EventOf(stamp, happened);
    }

    /// <summary>An event as it will be recorded.</summary>
    protected NewEvent EventOf(Stamp stamp, TEvent happened, CommandDigest? digest = null)
    {
        if (stamp.Actor.Office == Actor.System.Office)
        {
            // After what is recorded, and after what is being recorded with it.
            var at = NotBefore(staging is { } other && stamp.At < other ? other : stamp.At);
            staging = at;
            stamp = at == stamp.At ? stamp : stamp with { At = at };
        }

        return new(stamp, happened.Kind, Codec.Write(happened), Reception.ReceivedAt(stamp.At), digest);
    }

    /// <summary>What follows the last record.</summary>
    protected JournalAppend NextAppend(
        ImmutableArray<NewEvent> events,
        ImmutableArray<Delivery> effects,
        CaseRow? row = null,
        bool closes = false
    ) =>
        new(
            Stream: Stream,
            Previous: head,
            Events: events,
            Effects: effects,
            Case: row,
            IsFinal: closes,
            IsFirstSinceRead: IsFirstSinceRead
        );

    /// <summary>An effect that leaves with the record now being made.</summary>
    protected Delivery Deliver(int ordinal, string targetType, string targetKey, DateTimeOffset at, Effect effect) =>
        new(new EffectId(Stream, head.Version + staged + 1, ordinal), targetType, $"{World}/{targetKey}", at, effect);

    private async ValueTask AppendAsync(JournalAppend append, TState next)
    {
        (staged, staging) = (0, null);
        JournalHead now;
        try
        {
            now = await Storage.Journal.AppendAsync(append);
        }
        catch
        {
            DropState();
            throw;
        }

        AdvanceTo(append.Events, next, now);
    }

    /// <summary>Goes on from what is on record now, once the journal has taken what <see cref="NextAppend"/> gave. Whoever waits for the
    /// journal itself has the grain <see cref="DropState"/> when that fails.</summary>
    protected void AdvanceTo(ImmutableArray<NewEvent> events, TState next, JournalHead now)
    {
        Advance(events, next, now, Task.CompletedTask);
        PublishFacts();
        IsKnown();
    }

    /// <summary>
    /// Has the journal take what <see cref="NextAppend"/> gave, and applies it before it is safe, so that more can follow at once. For a
    /// stream that others record on beside its grain: whoever calls it holds what <see cref="StreamGrain{TState, TEvent}.WithLock"/>
    /// holds, and has the grain <see cref="DropState"/> when the append fails.
    /// </summary>
    /// <param name="whole">The append that <paramref name="own"/> goes beside; null when it goes alone.</param>
    /// <returns>Completes when it is safe.</returns>
    protected Task<JournalHead> AppendWithoutWaiting(JournalAppend own, TState next, JournalAppend? whole = null)
    {
        (staged, staging) = (0, null);
        var appending = Storage.Journal.AppendAsync(whole ?? own).AsTask();
        Advance(own.Events, next, ChainLink.After(World, own)[^1].Head(), appending);
        return appending;
    }

    /// <summary>Memory may be behind or ahead of the record. Whoever calls next reads the stream again.</summary>
    protected void DropState()
    {
        loaded = false;
        changes++;
        UnpublishFacts();
        IsKnown();

        // Not the grain's own method: that one is for its turns, and refuses when the activation is gone already.
        GrainContext.Deactivate(
            new DeactivationReason(DeactivationReasonCode.ApplicationRequested, "What it remembers is not what is on record.")
        );
    }

    private void Advance(ImmutableArray<NewEvent> events, TState next, JournalHead now, Task safe)
    {
        (State, head, IsFirstSinceRead) = (next, now, false);
        changes++;
        foreach (var happened in events)
        {
            commands.Add(happened.Stamp.CommandId, happened.Stamp.At);
            last = happened.Stamp.At;
        }

        if (Snapshots is { } snapshots && Storage.Snapshots is { } store && pace is { } due && due.IsDue(now.Version))
        {
            WriteSnapshot(due, snapshots, store, safe);
        }
    }

    // A method of its own: what the snapshot closes over would be made for each record, also where none is due.
    private void WriteSnapshot(SnapshotPace due, SnapshotCodec<TState> snapshots, ISnapshots store, Task safe)
    {
        var (stream, state, at, kept) = (Stream, State, head, commands.Keep());
        due.Write(
            at.Version,
            safe,
            async () =>
            {
                var snapshot = snapshots.Write(state, at, kept);
                await store.WriteAsync(stream, snapshot);
                return snapshot.State.Length;
            }
        );
    }

    /// <summary>Whether a command's digest goes on record. Nobody sends anything again in a simulated world.</summary>
    protected bool KeepsDigests => Reception.Clock is not null || World == Address.Live;

    /// <summary>The refusal for whoever says to be the system: the system says nothing from outside. Null for all others.</summary>
    protected static Refusal? SaidBySystem(Stamp stamp, string act) =>
        stamp.Actor.Office == Actor.System.Office || stamp.Actor.Id == Actor.System.Id ? OfficeRefusals.SystemFromOutside(act) : null;

    /// <summary>Why a command can't be taken at the moment that it is stamped with; null when it can.</summary>
    protected Refusal? WrongMoment(Stamp stamp) => Reception.WrongMoment(stamp, last);

    /// <summary>The stamp under which a command of a wrong moment goes on record: that of its receipt.</summary>
    protected Stamp AtReceipt(Stamp stamp) => stamp with { At = NotBefore(Reception.Clock?.Now ?? last ?? stamp.At), Late = null };

    /// <summary>A moment of the system's own, which is never before the last record: what a case tells an office has happened for it when
    /// it arrives.</summary>
    protected DateTimeOffset NotBefore(DateTimeOffset at) => last is { } before && at < before ? before : at;
}
