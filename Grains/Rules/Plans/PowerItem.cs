using System.Collections.Immutable;

namespace TownReform.Grains.Rules.Plans;

/// <summary>One item of a town's catalogue (放权目录).</summary>
/// <param name="Kind">permit, penalty, confirmation or payment.</param>
/// <param name="Field">One of the plans' seven fields (A2).</param>
/// <param name="CountyDepartment">Code of the department that held it, or holds it.</param>
/// <param name="Bureau">Organ that handles it.</param>
/// <param name="LegalBasis">As it was until the first of the later versions; a rule asks <see cref="On"/> with the day that counts.</param>
/// <param name="Statutory">Limit by law, likewise.</param>
/// <param name="Promised">Limit that the town promises; never longer than the law's.</param>
/// <param name="Fee">Yuan.</param>
/// <param name="Bands">Discretion bands of a penalty by circumstance, likewise; empty otherwise.</param>
/// <param name="Certificates">People that the bureau must have: certificate and head count (A5).</param>
/// <param name="InFlight">What becomes of open cases when the power is recalled.</param>
/// <param name="Guidance">Row of the provincial guidance catalogue that covers it, if any.</param>
/// <param name="Retained">True for an item that law keeps at the county (A6).</param>
public sealed record PowerItem(
    string Code,
    Words Name,
    string Kind,
    string Field,
    string CountyDepartment,
    string Bureau,
    string LegalBasis,
    ImmutableArray<Words> Papers,
    LimitRule Statutory,
    TimeLimit Promised,
    decimal Fee,
    ImmutableArray<FineBand> Bands,
    ImmutableArray<CertificateNeed> Certificates,
    ImmutableArray<string> Equipment,
    InFlightRule InFlight,
    string? Guidance,
    bool Retained,
    string Provenance
)
{
    /// <summary>What changed later, oldest first.</summary>
    public ImmutableArray<ItemVersion> Versions { get; init; } = [];

    /// <summary>The law or regulation that sets the fee; null where there is none.</summary>
    public string? FeeBasis { get; init; }

    /// <summary>Basis, limit and bands as they are on a day.</summary>
    public ItemVersion On(DateOnly day)
    {
        for (var i = Versions.Length - 1; i >= 0; i--)
        {
            if (Versions[i].From <= day)
            {
                return Versions[i];
            }
        }

        return new(DateOnly.MinValue, LegalBasis, Statutory, Bands, Verify: false);
    }
}

/// <summary>What an item is by the law of the days from <paramref name="From"/> until the next version.</summary>
/// <param name="Bands">Empty for a penalty: the law no longer punishes it.</param>
/// <param name="Verify">A lawyer must confirm it before it is relied on.</param>
public readonly record struct ItemVersion(
    DateOnly From,
    string LegalBasis,
    LimitRule Statutory,
    ImmutableArray<FineBand> Bands,
    bool Verify
);

/// <summary>Lowest and highest fine in yuan for a circumstance (minor, ordinary, serious); 0–0 is a warning.</summary>
public sealed record FineBand(string Circumstance, decimal From, decimal To);

/// <summary>So many people with that certificate.</summary>
public sealed record CertificateNeed(string Certificate, int People);
