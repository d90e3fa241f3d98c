using System.Collections.Immutable;

namespace TownReform;

/// <summary>The documents (文书) that a case has issued, oldest first.</summary>
[GenerateSerializer, Immutable, Alias("case-documents")]
public sealed record CaseDocuments(string Case, ImmutableArray<CaseDocument> Documents);

/// <summary>One document: a function of the record, the plan and its template, so it can be printed again for ever.</summary>
[GenerateSerializer, Immutable, Alias("case-document")]
public sealed record CaseDocument
{
    /// <summary>Version of the record that issued it and code of its template, such as <c>3-acceptance</c>.</summary>
    [Id(0)]
    public required string Id { get; init; }

    /// <summary>Code of the template.</summary>
    [Id(1)]
    public required string Code { get; init; }

    [Id(2)]
    public required Words Title { get; init; }

    /// <summary>Case number and version: no counter of its own.</summary>
    [Id(3)]
    public required Words Number { get; init; }

    /// <summary>The organ that issues it, with its plates behind it.</summary>
    [Id(4)]
    public required Words Organ { get; init; }

    [Id(5)]
    public ImmutableArray<Words> Plates { get; init; } = [];

    /// <summary>Text of the seal; null where none is set on it.</summary>
    [Id(6)]
    public Words? Seal { get; init; }

    /// <summary>To whom it goes; null for a certificate, which is about them.</summary>
    [Id(7)]
    public string? Addressee { get; init; }

    /// <summary>Paragraphs.</summary>
    [Id(8)]
    public required ImmutableArray<Words> Body { get; init; }

    /// <summary>Entries of a list in it: papers that were missing.</summary>
    [Id(9)]
    public ImmutableArray<string> Entries { get; init; } = [];

    /// <summary>Papers that were handed in, each with its hash.</summary>
    [Id(10)]
    public ImmutableArray<Paper> Papers { get; init; } = [];

    /// <summary>Law and article; null where the item names none.</summary>
    [Id(11)]
    public string? Basis { get; init; }

    /// <summary>How it can be challenged, and until when.</summary>
    [Id(12)]
    public Words? Remedy { get; init; }

    /// <summary>Certificate or decision number that the seal gave; null where none is due or set.</summary>
    [Id(13)]
    public string? Certificate { get; init; }

    [Id(14)]
    public required DateOnly Day { get; init; }

    /// <summary>The day as it stands on the document: in Chinese numerals, and in words.</summary>
    [Id(15)]
    public required Words Date { get; init; }

    /// <summary>Version of the case's record that issued it.</summary>
    [Id(16)]
    public required long Version { get; init; }

    /// <summary>Hash of that record, lower-case hex.</summary>
    [Id(17)]
    public required string Hash { get; init; }

    /// <summary>With a red head (红头).</summary>
    [Id(18)]
    public bool RedHead { get; init; }
}
