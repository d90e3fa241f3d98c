namespace TownReform;

/// <summary>
/// Who sends a command, when, and under which id. The same id gets the same answer, also after a crash; who sends a command again sends the
/// stamp that it had,
/// because an office that has recorded thousands of others since knows it by its moment (a new moment under an old id is a new command to
/// it).
/// Grains never read a clock: <see cref="At"/> is stamped by the API for live use and by the simulator for virtual use.
/// </summary>
/// <param name="Late">Set when something that was done on paper earlier is entered now (补录); it then counts by
/// <paramref name="At"/>.</param>
[GenerateSerializer, Immutable, Alias("stamp")]
public sealed record Stamp(Guid CommandId, Actor Actor, DateTimeOffset At, LateEntry? Late = null);

/// <summary>Why an act enters the record after its own day, and by which paper it is proved (补录). It is marked so wherever it is
/// shown.</summary>
/// <param name="Reason">Why it could not be entered in time, such as a power cut.</param>
/// <param name="Paper">Number or place of the paper that proves the moment.</param>
[GenerateSerializer, Immutable, Alias("late-entry")]
public sealed record LateEntry(string Reason, string Paper);

/// <summary>Who acts.</summary>
/// <param name="Id">Staff id, citizen id, or <c>system</c>.</param>
/// <param name="Office">Code of the organ, county department or body that the actor speaks for; <c>public</c> for citizens.</param>
/// <param name="For">On whose behalf, where that is somebody else (help and act for, clause B4).</param>
[GenerateSerializer, Immutable, Alias("actor")]
public sealed record Actor(string Id, string Office, string? For = null)
{
    /// <summary>The system acting by rule: an expired secondment, an overdue clock, a numbered certificate.</summary>
    public static Actor System { get; } = new("system", "system");

    /// <summary>The office of citizens and organisations.</summary>
    public const string Public = "public";
}

/// <summary>A named value that a command carries; its type is declared by the procedure. Dates ISO, money with a point and at most two
/// decimals, lists separated by <c>;</c>.</summary>
[GenerateSerializer, Immutable, Alias("field")]
public readonly record struct Field(string Name, string Value);
