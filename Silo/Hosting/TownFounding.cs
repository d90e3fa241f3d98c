using System.Security.Cryptography;
using System.Text;
using TownReform.Grains.Seeds;

namespace TownReform.Silo.Hosting;

/// <summary>Founds the live towns from their plans when the silo starts, and wakes their workplaces. Repeating it changes nothing.</summary>
public sealed class TownFounding(IGrainFactory grains, SeedLibrary seeds)
{
    /// <summary>Powers are in force from the plan's date; the founding is dated to the opening of offices on that day.</summary>
    private static readonly TimeOnly OfficesOpen = new(8, 30);

    /// <summary>Founds every town of the seeds, in the order of their codes.</summary>
    /// <returns>The first refusal, as when the data were founded from other seeds; null when all towns stand.</returns>
    public async Task<Refusal?> FoundAllAsync(string world)
    {
        foreach (var plan in seeds.Towns.Values.OrderBy(t => t.Code, StringComparer.Ordinal))
        {
            var town = grains.GetGrain<ITownGrain>(Address.Town(world, plan.Code));
            if ((await town.FoundAsync(new FoundTown(Stamp(plan), []))).IsRefused(out var refusal, out _))
            {
                return refusal;
            }
        }

        return null;
    }

    /// <summary>Has every workplace look at the clocks that changed while nobody was there; waking registers its reminder.</summary>
    public async Task WakeAllAsync(string world, DateTimeOffset at)
    {
        foreach (var key in seeds.Towns.Values.SelectMany(Workplaces).Distinct(StringComparer.Ordinal))
        {
            IWorkplaceGrain workplace = seeds.Towns.Values.Any(t => t.IsOwn(key))
                ? grains.GetGrain<IBureauGrain>($"{world}/{key}")
                : grains.GetGrain<ICountyOfficeGrain>($"{world}/{key}");
            await workplace.SweepAsync(at);
        }
    }

    /// <summary>The same plan is founded by the same command, on whatever day the silo starts.</summary>
    private static Stamp Stamp(TownPlan plan)
    {
        var morning = plan.PlanDate.ToDateTime(OfficesOpen);
        var at = new DateTimeOffset(morning, plan.TimeZone.GetUtcOffset(morning));
        var id = SHA256.HashData(Encoding.UTF8.GetBytes($"found/{plan.Code}/{plan.Hash}"));
        return new Stamp(new Guid(id.AsSpan(0, 16), bigEndian: true), Actor.System, at);
    }

    private static IEnumerable<string> Workplaces(TownPlan plan) =>
        plan.Organs.Select(o => plan.WorkplaceAt(o.Code)).Concat(plan.CountyDepartments.Select(d => plan.OfficeAt(d.Code)));
}
