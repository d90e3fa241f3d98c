using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace TownReform.Grains.Recording;

/// <summary>How records are written: camel case, no nulls, enums by number, and Chinese as Chinese, so that a record can be read with the database's own console.</summary>
public static class RecordedJson
{
    /// <summary>New options for one source-generated context; a context owns its options.</summary>
    /// <param name="leftOut">What isn't written, and is read as nothing, zero or false where it is missing.</param>
    public static JsonSerializerOptions NewOptions(JsonIgnoreCondition leftOut = JsonIgnoreCondition.WhenWritingNull) => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = leftOut,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };
}
