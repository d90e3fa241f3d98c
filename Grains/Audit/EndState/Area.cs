using System.Diagnostics.CodeAnalysis;
using TownReform.Grains.Journal;
using TownReform.Grains.Rules.Records;

namespace TownReform.Grains.Audit.EndState;

/// <summary>All streams of one kind of grain, replayed and judged.</summary>
internal abstract class Area
{
    /// <summary>The next record of one of its streams.</summary>
    /// <param name="key">Key of the grain, without the world.</param>
    /// <returns>What was done, in the words of the command, when it is an accepted act of a case; else null.</returns>
    public abstract string? Take(string key, JournalRecord record);

    /// <summary>Records of that stream have left memory: what follows can't be judged.</summary>
    public virtual void Fold(string key) { }
}

/// <summary>Replays each stream by the pure rules, one event after the other, and asks them whether it was possible.</summary>
/// <param name="readable">Where records go that can't be read or applied.</param>
internal abstract class Area<TState, TEvent>(EventCodec<TEvent> codec, TState empty, Findings readable) : Area
    where TState : class
    where TEvent : class, IRecorded
{
    private readonly Dictionary<string, TState> states = new(StringComparer.Ordinal);
    private readonly HashSet<string> lost = new(StringComparer.Ordinal);

    public sealed override string? Take(string key, JournalRecord record)
    {
        if (lost.Contains(key))
        {
            return null;
        }

        readable.Look();
        var state = states.GetValueOrDefault(key, empty);
        if (Read(record) is not { } happened || !TryFollow(key, record, state, happened, out var next))
        {
            Lose(key);
            return null;
        }

        states[key] = next;
        return Act(happened);
    }

    public override void Fold(string key) => Lose(key);

    protected IReadOnlyDictionary<string, TState> States => states;

    protected bool IsLost(string key) => lost.Contains(key);

    /// <summary>The town of a stream's key, and the rest. A key that somebody made up may name none: what was refused under it stays on
    /// record.</summary>
    protected static (string Town, string Of) TownOf(string key) =>
        key.IndexOf('/') is var slash and >= 0 ? (key[..slash], key[(slash + 1)..]) : ("", key);

    /// <summary>Judges an event by the state before it; breaches are told, not thrown.</summary>
    protected abstract void Judge(string key, JournalRecord record, TState state, TEvent happened);

    protected abstract TState Apply(TState state, TEvent happened);

    /// <summary>Judges the state after an event.</summary>
    protected virtual void JudgeAfter(string key, JournalRecord record, TState state) { }

    protected virtual string? Act(TEvent happened) => null;

    private void Lose(string key)
    {
        lost.Add(key);
        states.Remove(key);
    }

    private TEvent? Read(JournalRecord record)
    {
        try
        {
            return codec.Read(record);
        }
        catch (Exception e) when (e is InvalidDataException or NotSupportedException)
        {
            readable.Breach(record.Stream, record.Version, $"记录无法读出：{e.Message}", $"The record can't be read: {e.Message}");
            return null;
        }
    }

    // What stands there may be anything, and the rules are written for what grains record. A history that they can't follow is a breach,
    // not the end of the audit.
    private bool TryFollow(string key, JournalRecord record, TState state, TEvent happened, [NotNullWhen(true)] out TState? next)
    {
        try
        {
            Judge(key, record, state, happened);
            next = Apply(state, happened);
            JudgeAfter(key, record, next);
            return true;
        }
        catch (Exception e)
        {
            readable.Breach(
                record.Stream,
                record.Version,
                $"{happened.Kind} 与此前的记录接不上：{e.Message}",
                $"{happened.Kind} can't follow what was recorded before: {e.Message}"
            );
            next = null;
            return false;
        }
    }
}
