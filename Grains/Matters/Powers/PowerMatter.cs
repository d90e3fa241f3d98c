using TownReform.Grains.Matters.Binding;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Rules.Powers;
using TownReform.Grains.Seeds.Reading;

namespace TownReform.Grains.Matters.Powers;

/// <summary>The town's powers (赋权事项, A3–A8): what every matter about a catalogue item asks, and the adjustment of a power itself
/// (A4).</summary>
public sealed class PowerMatter : IMatter
{
    public static void Declare(MatterBuilder matter) =>
        matter
            .Value(Change)
            .Rule("power-in-force", "A3", PowerCaseRules.InForce)
            .Rule("route-open", "A7", PowerCaseRules.RouteOpen)
            .Rule("within-guidance", "A8", PowerCaseRules.WithinGuidance)
            .Rule("readiness", "A5", PowerCaseRules.Readiness)
            .Effect("file-with-county", FileWithCounty)
            .Effect("adjust-power", Adjust)
            .Foresee("adjustable", "A4", "adjust-power")
            .Procedure("power-adjustment", procedure => procedure.Requester(Proposer))
            .Simulation(PowerSimulation.Declare);

    /// <summary>A power is proposed by the department that it comes from.</summary>
    private static string Proposer(PowerItem item) => item.CountyDepartment;

    /// <summary>The change of a power that the fields ask for.</summary>
    private static AdjustPower Change(
        CaseFile file,
        PowerItem item,
        [FieldTypes(FieldType.Choice)] string change,
        DateOnly from,
        [FieldTypes(FieldType.Limit)] string? promised
    ) => new(file.Number, item.Code, EnumCodes.Parse<PowerChange>(change), from, promised);

    private static Message Adjust(AdjustPower change, TownPlan plan) => new(Receiver.Catalogue(plan.Code), change);

    private static Message FileWithCounty(CaseFile file, PowerItem item, PowerHolding? holding, TownPlan plan, DateOnly day) =>
        new(
            Receiver.CountyOffice(plan.OfficeAt(item.CountyDepartment)),
            new FileWithCounty(
                file.Number,
                plan.Code,
                file.Subject,
                Forward: false,
                holding is not null && PowerRules.IsGuided(holding, plan.Policy, day)
            )
        );
}
