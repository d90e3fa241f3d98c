using TownReform.Grains.Rules.Plans;
using TownReform.Tests.Fixtures;

namespace TownReform.Grains.Tests.Fixtures;

/// <summary>One town's offices in one world.</summary>
internal sealed record TestTown(IGrainFactory Grains, string World, string Code, TestJournal Journal)
{
    public TownPlan Plan => TestPlans.Library.Towns[Code];

    public ITownInside Town => Grains.GetGrain<ITownInside>(Address.Town(World, Code));

    public IEstablishmentInside Establishment => Grains.GetGrain<IEstablishmentInside>(Address.Town(World, Code));

    public ICatalogueInside Catalogue => Grains.GetGrain<ICatalogueInside>(Address.Town(World, Code));

    public ISealInside Seal => Grains.GetGrain<ISealInside>(Address.Town(World, Code));

    public IStaffInside Staff(string id) => Grains.GetGrain<IStaffInside>(Address.Staff(World, Code, id));

    public IBureauInside Bureau(string organ) => Grains.GetGrain<IBureauInside>(Address.Bureau(World, Code, organ));

    public IAssessmentRoundGrain Round(string round) => Grains.GetGrain<IAssessmentRoundGrain>(Address.AssessmentRound(World, Code, round));

    public ICountyOfficeInside County(string office) =>
        Grains.GetGrain<ICountyOfficeInside>(Address.CountyOffice(World, Plan.County.Code, office));

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
