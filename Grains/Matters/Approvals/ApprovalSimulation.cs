using System.Globalization;
using TownReform.Grains.Matters.Simulated;
using TownReform.Grains.Rules.Plans;

namespace TownReform.Grains.Matters.Approvals;

/// <summary>Applicants in a simulated year: papers that are missing, somebody who acts for them, the green channel.</summary>
internal static class ApprovalSimulation
{
    private const string PapersMissing = "papers-missing";
    private const string Agent = "agent";
    private const string Charged = "charged";

    // Numbers of draws of a case; each value has its own.
    private const int AmountDraw = 911;
    private const int PapersDraw = 912;

    public static void Declare(SimulationBuilder simulation) =>
        simulation
            .Parties(
                new Parties(
                    [ItemKinds.Permit, ItemKinds.Confirmation, ItemKinds.Payment],
                    [
                        new("papers_missing", "Share of applicants whose papers are incomplete at first."),
                        new("green", "Share of cases in the green channel, where the plan has one."),
                        new("agent", "Share of applicants for whom somebody acts."),
                    ],
                    Exclusive: [],
                    [PapersMissing, Traits.Green, Agent, Charged],
                    Applicant
                )
            )
            .Value("$missing", CaseNeeds.AnItem, acting => Papers(acting.Case, 0))
            .Value("$missing-more", CaseNeeds.AnItem, acting => $"{Papers(acting.Case, 0)};{Papers(acting.Case, 1)}")
            .Value(
                "$amount",
                CaseNeeds.Nothing,
                acting => (500 + (100 * acting.Case.Random.Below(AmountDraw, 26))).ToString("F2", CultureInfo.InvariantCulture)
            )
            .Value("$agent", CaseNeeds.Nothing, acting => acting.Case.Traits.Has(Agent) ? "village-point" : null)
            .Value("$authorisation", CaseNeeds.Nothing, acting => acting.Case.Traits.Has(Agent) ? "授权委托书" : null);

    private static Appearance Applicant(Appearing applicant) =>
        new(
            applicant
                .Traits.With(PapersMissing, applicant.Chance(1, "papers_missing"))
                .With(Agent, applicant.Chance(2, "agent"))
                .With(Charged, applicant.Item.On(applicant.Day).Fee.Amount > 0)
                .With(Traits.Green, applicant.Plan.Policy.GreenChannel && applicant.Chance(3, "green")),
            FoundByOfficers: false
        );

    private static string Papers(ISimulatedCase @case, int skip)
    {
        var papers = @case.Item!.Papers;
        return papers.IsEmpty ? "申请书" : papers[(@case.Random.Below(PapersDraw, papers.Length) + skip) % papers.Length].Zh;
    }
}
