using System.Collections.Immutable;
using TownReform.Grains.Rules.Offices;
using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Rules.Staff;

namespace TownReform.Grains.Rules.Cases;

/// <summary>Whether officers are fit for a step: present that day, certified, enough of them (C2), and none who did what must be kept
/// apart (B1, C3, C5).</summary>
[Clause("B1", "C2", "C3", "C5")]
public static class OfficerRules
{
    /// <summary>The certificate without which nobody enforces (C2).</summary>
    public const string EnforcementCertificate = "enforcement";

    private const string OfItem = "item";

    /// <summary>Whether somebody, with whoever is named besides, is fit for the step; null when they are.</summary>
    internal static Refusal? Check(in ActCheck check, StaffFacts lead) =>
        Fit(check, lead) ?? Together(check, lead, check.Step!.Hands.On(check.Facts.Law.On(check.Facts.Day)));

    /// <summary>Certificates that each officer of a step needs; <c>item</c> stands for those that the catalogue item names.</summary>
    public static ImmutableArray<string> CertificatesOf(StepRule step, PowerItem? item) =>
        !step.Certificates.Contains(OfItem)
            ? step.Certificates
            :
            [
                .. step
                    .Certificates.Where(c => c != OfItem)
                    .Concat(item is null ? [] : item.Certificates.Select(need => need.Certificate))
                    .Distinct(),
            ];

    /// <summary>C2: as many officers as the law of the day asks for, all present and with a certificate valid on the day; whoever is named
    /// besides is held to the same.</summary>
    private static Refusal? Together(in ActCheck check, StaffFacts lead, int hands)
    {
        var with = check.Facts.With;
        var second = with?.Id == lead.Id ? null : with;
        if (second is null && with is not null)
        {
            hands = Math.Max(hands, 2);
        }

        if (hands > (second is null ? 1 : 2) && !check.IsOpen(ActorRules.With))
        {
            var article = CaseRefusals.Article(check.Step!.Hands.FigureOn(check.Facts.Law.On(check.Facts.Day)));
            var named = second is null ? lead.Id : $"{lead.Id}, {second.Id}";
            return CaseRefusals.No(
                RefusalCode.OfficersNotTwo,
                "C2",
                $"应由 {hands} 名以上具有资格的人员进行（{article.Value}）；请在 with 栏写明另一名人员（现为 {named}）。",
                $"It takes {hands} qualified officers ({article.Value}); name the other in field 'with' (named so far: {named}).",
                new Fact("officer", lead.Id),
                article
            );
        }

        return second is null ? null
            : check.File.IsOpened && check.Facts.Plan.WorkplaceAt(second.Organ) != check.File.Workplace
                ? ActorRefusals.Elsewhere(second, check.Step!, check.File.Workplace!)
            : check.Step!.Role == ActorRules.ByStaff || second.Roles.Contains(check.Step.Role)
                ? OfficeRules.OutOfOffice(second, check.Facts.Day, check.Stamp.At) ?? Fit(check, second)
            : ActorRefusals.WrongActor(new Actor(second.Id, second.Organ), check.Step, check.Step.Role);
    }

    /// <summary>Present that day, certified, and none of those who are to be kept apart.</summary>
    internal static Refusal? Fit(in ActCheck check, StaffFacts person)
    {
        var day = check.Facts.Day;
        if (OfficeRules.Away(person, day) is { } away)
        {
            return away;
        }

        foreach (var needed in CertificatesOf(check.Step!, check.Facts.Item))
        {
            if (!StaffRules.Holds(person, needed, day))
            {
                return ActorRefusals.NotCertified(person, needed, day);
            }
        }

        foreach (var apart in check.Step!.SeparateFrom)
        {
            if (check.File.HasDone(apart, person.Id))
            {
                return ActorRefusals.SamePerson(person.Id, apart, check.Step, check.Facts.Procedure);
            }
        }

        return null;
    }
}
