using System.Text.Json.Serialization;
using TownReform.Grains.Journal;
using TownReform.Grains.Rules.Cases;

namespace TownReform.Grains.Cases;

/// <summary>JSON of the events of a case.</summary>
// A third of an act's record said that nothing had changed. So no event of a case may have a default other than nothing, zero or false.
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault
)]
[JsonSerializable(typeof(CaseOpened))]
[JsonSerializable(typeof(ActTaken))]
[JsonSerializable(typeof(ActRefused))]
[JsonSerializable(typeof(ClockTurned))]
[JsonSerializable(typeof(CaseHandedOver))]
[JsonSerializable(typeof(PowerFollowed))]
[JsonSerializable(typeof(CertificateSet))]
[JsonSerializable(typeof(DueDayMoved))]
public sealed partial class CaseJson : JsonSerializerContext;

/// <summary>Durable names of the events, and their JSON.</summary>
public static class CaseCodec
{
    public static EventCodec<CaseEvent> Instance { get; } =
        new(
            (CaseOpened.Name, CaseJson.Default.CaseOpened),
            (ActTaken.Name, CaseJson.Default.ActTaken),
            (ActRefused.Name, CaseJson.Default.ActRefused),
            (ClockTurned.Name, CaseJson.Default.ClockTurned),
            (CaseHandedOver.Name, CaseJson.Default.CaseHandedOver),
            (PowerFollowed.Name, CaseJson.Default.PowerFollowed),
            (CertificateSet.Name, CaseJson.Default.CertificateSet),
            (DueDayMoved.Name, CaseJson.Default.DueDayMoved)
        );
}
