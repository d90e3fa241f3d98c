using System.Text.Json.Serialization;

namespace TownReform.Grains.Rules.Records;

/// <summary>Base of the offices' events: a durable name, and the schema version that travels in the payload as <c>v</c>.</summary>
public abstract record RecordedEvent : IRecorded
{
    [JsonPropertyName("v"), JsonPropertyOrder(-1)]
    public int Schema { get; init; } = 1;

    // Explicit, so that the kind is stored once, beside the payload and not in it.
    string IRecorded.Kind => Name;

    /// <summary>Durable name in the past tense, such as <c>staff.hired</c>.</summary>
    protected abstract string Name { get; }
}
