using System.Collections.Immutable;
using System.Text.Json;
using TownReform.Grains.Journal;

namespace TownReform.Grains.Tests.Interleavings;

/// <summary>A command as a client makes it up.</summary>
/// <param name="Stream">Stream of the grain that is asked.</param>
/// <param name="Target">What the act is about where the stream has many: the person of a post or of a secondment.</param>
internal sealed record Draft(
    string Stream,
    Guid Id,
    string Act,
    Actor Actor,
    string Target,
    DateOnly On,
    ImmutableSortedDictionary<string, string> Fields
)
{
    public string Field(string name) => Fields.GetValueOrDefault(name, "");

    public DateOnly Day(string name) => DateOnly.ParseExact(Field(name), "O");
}

/// <summary>What a client sent, when by the crowd's own count, and what it was answered.</summary>
internal sealed record Sent(Draft Draft, long Invoked, long Returned, Answer Answer);

/// <param name="Refused">Code of the refusal; 0 for yes.</param>
/// <param name="Text">The whole answer as JSON.</param>
internal sealed record Answer(int Refused, string Text)
{
    public static Answer Of<T>(Outcome<T> outcome)
        where T : class =>
        outcome.IsRefused(out var refusal, out var value)
            ? new((int)refusal.Code, JsonSerializer.Serialize(refusal))
            : new(0, JsonSerializer.Serialize(value));

    public JsonElement Body => JsonDocument.Parse(Text).RootElement;
}

/// <summary>One record of a stream, as anybody can read it.</summary>
internal sealed record Recorded(string Stream, long Version, string Kind, Guid Id, string Actor, string Payload)
{
    public Recorded(JournalRecord record)
        : this(
            record.Stream,
            record.Version,
            record.Kind,
            record.CommandId,
            record.ActorId,
            System.Text.Encoding.UTF8.GetString(record.Payload.Span)
        ) { }

    public JsonElement Body => JsonDocument.Parse(Payload).RootElement;

    public string Text(string name) => Body.GetProperty(name).GetString()!;

    /// <summary>The certificate number that it gives its case; null when it gives none.</summary>
    public string? Certificate => Body.TryGetProperty("certificate", out var number) ? number.GetString() : null;

    public DateOnly Day(string name) => DateOnly.ParseExact(Text(name), "O");

    /// <summary>Code of a refusal that stands on an office's stream or a case's.</summary>
    public int RefusedCode =>
        (Body.TryGetProperty("refused", out var refused) ? refused : Body).GetProperty("refusal").GetProperty("code").GetInt32();

    public bool IsRefusal => Kind.EndsWith("refused", StringComparison.Ordinal);
}
