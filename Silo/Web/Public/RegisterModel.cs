using System.Collections.Immutable;

namespace TownReform.Silo.Web.Public;

/// <summary>Decisions that are public (政务公开).</summary>
/// <param name="Town">Code of the chosen town; null for all.</param>
/// <param name="Next">Number with which the next page begins; null on the last one.</param>
public sealed record RegisterModel(
    string? Town,
    ImmutableArray<TownDirectory> Towns,
    ImmutableArray<PublishedDecision> Decisions,
    string? Next
);

/// <summary>A decision as it is published: an organisation by its name, a person by the surname only.</summary>
public sealed record PublishedDecision(CaseLine Case, Words TownName, Words Service, Words Result, DateOnly Day);
