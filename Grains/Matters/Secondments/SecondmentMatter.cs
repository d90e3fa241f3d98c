using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Plans;

namespace TownReform.Grains.Matters.Secondments;

/// <summary>Secondments upwards (借调, E1–E4): a department above the town asks for one of its people.</summary>
public sealed class SecondmentMatter : IMatter
{
    public static void Declare(MatterBuilder matter) =>
        matter
            .Value(SecondmentCaseRules.Request)
            .Rule("secondment-dates", "E1", SecondmentCaseRules.Dates)
            .Rule("secondment-term", "E2", SecondmentCaseRules.Term)
            .Rule("secondment-service", "E3", SecondmentCaseRules.ServiceYears)
            .Rule("secondment-agreement", "E4", SecondmentCaseRules.Agreement)
            .Effect("begin-secondment", Begin)
            .Effect("end-secondment", End)
            .StaffTakes<BeginSecondment>("begin-secondment", SecondmentOnRecord.Begin)
            .StaffTakes<EndSecondment>("end-secondment", static (state, id, effect, _) => SecondmentOnRecord.End(state, id, effect))
            .Procedure("secondment", procedure => procedure.Requester(Requester))
            .Simulation(SecondmentSimulation.Declare)
            .Audit(SecondmentAudit.Declare);

    /// <summary>An office asks for itself only (E1).</summary>
    private static string Requester(string to) => to;

    private static Message Begin(CaseFile file, TownPlan plan, string to, DateOnly from, DateOnly until, string? exception) =>
        new(Receiver.Staff(plan.Code, file.Subject), new BeginSecondment(file.Number, to, from, until, exception));

    private static Message End(CaseFile file, TownPlan plan, DateOnly day) =>
        new(Receiver.Staff(plan.Code, file.Subject), new EndSecondment(file.Number, day));
}
