using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using TownReform.Grains.Journal;

namespace TownReform.Grains.Recording;

/// <summary>Writes a grain's state with what it knows of its stream's commands as a snapshot, and reads it back. Another schema version is ignored, never guessed at.</summary>
public sealed class SnapshotCodec<TState>(int schema, JsonTypeInfo<SnapshotBody<TState>> type)
    where TState : class
{
    public Snapshot Write(TState state, JournalHead head, KeptCommands commands) =>
        new(schema, head.Version, head.Hash.ToArray(), JsonSerializer.SerializeToUtf8Bytes(new SnapshotBody<TState>(state, commands), type));

    public bool TryRead(Snapshot snapshot, [NotNullWhen(true)] out TState? state, [NotNullWhen(true)] out RecordedCommands? commands)
    {
        (state, commands) = (null, null);
        if (snapshot.Schema != schema)
        {
            return false;
        }

        var body = JsonSerializer.Deserialize(snapshot.State, type)!;
        state = body.State;
        return RecordedCommands.TryRestore(body.Commands, out commands);
    }
}

/// <summary>A state, and the commands that led to it.</summary>
public sealed record SnapshotBody<TState>(TState State, KeptCommands Commands);
