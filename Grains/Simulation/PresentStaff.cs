using TownReform.Grains.Rules.Offices;
using TownReform.Grains.Rules.Plans;

namespace TownReform.Grains.Simulation;

/// <summary>Who of a town is there today to decide something about its people.</summary>
internal sealed class PresentStaff(Stage stage)
{
    /// <summary>Of those who may decide it, the first by the plan who is there today: heads before leaders, who stand in for
    /// them.</summary>
    public async ValueTask<StaffFacts?> FirstAsync(TownPlan plan, Func<StaffFacts, bool> may)
    {
        foreach (var person in plan.Staff.Where(may).OrderBy(p => p.Roles.Contains(OfficeRules.Leader)))
        {
            var facts = (await stage.Grains.Grain<IStaffGrain>(Address.Staff(stage.World, plan.Code, person.Id)).ReadAsync()).Value!;
            if (OfficeRules.Standing(plan, new Actor(person.Id, person.Organ), facts, stage.Clock.Today, stage.Clock.At) is null)
            {
                return facts;
            }
        }

        return null;
    }
}
