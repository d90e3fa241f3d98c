using TownReform.Grains.Journal;
using TownReform.Grains.Recording;
using TownReform.Grains.Rules.Seals;

namespace TownReform.Grains.Seals;

/// <summary>How seal streams are written and read back.</summary>
public static class SealRecord
{
    public static EventCodec<SealEvent> Events { get; } =
        new(
            (CertificateIssued.DurableName, SealJson.Default.CertificateIssued),
            (CertificateTold.DurableName, SealJson.Default.CertificateTold)
        );

    public static SnapshotCodec<SealState> Snapshots { get; } =
        new(2, new SealJson(RecordedJson.NewSnapshotOptions()).SnapshotBodySealState);
}
