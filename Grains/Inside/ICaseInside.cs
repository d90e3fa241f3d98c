using System.Collections.Immutable;

namespace TownReform.Grains.Inside;

/// <summary>What workplaces and offices tell a case. Not for clients.</summary>
[Alias("case-inside")]
public interface ICaseInside : ICaseGrain, IEffectReceiver
{
    /// <summary>Opens the case under its number, which the town's intake has taken for it.</summary>
    [Alias("open")]
    Task<Outcome<CaseView>> OpenAsync(OpenCase command);

    /// <summary>Looks at the case's clocks on a day: amber, red, overdue, escalation, expiry (B5). Changes nothing when nothing is
    /// due.</summary>
    [Alias("look")]
    Task<CaseView> CheckDeadlinesAsync(DateTimeOffset at);

    /// <summary>The workplace has handed the present step to other officers (E5).</summary>
    [Alias("hand-over")]
    Task<CaseView> HandOverAsync(HandOver command);

    /// <summary>The standing of the case's item has changed; the case follows the item's in-flight rule (A4).</summary>
    [Alias("power-changed")]
    Task<CaseView> FollowPowerAsync(FollowPower command);

    /// <summary>The seeds have changed, and the case's due day may have moved: it records that, with the reason, unless it stands as its
    /// workplace knows it.</summary>
    /// <returns>Whether it had moved.</returns>
    [Alias("follow-due-day")]
    Task<bool> FollowDueDayAsync(FollowDueDay command);
}

[GenerateSerializer, Immutable, Alias("hand-over-command")]
public sealed record HandOver(DateTimeOffset At, long Version, ImmutableArray<string> Officers);

[GenerateSerializer, Immutable, Alias("follow-power")]
public sealed record FollowPower(DateTimeOffset At, PowerChange Change, DateOnly From);

/// <param name="Due">Last day of the nearest limit, as lists and the workplace know it.</param>
/// <param name="NextCheckOn">Next day on which something changes, as the workplace knows it.</param>
/// <param name="Because">What changed: see <see cref="DueDaysAhead"/>.</param>
/// <param name="Moved">Days that work now and did not, or did and don't, in order.</param>
[GenerateSerializer, Immutable, Alias("follow-due-day-command")]
public sealed record FollowDueDay(DateTimeOffset At, DateOnly? Due, DateOnly? NextCheckOn, string Because, ImmutableArray<MovedDay> Moved);
