using System.Diagnostics.CodeAnalysis;
using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using TownReform.Grains.Journal;

namespace TownReform.Grains.Recording;

/// <summary>
/// Writes a grain's state with what it knows of its stream's commands as a snapshot, and reads it back. Another schema version is ignored,
/// never guessed at.
/// A county office's state is megabytes of JSON: it is compressed (zlib) as it is written, so that nobody holds or stores the whole of it,
/// and a collection of
/// the large-object heap, which stops the silo for a tenth of a second, isn't due every few snapshots.
/// </summary>
public sealed class SnapshotCodec<TState>(int schema, JsonTypeInfo<SnapshotBody<TState>> type)
    where TState : class
{
    public Snapshot Write(TState state, JournalHead head, KeptCommands commands)
    {
        using var packed = new MemoryStream();
        using (var packing = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            JsonSerializer.Serialize(packing, new SnapshotBody<TState>(state, commands), type);
        }

        return new(schema, head.Version, head.Hash.ToArray(), packed.ToArray());
    }

    /// <returns>False when it is of another schema, or damaged: then the records are replayed.</returns>
    public bool TryRead(Snapshot snapshot, [NotNullWhen(true)] out TState? state, [NotNullWhen(true)] out RecordedCommands? commands)
    {
        (state, commands) = (null, null);
        if (snapshot.Schema != schema)
        {
            return false;
        }

        try
        {
            using var unpacking = new ZLibStream(new MemoryStream(snapshot.State), CompressionMode.Decompress);
            var body = JsonSerializer.Deserialize(unpacking, type)!;
            state = body.State;
            return RecordedCommands.TryRestore(body.Commands, out commands);
        }
        catch (Exception e) when (e is InvalidDataException or JsonException)
        {
            return false;
        }
    }
}

/// <summary>A state, and the commands that led to it.</summary>
public sealed record SnapshotBody<TState>(TState State, KeptCommands Commands);
