using System.Collections.Immutable;

namespace TownReform.Client.Simulation;

/// <summary>How far each replication was when it was last heard of. Never goes back: an answer that is behind an earlier one, or none,
/// changes nothing. Pure.</summary>
internal sealed record ProgressSoFar(ImmutableSortedDictionary<int, ReplicationProgress> Last)
{
    public static ProgressSoFar None { get; } = new(ImmutableSortedDictionary<int, ReplicationProgress>.Empty);

    /// <summary>A virtual day has been told.</summary>
    public bool IsBegun => Last.Values.Any(p => p.Finished || p.Day != default);

    public int Finished => Last.Values.Count(p => p.Finished);

    public long Done => Last.Values.Sum(p => p.Done);

    public long Open => Last.Values.Sum(p => p.Open);

    public DateOnly Day => Last.Values.Max(p => p.Day);

    public double Share(int replications) => Math.Min(1, Last.Values.Sum(p => p.Share) / replications);

    public ProgressSoFar With(ImmutableArray<ReplicationProgress> told)
    {
        var next = Last.ToBuilder();
        foreach (var progress in told.Where(p => p.Number > 0))
        {
            if (!next.TryGetValue(progress.Number, out var before))
            {
                next[progress.Number] = progress;
            }
            else if (!before.Finished && progress.Share >= before.Share)
            {
                next[progress.Number] = progress with
                {
                    Done = Math.Max(progress.Done, before.Done),
                    Day = progress.Day > before.Day ? progress.Day : before.Day,
                };
            }
        }

        return new(next.ToImmutable());
    }
}
