using System.Collections.Immutable;
using TownReform.Grains.Hosting;
using TownReform.Grains.Journal;
using TownReform.Grains.Journal.Audit;
using TownReform.Grains.Rules.Plans;
using TownReform.Tests.Fixtures;

namespace TownReform.Grains.Tests.Fixtures;

/// <summary>A town founded from the real seeds in a world of its own.</summary>
internal sealed class RealTown(IGrainFactory grains, IWorlds worlds, string world, TownPlan plan)
{
    private int lastNumber;

    public TownPlan Plan => plan;

    public string World => world;

    public IGrainFactory Grains => grains;

    public WorldStorage Storage => worlds.Of(world);

    /// <summary>How many commands its cases let in; before one is activated.</summary>
    public void Limit(Admission admission) => ((FaultyWorlds)worlds).Admissions[world] = admission;

    public FaultyJournal Journal => ((FaultyWorlds)worlds).JournalOf(world);

    public IJournalScan Scan => ((FaultyWorlds)worlds).ScanOf(world);

    public ICatalogueInside Catalogue => grains.GetGrain<ICatalogueInside>(Address.Town(world, plan.Code));

    public ISealInside Seal => grains.GetGrain<ISealInside>(Address.Town(world, plan.Code));

    public IStaffInside Staff(string id) => grains.GetGrain<IStaffInside>(Address.Staff(world, plan.Code, id));

    public IBureauInside Bureau(string organ) => grains.GetGrain<IBureauInside>(Address.Bureau(world, plan.Code, organ));

    public ICountyOfficeInside County(string office) =>
        grains.GetGrain<ICountyOfficeInside>(Address.CountyOffice(world, plan.County.Code, office));

    public IWorkplaceInside Workplace(string key) =>
        plan.IsOwn(key) ? Bureau(key[(key.IndexOf('/') + 1)..]) : County(key[(key.IndexOf('/') + 1)..]);

    public async Task<RealTown> FoundAsync(DateOnly? day = null, params string[] without)
    {
        var founded = await grains
            .GetGrain<ITownInside>(Address.Town(world, plan.Code))
            .FoundAsync(new(Stamps.Next(PureCase.At(day ?? plan.PlanDate)), [.. without]));
        founded.ShouldSucceed();
        await DrainAsync();
        return this;
    }

    public RealCase Case(string number) => new(this, number);

    public RealCase NextCase() => Case($"{plan.Prefix}{++lastNumber:D8}");

    public Task<RealCase> OpenAsync(string procedure, PowerItem item, Actor actor, DateOnly day, params Field[] fields) =>
        OpenAsync(procedure, item.Code, actor, day, fields);

    public async Task<RealCase> OpenAsync(string procedure, string subject, Actor actor, DateOnly day, params Field[] fields)
    {
        var opened = NextCase();
        (await opened.TryOpenAsync(procedure, subject, actor, day, fields)).ShouldSucceed();
        return opened;
    }

    /// <summary>What the calendar does on a morning: every workplace looks at its clocks and people, and what left is delivered.</summary>
    public async Task SweepAsync(DateOnly day)
    {
        foreach (var organ in plan.Organs)
        {
            await Bureau(organ.Code).SweepAsync(PureCase.At(day));
        }

        foreach (var office in plan.CountyDepartments)
        {
            await County(office.Code).SweepAsync(PureCase.At(day));
        }

        await DrainAsync();
    }

    /// <summary>Sweeps every day of a span, both ends included.</summary>
    public async Task SweepAsync(DateOnly from, DateOnly until)
    {
        for (var day = from; day <= until; day = day.AddDays(1))
        {
            await SweepAsync(day);
        }
    }

    public async Task DrainAsync() => await Storage.Outbox.DrainAsync(TestContext.Current.CancellationToken);

    public async Task<ImmutableArray<string>> KindsAsync(string stream) =>
        [.. (await Storage.Journal.ReadAsync(stream, 0, TestContext.Current.CancellationToken)).Select(r => r.Kind)];

    public async Task<CaseRow> RowAsync(string number) =>
        (await Storage.ReadModel.ListCasesAsync(new CaseQuery(Town: plan.Code, Take: 1000), TestContext.Current.CancellationToken)).Single(
            r => r.Number == number
        );
}
