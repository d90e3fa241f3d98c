using System.Collections.Immutable;

namespace TownReform.Grains.Rules.Cases;

/// <summary>A time in which a clock stood still.</summary>
/// <param name="On">The day on which it stopped: the last that is counted.</param>
/// <param name="Until">The day on which it went on, which isn't counted; null while it stands still.</param>
/// <param name="Record">The record by which it stopped.</param>
/// <param name="Why">What stopped it.</param>
public readonly record struct ClockStop(DateOnly On, DateOnly? Until, long Record, Words Why)
{
    /// <summary>Whether it stood still on a day.</summary>
    public bool Holds(DateOnly day) => day > On && (Until is not { } back || day <= back);
}

/// <summary>When the clocks of a case stood still, by its records.</summary>
public sealed class ClockStops
{
    private ClockStops(ImmutableArray<ClockStop> ofCase, ImmutableArray<ClockStop> ofStep, long? started) =>
        (OfCase, OfStep, Started) = (ofCase, ofStep, started);

    /// <summary>Of the case's own limit.</summary>
    public ImmutableArray<ClockStop> OfCase { get; }

    /// <summary>Of the present step's limit: only what freezes the whole case stops it.</summary>
    public ImmutableArray<ClockStop> OfStep { get; }

    /// <summary>The record that started the case's clock.</summary>
    public long? Started { get; }

    /// <param name="events">All that happened, in order from the opening on; the first has version 1.</param>
    public static ClockStops Of(IEnumerable<CaseEvent> events, HistoryWords words)
    {
        var (ofCase, ofStep) = (new List<ClockStop>(), new List<ClockStop>());
        var (file, started) = (CaseFile.None, (long?)null);
        foreach (var happened in events)
        {
            var next = CaseState.Apply(file, happened);
            if (next.StepVersion != file.StepVersion && happened is not CaseHandedOver)
            {
                ofStep.Clear();
            }

            if (happened is ActTaken { Clock: ClockAct.Start } || (next.Clock.StartedOn is not null && file.Clock.StartedOn is null))
            {
                ofCase.Clear();
                started = next.Version;
            }

            Follow(ofCase, file.Clock.StoppedOn, next.Clock.StoppedOn, next.Version, happened, words);
            Follow(ofStep, file.FrozenOn, next.FrozenOn, next.Version, happened, words);
            file = next;
        }

        return new([.. ofCase], [.. ofStep], started);
    }

    private static void Follow(
        List<ClockStop> stops,
        DateOnly? before,
        DateOnly? after,
        long version,
        CaseEvent happened,
        HistoryWords words
    )
    {
        if (before is null && after is { } stopped)
        {
            stops.Add(new(stopped, null, version, words.Cause(happened)));
        }
        else if (before is not null && after is null && stops.Count > 0)
        {
            stops[^1] = stops[^1] with { Until = DayOf(happened) ?? stops[^1].On };
        }
    }

    private static DateOnly? DayOf(CaseEvent happened) => (happened as ActTaken)?.Day ?? (happened as PowerFollowed)?.Day;
}
