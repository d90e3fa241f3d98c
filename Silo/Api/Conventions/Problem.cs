using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace TownReform.Silo.Api.Conventions;

/// <summary>Why a request was not done (RFC 9457): a refusal of the law or the state, or what is wrong with the request itself.</summary>
internal sealed record Problem
{
    /// <summary>Media type of problem details.</summary>
    public const string MediaType = "application/problem+json";

    /// <summary><c>urn:townreform:refusal:CODE</c> for a refusal, else <c>about:blank</c>.</summary>
    public required string Type { get; init; }

    /// <summary>What kind of problem it is, in the language that was asked for.</summary>
    public required string Title { get; init; }

    /// <summary>The HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>Why, and what to do, in the language that was asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Detail { get; init; }

    /// <summary>Stable number of the refusal; never reused.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Code { get; init; }

    /// <summary>The clause of the plans (A3, E2 …) or the statute that says no.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Clause { get; init; }

    /// <summary>Why, in both languages.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Words? Because { get; init; }

    /// <summary>The facts that caused it, by name.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<Fact>? Facts { get; init; }

    /// <summary>What is wrong with single fields, headers or parameters, by their names.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    /// <summary>Whether the refusal stands on the record.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Recorded { get; init; }

    /// <summary>The present version of the case, where a condition on it failed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Version { get; init; }
}
