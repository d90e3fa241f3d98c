using TownReform.Grains.Rules.Moments;

namespace TownReform.Grains.Hosting;

/// <summary>How a world receives commands on this silo: by which clock, and how many at once.</summary>
/// <param name="admission">Where commands of clients are counted; null where nobody else waits (simulated worlds).</param>
public sealed class Reception(SiloClock? clock = null, Admission? admission = null)
{
    /// <summary>The silo's clock, by which commands are received; null in a simulated world, which has no time but that of its
    /// commands.</summary>
    public SiloClock? Clock { get; internal set; } = clock;

    /// <summary>Where commands of clients are counted; null where nobody else waits (simulated worlds).</summary>
    public Admission? Admission { get; } = admission;

    /// <summary>When a command that is stamped with a moment was received: now by the silo's clock, or at that moment in a simulated
    /// world.</summary>
    public DateTimeOffset ReceivedAt(DateTimeOffset at) => Clock?.Now ?? at;

    /// <summary>Why a command can't be taken at the moment that it is stamped with; null when it can.</summary>
    /// <param name="last">Moment of the last record before it; null where commands go side by side.</param>
    public Refusal? WrongMoment(Stamp stamp, DateTimeOffset? last) =>
        MomentRules.Check(stamp, last, Clock?.Now, Clock?.Allowance ?? default);
}
