using System.Text.Json.Serialization;

namespace TownReform.Benchmarks.Speed.Contenders;

/// <summary>What peers store of a step: in JSON some 320 bytes, and some 880 for the opening, as in the town's own journal.</summary>
[GenerateSerializer, Immutable, Alias("benchmark-case-event")]
public sealed record CaseEvent(
    [property: Id(0)] long Case,
    [property: Id(1)] int Version,
    [property: Id(2)] string Kind,
    [property: Id(3)] string Actor,
    [property: Id(4)] string Office,
    [property: Id(5)] DateTimeOffset At,
    [property: Id(6)] Guid Command,
    [property: Id(7)] string Text
)
{
    private static readonly DateTimeOffset Morning = new(2020, 5, 11, 9, 0, 0, TimeSpan.FromHours(8));
    private static readonly string Application = new('a', 670);
    private static readonly string Remark = new('r', 112);
    private static readonly string[] Kinds = ["", "case.opened", "case.accepted", "case.reviewed", "case.decided", "case.sealed"];
    private static readonly string[] Actors = ["", "91371581MA3C000001", "YD-029", "YD-024", "YD-011", "YD-029"];

    internal static CaseEvent Of(long @case, Step step) =>
        new(
            Case: @case,
            Version: (int)step,
            Kind: Kinds[(int)step],
            Actor: Actors[(int)step],
            Office: "government-service",
            At: Morning,
            Command: new Guid(0, 0, (short)step, BitConverter.GetBytes(@case)),
            Text: step == Step.Open ? Application : Remark
        );
}

/// <summary>A case as stores of whole states keep it: in JSON some 1.2 KB, rewritten with each step.</summary>
[GenerateSerializer, Alias("benchmark-kept-case")]
public sealed class KeptCase
{
    [Id(0)]
    public CaseEvent? Opened { get; set; }

    [Id(1)]
    public CaseEvent? Latest { get; set; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CaseEvent))]
[JsonSerializable(typeof(KeptCase))]
internal sealed partial class CaseJson : JsonSerializerContext;

/// <summary>Numbers of cases, rising: databases take in rising keys best.</summary>
internal sealed class CaseNumbers
{
    private long last;

    public long Next() => Interlocked.Increment(ref last);
}
