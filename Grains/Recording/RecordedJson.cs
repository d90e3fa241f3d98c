using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace TownReform.Grains.Recording;

/// <summary>How records are written: camel case, no nulls, enums by number, and Chinese as Chinese, so that a record can be read with the database's own console.</summary>
public static class RecordedJson
{
    /// <summary>New options for one source-generated context; a context owns its options.</summary>
    public static JsonSerializerOptions NewOptions() => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };
}
