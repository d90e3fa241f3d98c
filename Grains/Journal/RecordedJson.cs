using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;

namespace TownReform.Grains.Journal;

/// <summary>How records are written: camel case, no nulls, enums by number, and Chinese as Chinese, so that a record can be read with the
/// database's own console.</summary>
public static class RecordedJson
{
    private static readonly JavaScriptEncoder Legible = JavaScriptEncoder.Create(UnicodeRanges.All);

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? writer;

    /// <summary>
    /// The bytes of what is recorded. The encoder is the writer's and not the options': with options that a context was generated for, and
    /// nothing else in them, the serializer runs the generated code instead of looking each property up.
    /// </summary>
    /// <param name="type">Of a context whose <see cref="JsonSourceGenerationOptionsAttribute"/> says what isn't written.</param>
    public static byte[] Write(object recorded, JsonTypeInfo type)
    {
        var bytes = buffer ??= new(1024);
        var json = writer ??= new(bytes, new JsonWriterOptions { Encoder = Legible, SkipValidation = true });
        bytes.ResetWrittenCount();
        json.Reset(bytes);
        JsonSerializer.Serialize(json, recorded, type);
        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>New options for snapshots, which go through a stream as they are written; a context owns its options.</summary>
    public static JsonSerializerOptions NewSnapshotOptions() =>
        new()
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = Legible,
        };
}
