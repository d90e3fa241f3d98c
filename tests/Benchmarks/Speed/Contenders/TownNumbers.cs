using TownReform.Grains.Rules.Plans;

namespace TownReform.Benchmarks.Speed.Contenders;

/// <summary>Case numbers of a town for cases that are written straight into its journal.</summary>
internal sealed class TownNumbers(IGrainFactory grains, TownPlan plan) : IDisposable
{
    private const int Block = 256;

    private static readonly DateTimeOffset Morning = new(2020, 5, 11, 9, 0, 0, TimeSpan.FromHours(8));

    private readonly SemaphoreSlim turn = new(1, 1);
    private long next;
    private long end;

    public async ValueTask<long> NextAsync()
    {
        await turn.WaitAsync();
        try
        {
            if (next == end)
            {
                var block = (
                    await grains.Grain<ITownInside>(Address.Town(Address.Live, plan.Code)).ReserveCaseNumbersAsync(Block, Morning)
                ).Value!;
                (next, end) = (block.First, block.First + block.Count);
            }

            return next++;
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();
}
