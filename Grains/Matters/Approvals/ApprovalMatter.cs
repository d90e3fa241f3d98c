using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Plans;

namespace TownReform.Grains.Matters.Approvals;

/// <summary>Approval and service (审批服务, B1, B4–B6): what permits, confirmations and payments have in common.</summary>
public sealed class ApprovalMatter : IMatter
{
    public static void Declare(MatterBuilder matter) =>
        matter
            .Rule("one-time-notice", "B6", ApprovalRules.OneTimeNotice)
            .Rule("extension-once", "B5", ApprovalRules.ExtensionOnce)
            .Rule("certificate-set", "B1", ApprovalRules.CertificateSet)
            .Rule("undecided", "B1", ApprovalRules.Undecided)
            .Rule("authorised", "B4", ApprovalRules.Authorised)
            .Effect("number-certificate", Number)
            .Effect("number-county-certificate", NumberOfCounty)
            .Simulation(ApprovalSimulation.Declare);

    private static Message Number(CaseFile file, TownPlan plan) =>
        new(Receiver.Seal(plan.Code), new NumberCertificate(file.Number, file.Kind, file.Subject));

    private static Message NumberOfCounty(CaseFile file, TownPlan plan) =>
        new(Receiver.Seal(plan.Code), new NumberCertificate(file.Number, CertificateKinds.CountyPermit, file.Subject));
}
