using Orleans.Concurrency;

namespace TownReform;

/// <summary>The town's one seal (一枚印章). Keyed world/town. The one owner of certificate numbers: unique per town, kind and year
/// (B1).</summary>
[Alias("seal")]
public interface ISealGrain : IGrainWithStringKey
{
    [ReadOnly, Alias("read")]
    Task<SealView> ReadAsync();
}

/// <summary>The seal's text and how many certificates it has numbered.</summary>
[GenerateSerializer, Immutable, Alias("seal-view")]
public sealed record SealView(string Town, string Text, long Issued);
