using System.Text.Json;
using System.Text.Json.Serialization;
using Orleans.Storage;

namespace TownReform.Grains.Journal.Snapshots;

/// <summary>
/// Writes snapshots for the grain storage: a line of JSON that says of what (schema, version, hash and seal in hex), and behind it the
/// state as it is, compressed. What is stored in another form is taken for nothing: a snapshot is a cache.
/// </summary>
public sealed class SnapshotBytes : IGrainStorageSerializer
{
    private const byte EndOfLine = (byte)'\n';

    public BinaryData Serialize<T>(T? input)
    {
        if (Of(input).Kept is not { } kept)
        {
            return new BinaryData("null\n"u8.ToArray());
        }

        var head = JsonSerializer.SerializeToUtf8Bytes(
            new SnapshotHead(
                kept.Schema,
                kept.Version,
                Convert.ToHexStringLower(kept.Hash),
                kept.Seal is { } seal ? Convert.ToHexStringLower(seal) : null
            ),
            SnapshotHeadJson.Default.SnapshotHead
        );
        var stored = new byte[head.Length + 1 + kept.State.Length];
        head.CopyTo(stored, 0);
        stored[head.Length] = EndOfLine;
        kept.State.CopyTo(stored, head.Length + 1);
        return new BinaryData(stored);
    }

    public T Deserialize<T>(BinaryData input)
    {
        var stored = input.ToMemory();
        var line = stored.Span.IndexOf(EndOfLine);
        var head = line < 0 ? null : JsonSerializer.Deserialize(stored.Span[..line], SnapshotHeadJson.Default.SnapshotHead);
        var kept = head is null
            ? null
            : new Snapshot(
                head.Schema,
                head.Version,
                Convert.FromHexString(head.Hash),
                stored[(line + 1)..].ToArray(),
                head.Seal is { } seal ? Convert.FromHexString(seal) : null
            );
        return (T)(object)new SnapshotState { Kept = kept };
    }

    private static SnapshotState Of<T>(T? input) =>
        input as SnapshotState
        ?? throw new ArgumentException($"The grain storage {SnapshotStorage.Name} holds snapshots, not {typeof(T).Name}.", nameof(input));
}

internal sealed record SnapshotHead(int Schema, long Version, string Hash, string? Seal = null);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(SnapshotHead))]
internal sealed partial class SnapshotHeadJson : JsonSerializerContext;
