using TownReform.Grains.Seeds;
using TownReform.Tests.Fixtures;

namespace TownReform.Grains.Tests.Fixtures;

/// <summary>One town's offices in one world.</summary>
internal sealed record TestTown(IGrainFactory Grains, string World, string Code, TestJournal Journal)
{
    public TownPlan Plan => TestPlans.Library.Towns[Code];

    public ITownGrain Town => Grains.GetGrain<ITownGrain>(Address.Town(World, Code));

    public IEstablishmentGrain Establishment => Grains.GetGrain<IEstablishmentGrain>(Address.Town(World, Code));

    public ICatalogueGrain Catalogue => Grains.GetGrain<ICatalogueGrain>(Address.Town(World, Code));

    public ISealGrain Seal => Grains.GetGrain<ISealGrain>(Address.Town(World, Code));

    public IStaffGrain Staff(string id) => Grains.GetGrain<IStaffGrain>(Address.Staff(World, Code, id));

    public IBureauGrain Bureau(string organ) => Grains.GetGrain<IBureauGrain>(Address.Bureau(World, Code, organ));

    public IAssessmentRoundGrain Round(string round) => Grains.GetGrain<IAssessmentRoundGrain>(Address.AssessmentRound(World, Code, round));

    public ICountyOfficeGrain County(string office) => Grains.GetGrain<ICountyOfficeGrain>(Address.CountyOffice(World, Plan.County.Code, office));

    /// <summary>Delivers everything that left so far, each of them as often as asked.</summary>
    public async Task DeliverAllAsync(int times = 1)
    {
        while (Journal.Left.TryDequeue(out var delivery))
        {
            for (var i = 0; i < times; i++)
            {
                await Grains.GetGrain<IEffectReceiver>(GrainId.Create(delivery.TargetType, delivery.TargetKey)).ReceiveAsync([delivery]);
            }
        }
    }

    /// <summary>An effect as a case's n-th record sends it.</summary>
    public static Delivery From(string caseNumber, long version, Effect effect, DateTimeOffset? at = null) =>
        new(new EffectId($"case/{caseNumber}", version, 0), "", "", at ?? Stamps.Morning, effect);
}
