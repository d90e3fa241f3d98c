using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using TownReform.Grains.Rules.Records;

namespace TownReform.Grains.Journal;

/// <summary>Turns the events of one kind of stream into JSON payloads and back. Adding a kind is safe; renaming one is not.</summary>
public sealed class EventCodec<TEvent>
    where TEvent : class, IRecorded
{
    private readonly FrozenDictionary<string, JsonTypeInfo> kinds;

    public EventCodec(params (string Kind, JsonTypeInfo Type)[] kinds)
    {
        this.kinds = kinds.ToFrozenDictionary(k => k.Kind, k => k.Type, StringComparer.Ordinal);
    }

    public byte[] Write(TEvent happened) => RecordedJson.Write(happened, Type(happened.Kind));

    /// <exception cref="InvalidDataException">The kind is unknown, or the payload isn't its JSON.</exception>
    public TEvent Read(JournalRecord record)
    {
        try
        {
            return (TEvent)JsonSerializer.Deserialize(record.Payload.Span, Type(record.Kind))!;
        }
        catch (JsonException e)
        {
            throw new InvalidDataException(
                $"Record {record.Version} of {record.World}/{record.Stream} is not a {record.Kind}: {e.Message}",
                e
            );
        }
    }

    private JsonTypeInfo Type(string kind) =>
        kinds.TryGetValue(kind, out var type)
            ? type
            : throw new InvalidDataException($"No event of kind {kind} is known on this kind of stream.");
}
