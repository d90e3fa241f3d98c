using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Rules.Towns;

namespace TownReform.Silo.Hosting;

/// <summary>Founds the live towns from their plans when the silo starts, and wakes their workplaces. Repeating it changes
/// nothing.</summary>
/// <param name="practice">Towns that aren't founded yet become practice towns (培训环境).</param>
public sealed class TownFounding(IGrainFactory grains, SeedLibrary seeds, bool practice = false)
{
    /// <summary>Powers are in force from the plan's date; the founding is dated to the opening of offices on that day.</summary>
    private static readonly TimeOnly OfficesOpen = new(8, 30);

    /// <summary>
    /// Silos that crashed together start together: some are still believed to live, and each may have a town awake for a moment. The one
    /// that lost its place is asked again, and so is one that was not answered or not registered in time: Orleans tells that as a call
    /// cancelled, and nobody else cancels here.
    /// </summary>
    private static readonly RetryPolicy Insistence = new(
        fault => fault is TimeoutException or OperationCanceledException || SendingAgain.LostItsPlace(fault),
        firstPause: TimeSpan.FromMilliseconds(500),
        longestPause: TimeSpan.FromMilliseconds(500),
        patience: TimeSpan.FromMinutes(2)
    );

    /// <summary>Towns founded at once.</summary>
    private const int Abreast = 32;

    /// <summary>Cases named in one message.</summary>
    private const int Shown = 10;

    /// <summary>
    /// Founds every town of the seeds, many side by side: each waits for commits, and a commit takes them all. Before that it makes sure
    /// that no open case is left
    /// without its town or its version of a procedure; then nothing is done at all.
    /// </summary>
    /// <returns>Of the towns that refuse, as when the data were founded from other seeds, the refusal of the first by its code; null when
    /// all towns stand.</returns>
    public async Task<Refusal?> FoundAllAsync(string world)
    {
        if (await CheckSeedsAsync(world) is { } unfit)
        {
            return unfit;
        }

        var refusals = new ConcurrentDictionary<string, Refusal>(StringComparer.Ordinal);
        await Parallel.ForEachAsync(
            seeds.Towns.Values,
            new ParallelOptions { MaxDegreeOfParallelism = Abreast },
            async (plan, stopping) =>
            {
                var town = grains.GetGrain<ITownInside>(Address.Town(world, plan.Code));
                if (
                    (
                        await Insistence.RunAsync(() => town.FoundAsync(new FoundTown(Stamp(plan), [], practice)), cancellation: stopping)
                    ).IsRefused(out var refusal, out var _)
                )
                {
                    refusals[plan.Code] = refusal;
                }
            }
        );
        return refusals.IsEmpty ? null : refusals.MinBy(refused => refused.Key, StringComparer.Ordinal).Value;
    }

    /// <summary>Each town records by which seeds it goes on; where those moved due days, every case concerned records it. A start that was
    /// interrupted is gone on with.</summary>
    /// <returns>How many due days had moved, and what hindered a case from following; null when nothing did. The next start tries those
    /// again.</returns>
    public async Task<(int Moved, Words? Hindrance)> FollowSeedsAsync(string world, DateTimeOffset at)
    {
        var (all, faulted) = (0, new SortedDictionary<string, string>(StringComparer.Ordinal));
        foreach (var plan in seeds.Towns.Values.OrderBy(t => t.Code, StringComparer.Ordinal))
        {
            var town = grains.GetGrain<ITownInside>(Address.Town(world, plan.Code));
            var ahead = await Insistence.RunAsync(() => town.TakeSeedsAsync(at));
            if (ahead.IsNothing)
            {
                continue;
            }

            var (moved, sound) = (0, true);
            foreach (var workplace in Workplaces(world, plan))
            {
                var followed = await Insistence.RunAsync(() => workplace.FollowDueDaysAsync(at, ahead));
                (moved, sound) = (moved + followed.Moved, sound && followed.Faulted.IsEmpty);
                Note(faulted, followed.Faulted);
            }

            if (sound)
            {
                await Insistence.RunAsync(async () =>
                {
                    await town.DueDaysFollowedAsync(at, moved);
                    return true;
                });
            }

            all += moved;
        }

        return (all, Faulted(faulted));
    }

