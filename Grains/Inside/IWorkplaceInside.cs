using System.Collections.Immutable;
using Orleans.Concurrency;

namespace TownReform.Grains.Inside;

/// <summary>What the town, cases and the calendar tell a workplace. Not for clients.</summary>
[Alias("workplace-inside")]
public interface IWorkplaceInside : IWorkplaceGrain, IEffectReceiver
{
    /// <summary>Opens the workplace with its people, as the plan lists them. Repeating it changes nothing.</summary>
    [Alias("staff-up")]
    Task StaffUpAsync(Stamp stamp, ImmutableArray<Colleague> people);

    /// <summary>Takes in a case's next step, or moves the case on within this workplace; picks who does it. Repeating it for the same step
    /// gives the same officers.</summary>
    // Taking in, letting go and asking touch memory only, between two awaits, so they may interleave with a sweep:
    // a sweep waits for cases, and a case may be waiting to be taken in here.
    [AlwaysInterleave, Alias("take-in")]
    Task<Assignment> EnqueueAsync(WorkItem item);

    /// <summary>The case has left this workplace after that step, or never came.</summary>
    [AlwaysInterleave, Alias("let-go")]
    Task ReleaseAsync(string caseNumber, long version);

    /// <summary>Looks at every clock that could have changed colour by that moment, and at who is away from that day, and acts on it (B5,
    /// E5). Driven by one reminder per workplace, or by the virtual calendar.</summary>
    [Alias("sweep")]
    Task<SweepResult> SweepAsync(DateTimeOffset at);

    /// <summary>Has every case here whose due day has moved with other seeds record it and take its new place. What stands right already is
    /// left alone, so repeating it changes nothing.</summary>
    [Alias("follow-due-days")]
    Task<DueDaysFollow> FollowDueDaysAsync(DateTimeOffset at, DueDaysAhead ahead);
}

/// <summary>A bureau as the town and cases see it. Not for clients.</summary>
[Alias("bureau-inside")]
public interface IBureauInside : IBureauGrain, IWorkplaceInside;

/// <summary>A county office as the town and cases see it. Not for clients.</summary>
[Alias("county-office-inside")]
public interface ICountyOfficeInside : ICountyOfficeGrain, IWorkplaceInside;

/// <summary>Somebody who works at a workplace.</summary>
[GenerateSerializer, Immutable, Alias("colleague")]
public sealed record Colleague(string Id, ImmutableArray<string> Roles, ImmutableArray<Certificate> Certificates);

/// <summary>Who has the work now; fewer than asked for while too few qualified people are present.</summary>
[GenerateSerializer, Immutable, Alias("taken-in")]
public sealed record Assignment(ImmutableArray<string> Officers);

/// <summary>What a sweep did: cases that were looked at (clocks, powers), cases handed to other officers, cases still without an
/// officer.</summary>
/// <param name="Unclocked">Of those looked at, cases whose limits run past the working-day calendar: nothing was done on them.</param>
/// <param name="Faulted">Cases that could not be looked at for what they are; the others were.</param>
[GenerateSerializer, Immutable, Alias("sweep-result")]
public sealed record SweepResult(
    ImmutableArray<string> Checked,
    ImmutableArray<string> HandedOver,
    int Unstaffed,
    ImmutableArray<string> Unclocked,
    ImmutableArray<FaultedCase> Faulted
);

/// <param name="Why">What went wrong, in the words of the fault.</param>
/// <param name="Known">It was told before.</param>
[GenerateSerializer, Immutable, Alias("faulted-case")]
public sealed record FaultedCase(string Case, string Why, bool Known);

/// <summary>What became of due days that other seeds may have moved.</summary>
/// <param name="Moved">How many had moved.</param>
/// <param name="Faulted">Cases that could not follow for what they are; the others have.</param>
[GenerateSerializer, Immutable, Alias("due-days-follow")]
public sealed record DueDaysFollow(int Moved, ImmutableArray<FaultedCase> Faulted);
