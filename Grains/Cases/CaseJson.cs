using System.Text.Json.Serialization;
using TownReform.Grains.Journal;
using TownReform.Grains.Recording;
using TownReform.Grains.Rules.Cases;

namespace TownReform.Grains.Cases;

/// <summary>JSON of the events of a case.</summary>
[JsonSerializable(typeof(CaseOpened))]
[JsonSerializable(typeof(ActTaken))]
[JsonSerializable(typeof(ActRefused))]
[JsonSerializable(typeof(ClockTurned))]
[JsonSerializable(typeof(CaseHandedOver))]
[JsonSerializable(typeof(PowerFollowed))]
[JsonSerializable(typeof(CertificateSet))]
public sealed partial class CaseJson : JsonSerializerContext;

/// <summary>Durable names of the events, and their JSON.</summary>
public static class CaseCodec
{
    // A third of an act's record said that nothing had changed. So no event of a case may have a default other than nothing, zero or false.
    private static readonly CaseJson Context = new(RecordedJson.NewOptions(JsonIgnoreCondition.WhenWritingDefault));

    public static EventCodec<CaseEvent> Instance { get; } = new(
        (CaseOpened.Name, Context.CaseOpened),
        (ActTaken.Name, Context.ActTaken),
        (ActRefused.Name, Context.ActRefused),
        (ClockTurned.Name, Context.ClockTurned),
        (CaseHandedOver.Name, Context.CaseHandedOver),
        (PowerFollowed.Name, Context.PowerFollowed),
        (CertificateSet.Name, Context.CertificateSet));
}
