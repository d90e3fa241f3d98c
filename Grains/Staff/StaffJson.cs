using System.Text.Json.Serialization;
using TownReform.Grains.Recording;
using TownReform.Grains.Rules.Staff;

namespace TownReform.Grains.Staff;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(StaffHired))]
[JsonSerializable(typeof(LeaveTaken))]
[JsonSerializable(typeof(SecondmentBegun))]
[JsonSerializable(typeof(SecondmentEnded))]
[JsonSerializable(typeof(OfficeEnded))]
[JsonSerializable(typeof(OfficeResumed))]
[JsonSerializable(typeof(StaffRefused))]
[JsonSerializable(typeof(SnapshotBody<StaffState>))]
internal sealed partial class StaffJson : JsonSerializerContext;
