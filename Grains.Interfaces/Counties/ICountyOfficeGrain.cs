using System.Collections.Immutable;
using Orleans.Concurrency;

namespace TownReform;

/// <summary>A county department (县直部门). Keyed world/county/office. Files what the town has sealed; also a workplace where retained powers
/// are decided.</summary>
[Alias("county-office")]
public interface ICountyOfficeGrain : IWorkplaceGrain
{
    /// <summary>Answers a filing task. Only filing and forwarding are possible; a refusal or a demand for another seal is refused and
    /// recorded as an interference (B2).</summary>
    [Alias("answer-filing")]
    Task<Outcome<FilingView>> AnswerFilingAsync(AnswerFiling command);

    /// <summary>Filing tasks, oldest first.</summary>
    /// <param name="openOnly">Only those not yet filed or forwarded; else the latest of the others too, at least a thousand. All of them
    /// stand in the record.</param>
    [ReadOnly, Alias("filings")]
    Task<ImmutableArray<FilingView>> ListFilingsAsync(bool openOnly);

    /// <summary>The filing task of one case, however long ago it came; refused where the department has none.</summary>
    /// <param name="case">Number of the case.</param>
    [ReadOnly, Alias("filing")]
    Task<Outcome<FilingView>> ReadFilingAsync(string @case);
}

/// <summary>What a county department tries to do with a sealed decision.</summary>
public enum FilingAnswer
{
    /// <summary>备案</summary>
    File = 1,

    /// <summary>转报</summary>
    Forward = 2,

    /// <summary>Never possible: recorded as an interference.</summary>
    Refuse = 3,

    /// <summary>Never possible, save a recorded special circumstance where the town's plan knows one.</summary>
    DemandSeal = 4,
}

/// <param name="Stamp">Who, when, under which id.</param>
/// <param name="Case">Number of the sealed case.</param>
/// <param name="Answer">What is to be done with it.</param>
/// <param name="SpecialCircumstance">The reason for another seal, where the plan allows one (Y 2.2.3: handled by the city).</param>
/// <param name="Comment">What the department says to the decision, as guidance (A5); it changes nothing about the decision.</param>
[GenerateSerializer, Immutable, Alias("answer-filing-command")]
public sealed record AnswerFiling(
    Stamp Stamp,
    string Case,
    FilingAnswer Answer,
    string? SpecialCircumstance = null,
    string? Comment = null
);

/// <param name="Guided">Whether the decision was made in the item's first months, in which the department guides the town (A5).</param>
/// <param name="Comment">The department's comment, if any.</param>
[GenerateSerializer, Immutable, Alias("filing-view")]
public sealed record FilingView(
    string Case,
    string Town,
    string Item,
    DateOnly ReceivedOn,
    DateOnly? AnsweredOn,
    FilingAnswer? Answer,
    int Interferences,
    bool Guided,
    string? Comment
);
