using System.Collections.Immutable;
using TownReform.Grains.Rules;
using TownReform.Grains.Rules.Plans;

namespace TownReform.Client.Commands;

/// <summary>An item as published by the law of a day.</summary>
/// <param name="Statutory">Limit by law on that day; null where it has none.</param>
/// <param name="StatutoryArticle">Text and article that set the limit; the item's own basis where no general figure does.</param>
/// <param name="Verify">A lawyer must confirm basis, limit or bands before they are relied on.</param>
internal sealed record PublishedItem(
    string Code,
    Words Name,
    string Kind,
    string Field,
    string CountyDepartment,
    string Bureau,
    DateOnly Day,
    string LegalBasis,
    ImmutableArray<Words> Papers,
    TimeLimit? Statutory,
    string StatutoryArticle,
    TimeLimit Promised,
    decimal Fee,
    string? FeeBasis,
    ImmutableArray<FineBand> Bands,
    ImmutableArray<CertificateNeed> Certificates,
    ImmutableArray<string> Equipment,
    InFlightRule InFlight,
    string? Guidance,
    bool Retained,
    bool Verify,
    string Provenance
)
{
    public static PublishedItem Of(PowerItem item, DateOnly day, LawBook book)
    {
        var (version, law) = (item.On(day), book.On(day));
        var limit = version.Statutory.On(law);
        return new(
            item.Code,
            item.Name,
            item.Kind,
            item.Field,
            item.CountyDepartment,
            item.Bureau,
            day,
            version.LegalBasis,
            item.Papers,
            limit.Days > 0 ? limit : null,
            version.Statutory.FigureOn(law)?.Article ?? version.LegalBasis,
            item.Promised,
            item.Fee,
            item.FeeBasis,
            version.Bands,
            item.Certificates,
            item.Equipment,
            item.InFlight,
            item.Guidance,
            item.Retained,
            version.Verify,
            item.Provenance
        );
    }
}
