using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using TownReform.Grains.Journal;

namespace TownReform.Grains.Recording;

/// <summary>Writes a grain's state with the command ids of its stream as a snapshot, and reads it back. Another schema version is ignored, never guessed at.</summary>
public sealed class SnapshotCodec<TState>(int schema, JsonTypeInfo<SnapshotBody<TState>> type)
    where TState : class
{
    public Snapshot Write(TState state, JournalHead head, IReadOnlyList<Guid> commands) =>
        new(schema, head.Version, head.Hash.ToArray(), JsonSerializer.SerializeToUtf8Bytes(new SnapshotBody<TState>(state, [.. commands]), type));

    public bool TryRead(Snapshot snapshot, [NotNullWhen(true)] out TState? state, [NotNullWhen(true)] out Guid[]? commands)
    {
        (state, commands) = (null, null);
        if (snapshot.Schema != schema)
        {
            return false;
        }

        var body = JsonSerializer.Deserialize(snapshot.State, type)!;
        (state, commands) = (body.State, body.Commands);
        return true;
    }
}

/// <summary>A state and, in order of version, the commands that led to it.</summary>
public sealed record SnapshotBody<TState>(TState State, Guid[] Commands);
