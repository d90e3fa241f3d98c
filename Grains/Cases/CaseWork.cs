using System.Collections.Immutable;
using TownReform.Grains.Rules;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Plans;

namespace TownReform.Grains.Cases;

/// <summary>The present step of a case as work of a workplace.</summary>
public static class CaseWork
{
    /// <summary>The present step as work; its officers are those of the file.</summary>
    public static WorkItem ToWork(this CaseFile file, StepRule step, PowerItem? item, ClockReading clock, LawBook law) =>
        new(
            Case: file.Number,
            Version: file.StepVersion,
            Step: step.Code,
            Item: file.Subject,
            Role: step.Hands.IsNobody ? null : step.Role,
            Hands: step.Hands.On(law.On(file.StepOn)),
            Certificates: OfficerRules.CertificatesOf(step, item),
            NotBy: ExcludedOfficers(file, step),
            Prefer: PreviousOfficerAt(file, step),
            Green: file.Green,
            Since: file.StepSince,
            NextCheckOn: clock.NextCheckOn,
            Due: clock.Due,
            Officers: file.Officers
        )
        {
            Colour = file.Colour,
        };

    private static ImmutableArray<string> ExcludedOfficers(CaseFile file, StepRule step)
    {
        if (step.SeparateFrom.IsEmpty || file.Done.IsEmpty)
        {
            return [];
        }

        var apart = ImmutableArray.CreateBuilder<string>();
        foreach (var done in file.Done)
        {
            if (step.SeparateFrom.Contains(done.Step))
            {
                apart.Add(done.Officer);
            }
        }

        return apart.ToImmutable();
    }

    private static string? PreviousOfficerAt(CaseFile file, StepRule step)
    {
        foreach (var done in file.Done)
        {
            if (done.Step == step.Code)
            {
                return done.Officer;
            }
        }

        return null;
    }
}
