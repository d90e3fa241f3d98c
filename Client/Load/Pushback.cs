namespace TownReform.Client.Load;

/// <summary>How long the town has asked its clients to wait; while it lasts no new case is begun.</summary>
internal sealed class Pushback
{
    private long until;

    /// <param name="now">From the beginning of the run.</param>
    public bool IsOn(TimeSpan now) => now.Ticks < Interlocked.Read(ref until);

    /// <summary>Takes note of a busy answer.</summary>
    /// <returns>How long to wait before the command is sent again.</returns>
    public TimeSpan Note(Refusal busy, TimeSpan now)
    {
        var wait = Busy.WaitOf(busy);
        var end = (now + wait).Ticks;
        for (var known = Interlocked.Read(ref until); known < end; known = Interlocked.Read(ref until))
        {
            Interlocked.CompareExchange(ref until, end, known);
        }

        return wait;
    }
}
