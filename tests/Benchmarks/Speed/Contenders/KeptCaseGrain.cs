using System.Text.Json;
using Orleans.Storage;

namespace TownReform.Benchmarks.Speed.Contenders;

/// <summary>A case kept whole in Orleans' grain storage; keyed by its number.</summary>
[Alias("benchmark-kept-case-grain")]
public interface IKeptCaseGrain : IGrainWithIntegerKey
{
    /// <summary>Answers once the state is stored.</summary>
    [Alias("take")]
    Task TakeAsync(CaseEvent step);
}

/// <inheritdoc/>
[GrainType("benchmark-kept-case")]
public sealed class KeptCaseGrain([PersistentState("case", KeptCaseGrain.Storage)] IPersistentState<KeptCase> kept) : Grain, IKeptCaseGrain
{
    internal const string Storage = "benchmark-cases";

    /// <inheritdoc/>
    public async Task TakeAsync(CaseEvent step)
    {
        if ((kept.State.Latest?.Version ?? 0) != step.Version - 1)
        {
            throw new InvalidOperationException($"Case {step.Case} has moved on.");
        }

        kept.State.Opened ??= step;
        kept.State.Latest = step;
        await kept.WriteStateAsync();
        if (step.Version == (int)Step.Seal)
        {
            DeactivateOnIdle();
        }
    }
}

/// <summary>States as source-generated JSON, instead of Orleans' reflecting default.</summary>
internal sealed class KeptCaseJson : IGrainStorageSerializer
{
    public BinaryData Serialize<T>(T? input) =>
        new(JsonSerializer.SerializeToUtf8Bytes((KeptCase?)(object?)input, CaseJson.Default.KeptCase!));

    public T Deserialize<T>(BinaryData input) => (T)(object)JsonSerializer.Deserialize(input, CaseJson.Default.KeptCase)!;
}
