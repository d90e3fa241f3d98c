using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Orleans.Storage;

namespace TownReform.Grains.Journal.Snapshots;

/// <summary>Writes snapshots for the grain storage as JSON that a person can read: the state as it is, the hash in hex.</summary>
public sealed class SnapshotJson : IGrainStorageSerializer
{
    /// <summary>Room for what stands around the state.</summary>
    private const int Around = 256;

    public BinaryData Serialize<T>(T? input)
    {
        if (Of(input).Kept is not { } kept)
        {
            return new BinaryData("null"u8.ToArray());
        }

        // The state is JSON already and large; it is copied, not read and written again.
        var stored = new ArrayBufferWriter<byte>(kept.State.Length + Around);
        using (var writer = new Utf8JsonWriter(stored))
        {
            writer.WriteStartObject();
            writer.WriteNumber("schema"u8, kept.Schema);
            writer.WriteNumber("version"u8, kept.Version);
            writer.WriteString("hash"u8, Convert.ToHexStringLower(kept.Hash));
            writer.WritePropertyName("state"u8);
            writer.WriteRawValue(kept.State, skipInputValidation: true);
            writer.WriteEndObject();
        }

        return new BinaryData(stored.WrittenMemory);
    }

    public T Deserialize<T>(BinaryData input)
    {
        var stored = JsonSerializer.Deserialize(input, SnapshotJsonContext.Legible.StoredSnapshot);
        var kept = stored is null ? null : new Snapshot(stored.Schema, stored.Version, Convert.FromHexString(stored.Hash), JsonSerializer.SerializeToUtf8Bytes(stored.State, SnapshotJsonContext.Legible.JsonElement));
        return (T)(object)new SnapshotState { Kept = kept };
    }

    private static SnapshotState Of<T>(T? input) =>
        input as SnapshotState ?? throw new ArgumentException($"The grain storage {SnapshotStorage.Name} holds snapshots, not {typeof(T).Name}.", nameof(input));
}

internal sealed record StoredSnapshot(int Schema, long Version, string Hash, JsonElement State);

[JsonSerializable(typeof(StoredSnapshot))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class SnapshotJsonContext : JsonSerializerContext
{
    public static SnapshotJsonContext Legible { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
