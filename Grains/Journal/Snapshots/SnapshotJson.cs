using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Orleans.Storage;

namespace TownReform.Grains.Journal.Snapshots;

/// <summary>Writes snapshots for the grain storage as JSON that a person can read: the state as it is, the hash in hex.</summary>
public sealed class SnapshotJson : IGrainStorageSerializer
{
    public BinaryData Serialize<T>(T? input)
    {
        var kept = Of(input).Kept;
        var stored = kept is null ? null : new StoredSnapshot(kept.Schema, kept.Version, Convert.ToHexStringLower(kept.Hash), JsonSerializer.Deserialize(kept.State, SnapshotJsonContext.Legible.JsonElement));
        return new BinaryData(JsonSerializer.SerializeToUtf8Bytes(stored, SnapshotJsonContext.Legible.StoredSnapshot!));
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
