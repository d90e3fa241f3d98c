using TownReform.Grains.Journal;
using TownReform.Grains.Recording;
using TownReform.Grains.Rules.Establishment;

namespace TownReform.Grains.Establishment;

/// <summary>How establishment streams are written and read back.</summary>
public static class EstablishmentRecord
{
    private static readonly EstablishmentJson Json = new(RecordedJson.NewOptions());

    public static EventCodec<EstablishmentEvent> Events { get; } = new(
        (PostFilled.DurableName, Json.PostFilled),
        (PostReleased.DurableName, Json.PostReleased),
        (EstablishmentRefused.DurableName, Json.EstablishmentRefused));

    public static SnapshotCodec<EstablishmentState> Snapshots { get; } = new(2, Json.SnapshotBodyEstablishmentState);
}
