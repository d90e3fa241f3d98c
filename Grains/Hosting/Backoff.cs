namespace TownReform.Grains.Hosting;

/// <summary>How long to leave something alone that failed: each wait is twice the one before, up to a longest.</summary>
/// <param name="first">The first wait.</param>
/// <param name="longest">No wait is longer.</param>
public sealed class Backoff(TimeSpan first, TimeSpan longest)
{
    private TimeSpan last;

    /// <summary>It failed: the wait until the next attempt.</summary>
    public TimeSpan Failed()
    {
        var doubled = last == TimeSpan.Zero ? first : last * 2;
        return last = doubled < longest ? doubled : longest;
    }

    /// <summary>It worked: a later failure begins with the first wait again.</summary>
    public void Worked() => last = TimeSpan.Zero;
}
