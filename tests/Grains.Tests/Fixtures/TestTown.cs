using System.Collections.Immutable;
using TownReform.Grains.Hosting;
using TownReform.Grains.Journal;
using TownReform.Grains.Journal.Audit;
using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Rules.Towns;
using TownReform.Tests.Fixtures;

namespace TownReform.Grains.Tests.Fixtures;

/// <summary>A town in a world of its own: its offices, its cases, and what is on record.</summary>
internal sealed class TestTown(IGrainFactory grains, IWorlds worlds, string world, SeedLibrary seeds, string code = "yandian")
{
    private int lastNumber;

    public TownPlan Plan => seeds.Towns[code];

    public string World => world;

    public IGrainFactory Grains => grains;

    public WorldStorage Storage => worlds.Of(world);

    /// <summary>How many commands its cases let in; before one is activated.</summary>
    public void Limit(Admission admission) => ((TestWorlds)worlds).Admissions[world] = admission;

    public TestJournal Journal => ((TestWorlds)worlds).JournalOf(world);

    public IJournalScan Scan => ((TestWorlds)worlds).ScanOf(world);

    public ITownInside Town => grains.GetGrain<ITownInside>(Address.Town(world, code));

    public IEstablishmentInside Establishment => grains.GetGrain<IEstablishmentInside>(Address.Town(world, code));

    public ICatalogueInside Catalogue => grains.GetGrain<ICatalogueInside>(Address.Town(world, code));

    public ISealInside Seal => grains.GetGrain<ISealInside>(Address.Town(world, code));

    public IStaffInside Staff(string id) => grains.GetGrain<IStaffInside>(Address.Staff(world, code, id));

    public IBureauInside Bureau(string organ) => grains.GetGrain<IBureauInside>(Address.Bureau(world, code, organ));

    public IAssessmentRoundGrain Round(string round) => grains.GetGrain<IAssessmentRoundGrain>(Address.AssessmentRound(world, code, round));

    public ICountyOfficeInside County(string office) =>
        grains.GetGrain<ICountyOfficeInside>(Address.CountyOffice(world, Plan.County.Code, office));

    public IWorkplaceInside Workplace(string key) =>
        Plan.IsOwn(key) ? Bureau(key[(key.IndexOf('/') + 1)..]) : County(key[(key.IndexOf('/') + 1)..]);

    public async Task<TestTown> FoundAsync(DateOnly? day = null, params string[] without)
    {
        var founded = await Town.FoundAsync(new(Stamps.Next(PureCase.At(day ?? Plan.PlanDate)), [.. without]));
        founded.ShouldSucceed();
        await DrainAsync();
        return this;
    }

    public TestCase Case(string number) => new(this, number);

    public TestCase NextCase() => Case($"{Plan.Prefix}{++lastNumber:D8}");

    public Task<TestCase> OpenAsync(string procedure, PowerItem item, Actor actor, DateOnly day, params Field[] fields) =>
        OpenAsync(procedure, item.Code, actor, day, fields);

    public async Task<TestCase> OpenAsync(string procedure, string subject, Actor actor, DateOnly day, params Field[] fields)
    {
        var opened = NextCase();
        (await opened.TryOpenAsync(procedure, subject, actor, day, fields)).ShouldSucceed();
        return opened;
    }

    /// <summary>What the calendar does on a morning: every workplace looks at its clocks and people, and what left is delivered.</summary>
    public async Task SweepAsync(DateOnly day)
    {
        foreach (var organ in Plan.Organs)
        {
            await Bureau(organ.Code).SweepAsync(PureCase.At(day));
        }

        foreach (var office in Plan.CountyDepartments)
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

    /// <summary>Delivers everything that left so far by hand, each of them as often as asked; other than <see cref="DrainAsync"/>, which
    /// has the world deliver each once.</summary>
    public async Task DeliverAllAsync(int times = 1)
    {
        while (Journal.Left.TryDequeue(out var delivery))
        {
            for (var i = 0; i < times; i++)
            {
                await grains.GetGrain<IEffectReceiver>(GrainId.Create(delivery.TargetType, delivery.TargetKey)).ReceiveAsync([delivery]);
            }
        }
    }

    /// <summary>An effect as a case's n-th record sends it.</summary>
    public static Delivery From(string caseNumber, long version, Effect effect, DateTimeOffset? at = null) =>
        new(new EffectId($"case/{caseNumber}", version, 0), "", "", at ?? Stamps.Morning, effect);

    public async Task<ImmutableArray<string>> KindsAsync(string stream) =>
        [.. (await Storage.Journal.ReadAsync(stream, 0, TestContext.Current.CancellationToken)).Select(r => r.Kind)];

    public async Task<CaseRow> RowAsync(string number) =>
        (await Storage.ReadModel.ListCasesAsync(new CaseQuery(Town: code, Take: 1000), TestContext.Current.CancellationToken)).Single(r =>
            r.Number == number
        );
}
