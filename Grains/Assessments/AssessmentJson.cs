using System.Text.Json.Serialization;
using TownReform.Grains.Rules.Assessments;

namespace TownReform.Grains.Assessments;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(AssessmentOpened))]
[JsonSerializable(typeof(StaffMarked))]
[JsonSerializable(typeof(AssessmentClosed))]
[JsonSerializable(typeof(AssessmentRefused))]
internal sealed partial class AssessmentJson : JsonSerializerContext;
