using System.Collections.Immutable;

namespace TownReform.Grains.Inside;

/// <summary>What only the silo's start and a simulation ask of a town. Not for clients.</summary>
[Alias("town-inside")]
public interface ITownInside : ITownGrain
{
    /// <summary>Founds the town from its plan: catalogue, posts, staff, bureaus. Safe to repeat; refused when it was founded from another
    /// plan.</summary>
    [Alias("found")]
    Task<Outcome<TownView>> FoundAsync(FoundTown command);

    /// <summary>Hands out case numbers in rising order, in one block, to the intake of a silo; a number once handed out is never handed out
    /// again.</summary>
    /// <param name="count">From 1 to <see cref="CaseNumbers.Most"/>.</param>
    /// <returns>The first number of the block.</returns>
    [Alias("reserve-case-numbers")]
    Task<Outcome<CaseNumbers>> ReserveCaseNumbersAsync(int count, DateTimeOffset at);

    /// <summary>Whether the town may go on by the seeds of this silo: its open cases find the procedures that they were opened by. Changes
    /// nothing.</summary>
    /// <returns>Why not; null when it may, also when the town isn't founded yet.</returns>
    [Alias("check-seeds")]
    Task<Refusal?> CheckSeedsAsync();

    /// <summary>Records by which seeds the town goes on, where they are others than before.</summary>
    /// <returns>What of its due days is to be looked at; also what an earlier start has left.</returns>
    [Alias("take-seeds")]
    Task<DueDaysAhead> TakeSeedsAsync(DateTimeOffset at);

    /// <summary>Every workplace has looked at the due days.</summary>
    [Alias("due-days-followed")]
    Task DueDaysFollowedAsync(DateTimeOffset at, long moved);

    /// <summary>Records who has an effect that was put aside delivered again, if they may.</summary>
    /// <param name="effect">The effect; null when none of that number is aside any more.</param>
    /// <returns>The effect as recorded; a repeat has it also when it isn't aside any more.</returns>
    [Alias("send-again")]
    Task<Outcome<SentAgain>> SendAgainAsync(RetryEffect command, SentAgain? effect);
}

/// <param name="Stamp">Who, when, under which id.</param>
/// <param name="Without">Kinds of items, or items by code, that stay with the county (a pre-reform scenario); empty as a rule.</param>
/// <param name="Practice">It is to be a practice town (培训环境).</param>
[GenerateSerializer, Immutable, Alias("found-town")]
public sealed record FoundTown(Stamp Stamp, ImmutableArray<string> Without, bool Practice = false);

/// <summary>A block of case numbers: <c>{Prefix}{First:D8}</c> and the <paramref name="Count"/> − 1 that follow.</summary>
[GenerateSerializer, Immutable, Alias("case-numbers")]
public sealed record CaseNumbers(string Prefix, long First, int Count)
{
    /// <summary>Numbers in a block at most.</summary>
    public const int Most = 1024;
}

/// <summary>Due days that other seeds may have moved.</summary>
/// <param name="Moved">Days that work now and did not, or did and don't, in order.</param>
/// <param name="All">True when every due day has to be looked at.</param>
/// <param name="Because">What changed: <c>calendar</c>, <c>law</c>, or <c>release</c> when nobody had recorded by which seeds the town
/// went.</param>
[GenerateSerializer, Immutable, Alias("due-days-ahead")]
public sealed record DueDaysAhead(ImmutableArray<MovedDay> Moved, bool All, string Because)
{
    /// <summary>Nothing is to be looked at.</summary>
    public bool IsNothing => Moved.IsEmpty && !All;
}

/// <param name="Works">True when it is a working day now, false when it no longer is.</param>
[GenerateSerializer, Immutable, Alias("moved-day")]
public readonly record struct MovedDay(DateOnly Day, bool Works);
