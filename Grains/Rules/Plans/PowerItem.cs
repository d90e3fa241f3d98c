using System.Collections.Immutable;

namespace TownReform.Grains.Rules.Plans;

/// <summary>One item of a town's catalogue (放权目录).</summary>
public sealed record PowerItem
{
    public required string Code { get; init; }
    public required Words Name { get; init; }

    /// <summary>permit, penalty, confirmation or payment.</summary>
    public required string Kind { get; init; }

    /// <summary>One of the plans' seven fields (A2).</summary>
    public required string Field { get; init; }

    /// <summary>Code of the department that held it, or holds it.</summary>
    public required string CountyDepartment { get; init; }

    /// <summary>Organ that handles it.</summary>
    public required string Bureau { get; init; }

    /// <summary>As it was until the first of the later versions; a rule asks <see cref="On"/> with the day that counts.</summary>
    public required string LegalBasis { get; init; }
    public required ImmutableArray<Words> Papers { get; init; }

    /// <summary>Limit by law, likewise.</summary>
    public required LimitRule Statutory { get; init; }

    /// <summary>Limit that the town promises; never longer than the law's.</summary>
    public required TimeLimit Promised { get; init; }

    /// <summary>Yuan.</summary>
    public required decimal Fee { get; init; }

    /// <summary>Discretion bands of a penalty by circumstance, likewise; empty otherwise.</summary>
    public required ImmutableArray<FineBand> Bands { get; init; }

    /// <summary>People that the bureau must have: certificate and head count (A5).</summary>
    public required ImmutableArray<CertificateNeed> Certificates { get; init; }
    public required ImmutableArray<string> Equipment { get; init; }

    /// <summary>What becomes of open cases when the power is recalled.</summary>
    public required InFlightRule InFlight { get; init; }

    /// <summary>Row of the provincial guidance catalogue that covers it, if any.</summary>
    public required string? Guidance { get; init; }

    /// <summary>True for an item that law keeps at the county (A6).</summary>
    public required bool Retained { get; init; }
    public required string Provenance { get; init; }

    /// <summary>What changed later, oldest first.</summary>
    public ImmutableArray<ItemVersion> Versions { get; init; } = [];

    /// <summary>The law or regulation that sets the fee; null where there is none.</summary>
    public string? FeeBasis { get; init; }

    /// <summary>The law or regulation on the fee has it paid before the result is handed out.</summary>
    public bool FeeBeforeDelivery { get; init; }

    /// <summary>Basis, limit, bands and fee as they are on a day.</summary>
    public ItemVersion On(DateOnly day)
    {
        for (var i = Versions.Length - 1; i >= 0; i--)
        {
            if (Versions[i].From <= day)
            {
                return Versions[i];
            }
        }

        return new(DateOnly.MinValue, LegalBasis, Statutory, Bands, Verify: false) { Fee = new(Fee, FeeBasis, FeeBeforeDelivery) };
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
)
{
    /// <summary>What it costs.</summary>
    public ItemFee Fee { get; init; }
}

/// <summary>What an item costs (行政许可法 §§58–59).</summary>
/// <param name="Amount">Yuan; 0 for nothing.</param>
/// <param name="Basis">The law or regulation that sets it; null where there is none.</param>
/// <param name="BeforeDelivery">That law has it paid before the result is handed out.</param>
public readonly record struct ItemFee(decimal Amount, string? Basis, bool BeforeDelivery);

/// <summary>Lowest and highest fine in yuan for a circumstance (minor, ordinary, serious); 0–0 is a warning.</summary>
public sealed record FineBand(string Circumstance, decimal From, decimal To)
{
    /// <summary>Lowest fine in yuan that the statute itself has for it (法定幅度): below it only with a ground of mitigation (C4).</summary>
    public decimal LawMin { get; init; } = From;

    /// <summary>Highest fine in yuan that the statute itself has for it: never above it.</summary>
    public decimal LawMax { get; init; } = To;
}

/// <summary>So many people with that certificate.</summary>
public sealed record CertificateNeed(string Certificate, int People);
