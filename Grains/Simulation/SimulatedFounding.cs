using System.Collections.Immutable;
using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Rules.Towns;

namespace TownReform.Grains.Simulation;

/// <summary>Founds the towns of a simulated world on its first morning.</summary>
internal sealed class SimulatedFounding(Stage stage)
{
    /// <param name="without">Kinds of items that stay with the county.</param>
    public async Task FoundAsync(ImmutableArray<string> without)
    {
        foreach (var plan in stage.Towns)
        {
            var founder = new Actor("county-government", plan.County.Code);
            var kept = stage.Scenario.KeptByCounty.GetValueOrDefault(plan.Code, []);
            var town = stage.Grains.Grain<ITownInside>(Address.Town(stage.World, plan.Code));
            if ((await town.FoundAsync(new FoundTown(stage.Stamp(founder), [.. without, .. kept]))).IsRefused(out var refusal, out _))
            {
                throw new InvalidOperationException($"{plan.Code} could not be founded: {refusal.Because.En}");
            }
        }
    }
}

/// <summary>The workplaces of the towns with their people, as the simulator drives them.</summary>
internal sealed class SimulatedOffices(Stage stage)
{
    /// <summary>Adds those of every town and of the departments above it.</summary>
    public void AddAll()
    {
        foreach (var plan in stage.Towns)
        {
            foreach (var bureau in TownRules.Bureaus(plan))
            {
                Add(plan, plan.WorkplaceAt(bureau.Code), bureau.Code, bureau.People);
            }

            foreach (var office in TownRules.CountyOffices(plan))
            {
                Add(plan, plan.OfficeAt(office.Code), office.Code, office.People);
            }
        }
    }

    private void Add(TownPlan plan, string key, string code, IEnumerable<Colleague> people)
    {
        var office = new SimulatedOffice(plan, key, code, stage.Workplace(plan, key));
        foreach (var person in people)
        {
            office.Officers.Add(person.Id, new SimulatedOfficer(office, person.Id, person.Roles));
        }

        stage.Add(office);
    }
}
