using TownReform.Grains.Journal;
using TownReform.Grains.Recording;
using TownReform.Grains.Rules.Establishment;

namespace TownReform.Grains.Establishment;

/// <summary>How establishment streams are written and read back.</summary>
public static class EstablishmentRecord
{
    public static EventCodec<EstablishmentEvent> Events { get; } =
        new(
            (PostFilled.DurableName, EstablishmentJson.Default.PostFilled),
            (PostReleased.DurableName, EstablishmentJson.Default.PostReleased),
            (EstablishmentRefused.DurableName, EstablishmentJson.Default.EstablishmentRefused)
        );

    public static SnapshotCodec<EstablishmentState> Snapshots { get; } =
        new(3, new EstablishmentJson(RecordedJson.NewSnapshotOptions()).SnapshotBodyEstablishmentState);
}
