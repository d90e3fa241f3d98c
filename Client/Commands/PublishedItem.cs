using System.Collections.Immutable;
using TownReform.Grains.Rules;
using TownReform.Grains.Rules.Plans;

namespace TownReform.Client.Commands;

/// <summary>An item as published by the law of a day.</summary>
internal sealed record PublishedItem
{
    public required string Code { get; init; }
    public required Words Name { get; init; }
    public required string Kind { get; init; }
    public required string Field { get; init; }
    public required string CountyDepartment { get; init; }
    public required string Bureau { get; init; }
    public required DateOnly Day { get; init; }
    public required string LegalBasis { get; init; }
    public required ImmutableArray<Words> Papers { get; init; }

    /// <summary>Limit by law on that day; null where it has none.</summary>
    public required TimeLimit? Statutory { get; init; }

    /// <summary>Text and article that set the limit; the item's own basis where no general figure does.</summary>
    public required string StatutoryArticle { get; init; }
    public required TimeLimit Promised { get; init; }
    public required decimal Fee { get; init; }
    public required string? FeeBasis { get; init; }
    public required ImmutableArray<FineBand> Bands { get; init; }
    public required ImmutableArray<CertificateNeed> Certificates { get; init; }
    public required ImmutableArray<string> Equipment { get; init; }
    public required InFlightRule InFlight { get; init; }
    public required string? Guidance { get; init; }
    public required bool Retained { get; init; }

    /// <summary>A lawyer must confirm basis, limit or bands before they are relied on.</summary>
    public required bool Verify { get; init; }
    public required string Provenance { get; init; }

    public static PublishedItem Of(PowerItem item, DateOnly day, LawBook book)
    {
        var (version, law) = (item.On(day), book.On(day));
        var limit = version.Statutory.On(law);
        return new()
        {
            Code = item.Code,
            Name = item.Name,
            Kind = item.Kind,
            Field = item.Field,
            CountyDepartment = item.CountyDepartment,
            Bureau = item.Bureau,
            Day = day,
            LegalBasis = version.LegalBasis,
            Papers = item.Papers,
            Statutory = limit.Days > 0 ? limit : null,
            StatutoryArticle = version.Statutory.FigureOn(law)?.Article ?? version.LegalBasis,
            Promised = item.Promised,
            Fee = version.Fee.Amount,
            FeeBasis = version.Fee.Basis,
            Bands = version.Bands,
            Certificates = item.Certificates,
            Equipment = item.Equipment,
            InFlight = item.InFlight,
            Guidance = item.Guidance,
            Retained = item.Retained,
            Verify = version.Verify,
            Provenance = item.Provenance,
        };
    }
}
