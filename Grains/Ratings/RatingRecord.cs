using System.Text.Json.Serialization;
using TownReform.Grains.Journal;
using TownReform.Grains.Rules.Ratings;

namespace TownReform.Grains.Ratings;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(CaseRated))]
[JsonSerializable(typeof(VisitOpened))]
[JsonSerializable(typeof(RatingRefused))]
internal sealed partial class RatingJson : JsonSerializerContext;

/// <summary>How the streams of ratings are written and read back.</summary>
public static class RatingRecord
{
    public static EventCodec<RatingEvent> Events { get; } =
        new(
            (CaseRated.DurableName, RatingJson.Default.CaseRated),
            (VisitOpened.DurableName, RatingJson.Default.VisitOpened),
            (RatingRefused.DurableName, RatingJson.Default.RatingRefused)
        );
}
