using System.Collections.Immutable;
using TownReform.Benchmarks.Speed;
using TownReform.Benchmarks.Speed.Contenders;
using TownReform.Grains.Cases;
using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Rules.Towns;

namespace TownReform.Benchmarks.Growth.Filling;

/// <summary>Takes a permit for each item of each town to each of its steps and to its end, by the product itself, so that copies are what
/// the product would have recorded.</summary>
internal sealed class CaseTemplates(SeedLibrary seeds, TownSilo silo)
{
    /// <summary>Templates taken at once.</summary>
    private const int Abreast = 32;

    private static readonly Step[] Steps = Enum.GetValues<Step>();

    public async Task<ImmutableArray<CaseTemplate>> TakeAsync(CancellationToken cancellation)
    {
        var orders = seeds
            .Towns.Values.OrderBy(t => t.Code, StringComparer.Ordinal)
            .SelectMany(plan => TownLane.Permits(plan).SelectMany(item => Steps.Select(last => (plan, item, last))))
            .ToArray();
        var taken = new CaseTemplate[orders.Length];
        await Parallel.ForAsync(
            0,
            orders.Length,
            new ParallelOptions { MaxDegreeOfParallelism = Abreast, CancellationToken = cancellation },
            async (n, _) =>
            {
                var (plan, item, last) = orders[n];
                taken[n] = await TakeAsync(plan, item, last);
            }
        );
        return [.. taken];
    }

    private async Task<CaseTemplate> TakeAsync(TownPlan plan, string item, Step last)
    {
        var lane = new TownLane(silo.Grains, plan, item);
        foreach (var step in Steps.TakeWhile(s => s <= last))
        {
            await lane.BeforeAsync(step);
            await lane.StepAsync(step);
        }

        if (last == Step.Decide)
        {
            // Its number is on its way; what is copied is a case that waits to be handed out.
            await lane.BeforeAsync(Step.Seal);
        }

        var records = await silo.Live.Journal.ReadAsync($"case/{lane.Number}", 0);
        return new(
            plan.Code,
            [.. records.Select(CaseCodec.Instance.Read)],
            [.. records.Select(r => new Actor(r.ActorId, r.ActorOffice, r.ActorFor))],
            last == Step.Seal
        );
    }
}
