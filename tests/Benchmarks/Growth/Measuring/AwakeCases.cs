using TownReform.Benchmarks.Speed.Contenders;

namespace TownReform.Benchmarks.Growth.Measuring;

/// <summary>What a case costs while it is awake.</summary>
/// <param name="BytesEach">Growth of the managed heap by their waking, after full collections, divided by them.</param>
internal sealed record AwakeCases(int Cases, double BytesEach)
{
    private const int Abreast = 64;

    /// <param name="numbers">None of them is awake.</param>
    public static async Task<AwakeCases> MeasureAsync(TownSilo silo, IReadOnlyList<string> numbers, CancellationToken cancellation)
    {
        var before = Heap.Bytes();
        await Parallel.ForEachAsync(
            numbers,
            new ParallelOptions { MaxDegreeOfParallelism = Abreast, CancellationToken = cancellation },
            async (number, _) => await ReadAsync(silo, number)
        );
        return new(numbers.Count, (Heap.Bytes() - before) / (double)numbers.Count);
    }

    /// <exception cref="InvalidOperationException">The case doesn't answer as an open one.</exception>
    public static async Task ReadAsync(TownSilo silo, string number)
    {
        var read = await silo.Grains.GetGrain<ICaseGrain>(Address.Case(Address.Live, number)).ReadAsync();
        if (read.IsRefused(out var refusal, out var view) || view.Disposition != Disposition.Open)
        {
            throw new InvalidOperationException(refusal?.Because.En ?? $"Case {number} isn't open.");
        }
    }
}
