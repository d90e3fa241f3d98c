using TownReform.Grains.Rules.Plans;

namespace TownReform.Grains.Rules.Cases;

/// <summary>Bodies (单位) that a field can name by their code: organs of the town and departments above it.</summary>
public static class Bodies
{
    /// <summary>Whether the town or its county has such a body.</summary>
    public static bool IsKnown(TownPlan plan, string code) =>
        plan.Organs.Any(o => o.Code == code) || plan.CountyDepartments.Any(d => d.Code == code);

    /// <summary>The workplace of a body, without the world; the town's own where both have one of that code.</summary>
    public static string Workplace(TownPlan plan, string code) =>
        plan.Organs.Any(o => o.Code == code) ? plan.WorkplaceAt(code) : plan.OfficeAt(code);
}
