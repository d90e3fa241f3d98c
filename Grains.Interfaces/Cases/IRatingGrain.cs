using Orleans.Concurrency;

namespace TownReform;

/// <summary>How the party of a case rates the way in which it was handled (好差评, B12). Keyed world/number of the case. It stands on a
/// stream of its own: the office that handled the case doesn't read it in the file.</summary>
[Alias("rating")]
public interface IRatingGrain : IGrainWithStringKey
{
    /// <summary>
    /// Rates a case, once, within 30 days of its end. A level of 1 or 2 opens a return visit (回访) at another office.
    /// Refused: before the end (1201), a second time (1202), too late (1203), by anybody but the party or its agent (3002).
    /// </summary>
    [Alias("rate")]
    Task<Outcome<RatingView>> RateAsync(RateCase command);

    /// <summary>The rating of a case, and until when it can be given.</summary>
    [ReadOnly, Alias("read")]
    Task<Outcome<RatingView>> ReadAsync();
}

/// <param name="Level">1 (very bad) to 5 (very good).</param>
/// <param name="Words">What the party has to say; null for nothing.</param>
[GenerateSerializer, Immutable, Alias("rate-case")]
public sealed record RateCase(Stamp Stamp, int Level, string? Words = null);

/// <param name="Level">1 to 5; null before it was rated.</param>
/// <param name="At">When it was rated.</param>
/// <param name="LastDay">Last day on which it can be; null before the case has ended.</param>
/// <param name="Visit">Number of the return visit that it opened; null where it opened none, or has not yet.</param>
[GenerateSerializer, Immutable, Alias("rating-view")]
public sealed record RatingView(string Case, int? Level, string? Words, DateTimeOffset? At, DateOnly? LastDay, string? Visit);