    private async Task<Refusal?> CheckSeedsAsync(string world)
    {
        var open = await Insistence.RunAsync(() => grains.GetGrain<ICaseIndexGrain>(world).CountOpenAsync());
        if (
            open.Where(count => !seeds.Towns.ContainsKey(count.Town))
                .GroupBy(count => count.Town)
                .MinBy(town => town.Key, StringComparer.Ordinal) is
            { } gone
        )
        {
            return TownRefusals.Gone(gone.Key, gone.Sum(count => count.Cases));
        }

        foreach (var plan in seeds.Towns.Values.OrderBy(t => t.Code, StringComparer.Ordinal))
        {
            var town = grains.GetGrain<ITownInside>(Address.Town(world, plan.Code));
            if (await Insistence.RunAsync(() => town.CheckSeedsAsync()) is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }

    /// <summary>Has every workplace look at the clocks that changed while nobody was there; waking registers its reminder.</summary>
    /// <returns>What hinders a look at the clocks; null when nothing does. The town serves all the same.</returns>
    public async Task<Words?> WakeAllAsync(string world, DateTimeOffset at)
    {
        var (unclocked, faulted) = (
            new SortedSet<string>(StringComparer.Ordinal),
            new SortedDictionary<string, string>(StringComparer.Ordinal)
        );
        foreach (var plan in seeds.Towns.Values.OrderBy(t => t.Code, StringComparer.Ordinal))
        {
            if (plan.DayOf(at) is var day && (day < seeds.Calendar.FirstDay || day > seeds.Calendar.LastDay))
            {
                return new(
                    $"{day:O} 不在工作日历 {seeds.Calendar.FirstDay:O} 至 {seeds.Calendar.LastDay:O} 之内，期限无法计算；请在 seeds/calendar 补充该年后重启。",
                    $"{day:O} is outside the working-day calendar, {seeds.Calendar.FirstDay:O} to {seeds.Calendar.LastDay:O}, so "
                        + "no limit can be counted; add the year to seeds/calendar and start again."
                );
            }

            foreach (var workplace in Workplaces(world, plan))
            {
                var swept = await Insistence.RunAsync(() => workplace.SweepAsync(at));
                unclocked.UnionWith(swept.Unclocked);
                Note(faulted, swept.Faulted);
            }
        }

        return (Unclocked(unclocked), Faulted(faulted)) switch
        {
            ({ } one, { } other) => new($"{one.Zh}\n{other.Zh}", $"{one.En}\n{other.En}"),
            var (one, other) => one ?? other,
        };
    }

    private static void Note(SortedDictionary<string, string> faulted, IEnumerable<FaultedCase> some)
    {
        foreach (var it in some)
        {
            faulted[it.Case] = it.Why;
        }
    }

    private static Words? Faulted(SortedDictionary<string, string> faulted) =>
        faulted.Count == 0
            ? null
            : new(
                $"{faulted.Count} 件案件无法查看期限，其余均已查看：{string.Join("、", faulted.Keys.Take(Shown))}（{faulted.First().Value}）；请用 "
                    + "./townreform audit verify、audit check 查明。",
                $"{faulted.Count} cases could not be looked at, all others were: {string.Join(", ", faulted.Keys.Take(Shown))} "
                    + $"({faulted.First().Value}); ./townreform audit verify and audit check tell more."
            );

    private Words? Unclocked(SortedSet<string> unclocked) =>
        unclocked.Count == 0
            ? null
            : new(
                $"{unclocked.Count} 件案件的期限超出工作日历（至 {seeds.Calendar.LastDay:O}），无法计算：{string.Join("、", unclocked.Take(Shown))}；请在 "
                    + "seeds/calendar 补充该年后重启。",
                $"{unclocked.Count} cases have limits past the working-day calendar, which ends on {seeds.Calendar.LastDay:O}: "
                    + $"{string.Join(", ", unclocked.Take(Shown))}; add the year to seeds/calendar and start again."
            );

    /// <summary>The same plan is founded by the same command, on whatever day the silo starts.</summary>
    private static Stamp Stamp(TownPlan plan)
    {
        var morning = plan.PlanDate.ToDateTime(OfficesOpen);
        var at = new DateTimeOffset(morning, plan.TimeZone.GetUtcOffset(morning));
        var id = SHA256.HashData(Encoding.UTF8.GetBytes($"found/{plan.Code}/{plan.Hash}"));
        return new Stamp(new Guid(id.AsSpan(0, 16), bigEndian: true), Actor.System, at);
    }

    // Towns of one county share its offices; looking twice at one changes nothing.
    private IEnumerable<IWorkplaceInside> Workplaces(string world, TownPlan plan) =>
        [
            .. plan.Organs.Select(o => grains.GetGrain<IBureauInside>(Address.Bureau(world, plan.Code, o.Code))),
            .. plan.CountyDepartments.Select(d =>
                grains.GetGrain<ICountyOfficeInside>(Address.CountyOffice(world, plan.County.Code, d.Code))
            ),
        ];
}
