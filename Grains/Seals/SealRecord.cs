using TownReform.Grains.Journal;
using TownReform.Grains.Recording;
using TownReform.Grains.Rules.Seals;

namespace TownReform.Grains.Seals;

/// <summary>How seal streams are written and read back.</summary>
public static class SealRecord
{
    private static readonly SealJson Json = new(RecordedJson.NewOptions());

    public static EventCodec<SealEvent> Events { get; } = new(
        (CertificateIssued.DurableName, Json.CertificateIssued),
        (CertificateTold.DurableName, Json.CertificateTold));

    public static SnapshotCodec<SealState> Snapshots { get; } = new(2, Json.SnapshotBodySealState);
}
