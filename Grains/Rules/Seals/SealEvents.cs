using TownReform.Grains.Rules.Records;

namespace TownReform.Grains.Rules.Seals;

/// <summary>What can happen to a town's seal.</summary>
public abstract record SealEvent : RecordedEvent
{
    /// <summary>The case whose decision was sealed.</summary>
    public abstract string Case { get; init; }

    /// <summary>Its certificate number in full, such as <c>烟行许〔2019〕12号</c>.</summary>
    public abstract string Certificate { get; init; }
}

/// <summary>The seal was set and the certificate received its number (B1).</summary>
/// <param name="Year">The town's year at the moment of the decision.</param>
public sealed record CertificateIssued(string Case, string Kind, string Item, string Prefix, int Year, int Number, string Certificate)
    : SealEvent
{
    public const string DurableName = "seal.certificate-issued";

    public override string Case { get; init; } = Case;

    public override string Certificate { get; init; } = Certificate;

    protected override string Name => DurableName;
}

/// <summary>A case asked once more and was told the number that it has.</summary>
public sealed record CertificateTold(string Case, string Certificate) : SealEvent
{
    public const string DurableName = "seal.certificate-told";

    public override string Case { get; init; } = Case;

    public override string Certificate { get; init; } = Certificate;

    protected override string Name => DurableName;
}
