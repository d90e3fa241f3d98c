using System.Collections.Immutable;
using Orleans.Concurrency;

namespace TownReform;

/// <summary>Finds cases. Keyed by world; holds nothing, and is never behind the record.</summary>
[Alias("case-index")]
public interface ICaseIndexGrain : IGrainWithStringKey
{
    /// <summary>Cases that match, newest first.</summary>
    [ReadOnly, Alias("list")]
    Task<ImmutableArray<CaseLine>> ListAsync(CaseSearch search);

    /// <summary>Cases by town, procedure and disposition.</summary>
    [ReadOnly, Alias("count")]
    Task<ImmutableArray<CaseTotal>> CountAsync();

    /// <summary>What time it is in the town, by its silo's clock; clients stamp their commands by it.</summary>
    [ReadOnly, Alias("time")]
    Task<TownTime> TimeAsync();

    /// <summary>Open cases by town and procedure; in time with the open ones, however many have ended.</summary>
    [ReadOnly, Alias("count-open")]
    Task<ImmutableArray<CaseTotal>> CountOpenAsync();

    /// <summary>Open cases by workplace, colour and due day, in the order of these; of one town, or (null) of all.</summary>
    [ReadOnly, Alias("count-work")]
    Task<ImmutableArray<WorkTotal>> CountWorkAsync(string? town);

    /// <summary>Items and other subjects for which most cases were opened since a moment, most first; 100 at most.</summary>
    [ReadOnly, Alias("most-opened")]
    Task<ImmutableArray<SubjectTotal>> CountOpenedAsync(DateTimeOffset since, int take);

    /// <summary>What was refused since a moment, by town, clause and code: acts on cases, openings, and whatever offices were asked. In a
    /// simulated world the records of ended cases have left memory, and aren't counted.</summary>
    [ReadOnly, Alias("count-refusals")]
    Task<RefusalTotals> CountRefusalsAsync(DateTimeOffset since);

    /// <summary>Number of the case that a command opened; none when it opened none.</summary>
    [ReadOnly, Alias("opened-by")]
    Task<ImmutableArray<string>> FindOpenedByAsync(Guid commandId);
}

/// <summary>The time of a town.</summary>
/// <param name="Practice">The town is for practice (培训环境): its clock was set, and nothing in it counts.</param>
[GenerateSerializer, Immutable, Alias("town-time")]
public sealed record TownTime(DateTimeOffset Now, bool Practice);

/// <summary>What to look for; null means any.</summary>
/// <param name="Workplace">Workplace key without the world, such as <c>yandian/government-service</c>.</param>
/// <param name="Party">Id of the party.</param>
/// <param name="Take">How many, 1,000 at most.</param>
/// <param name="BeforeNumber">Last number of the page before.</param>
/// <param name="Labels">Labels that a case must bear, all of them; none means any case.</param>
/// <param name="Numbers">Only cases of these numbers, 1,000 at most; none means any case.</param>
/// <param name="Certificate">Number that the seal gave, as printed.</param>
[GenerateSerializer, Immutable, Alias("case-search")]
public sealed record CaseSearch(
    string? Town = null,
    string? Procedure = null,
    string? Subject = null,
    Disposition? Disposition = null,
    string? Workplace = null,
    string? Party = null,
    int Take = 50,
    string? BeforeNumber = null,
    ImmutableArray<CaseLabel> Labels = default,
    ImmutableArray<string> Numbers = default,
    string? Certificate = null
);

/// <summary>What a case can be found by, as its procedure declares it: a name and the case's present value.</summary>
/// <param name="Name">Such as <c>grid</c>.</param>
/// <param name="Value">Such as <c>G-12</c>. Only the first <see cref="Compared"/> characters are compared.</param>
[GenerateSerializer, Immutable, Alias("case-label")]
public readonly record struct CaseLabel(string Name, string Value)
{
    /// <summary>Characters (UTF-16) of a name or a value that count.</summary>
    public const int Compared = 200;

    /// <summary>Most labels that one list may ask for.</summary>
    public const int Most = 32;
}

/// <summary>A case in a list.</summary>
/// <param name="Officers">Who has the present step; empty while it waits for somebody outside.</param>
/// <param name="Late">Some of its records are late entries (补录).</param>
/// <param name="Due">Last day of the running limit, if any.</param>
[GenerateSerializer, Immutable, Alias("case-line")]
public sealed record CaseLine(
    string Number,
    string Town,
    string Procedure,
    string Kind,
    string Subject,
    string Step,
    Disposition Disposition,
    string? Workplace,
    ClockColour Colour,
    Party Party,
    string? Certificate,
    DateTimeOffset OpenedAt,
    DateTimeOffset ChangedAt,
    DateOnly? Due,
    ImmutableArray<string> Officers,
    bool Late = false
);

[GenerateSerializer, Immutable, Alias("case-total")]
public sealed record CaseTotal(string Town, string Procedure, Disposition Disposition, long Cases);
