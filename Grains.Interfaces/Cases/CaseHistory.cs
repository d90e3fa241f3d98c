using System.Collections.Immutable;

namespace TownReform;

/// <summary>What happened on a case, record by record (办理经过): the answer to <see cref="ICaseGrain.HistoryAsync"/>.</summary>
/// <param name="Version">Version of the case when it was asked; the last record that there is.</param>
/// <param name="Records">In order; at most 500.</param>
[GenerateSerializer, Immutable, Alias("case-history")]
public sealed record CaseHistory(string Number, long Version, ImmutableArray<HistoryRecord> Records);

/// <summary>One record of a case, as people read it. Whoever wants to recompute its hash reads it as stored
/// (<see cref="IAuditGrain.ReadStreamAsync"/>).</summary>
[GenerateSerializer, Immutable, Alias("history-record")]
public sealed record HistoryRecord
{
    /// <summary>Its place on the case's stream, from 1.</summary>
    [Id(0)]
    public required long Version { get; init; }

    /// <summary>The moment that counts.</summary>
    [Id(1)]
    public required DateTimeOffset At { get; init; }

    /// <summary>What kind of record it is, such as <c>case.act-taken</c>.</summary>
    [Id(2)]
    public required string Kind { get; init; }

    /// <summary>Who did it.</summary>
    [Id(3)]
    public required Actor Actor { get; init; }

    /// <summary>Name of the actor's office.</summary>
    [Id(4)]
    public required Words Office { get; init; }

    /// <summary>Code of the act that was done or refused, <c>open</c> for opening; null where no act was.</summary>
    [Id(5)]
    public string? Act { get; init; }

    /// <summary>Step or end that it led to, by code; null where it led nowhere.</summary>
    [Id(6)]
    public string? To { get; init; }

    /// <summary>What happened, as a sentence.</summary>
    [Id(7)]
    public required Words Sentence { get; init; }

    /// <summary>What was filled in.</summary>
    [Id(8)]
    public ImmutableArray<FilledField> Fields { get; init; } = [];

    /// <summary>What else it says: the text of the statute that it was decided under, the number that it was sealed with.</summary>
    [Id(9)]
    public ImmutableArray<Words> Notes { get; init; } = [];

    /// <summary>Why it was refused, where it was.</summary>
    [Id(10)]
    public Refusal? Refusal { get; init; }

    /// <summary>Why it was entered late and by which paper (补录); null for all others.</summary>
    [Id(11)]
    public LateEntry? Late { get; init; }

    /// <summary>When the silo received it, by its own clock; null in older records.</summary>
    [Id(12)]
    public DateTimeOffset? ReceivedAt { get; init; }

    /// <summary>Hash of the record, SHA-256 in lower-case hex.</summary>
    [Id(13)]
    public required string Hash { get; init; }
}

/// <summary>A field that was filled in.</summary>
/// <param name="Name">Its code.</param>
/// <param name="Label">What people read.</param>
/// <param name="Value">As it is recorded.</param>
/// <param name="Said">The value as people read it; null where it is what is recorded.</param>
[GenerateSerializer, Immutable, Alias("filled-field")]
public sealed record FilledField(string Name, Words Label, string Value, Words? Said = null);
