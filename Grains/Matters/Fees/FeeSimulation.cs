using TownReform.Grains.Matters.Simulated;
using TownReform.Grains.Rules.Cases;

namespace TownReform.Grains.Matters.Fees;

/// <summary>How fees are paid in a simulated year: in full, through the channel, by the party or the agent who may.</summary>
internal static class FeeSimulation
{
    public static void Declare(SimulationBuilder simulation) =>
        simulation
            .Value("$fee", CaseNeeds.OfFields(CaseFee.Fee), acting => acting.Case.Value(CaseFee.Fee))
            .Value("$payer", CaseNeeds.Nothing, acting => acting.Case.PartyId)
            .Value("$receipt", CaseNeeds.Nothing, acting => $"SD-{acting.Case.Number}");
}
