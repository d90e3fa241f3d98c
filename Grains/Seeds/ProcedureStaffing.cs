using System.Globalization;
using TownReform.Grains.Rules;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Rules.Towns;
using TownReform.Grains.Seeds.Reading;

namespace TownReform.Grains.Seeds;

/// <summary>That every town has the people whom a procedure's steps ask for: a step that nobody can do would hold every case.</summary>
internal static class ProcedureStaffing
{
    public static void Check(
        Procedure procedure,
        Entry root,
        string path,
        IReadOnlyCollection<TownPlan> towns,
        LawBook? law,
        FaultLog faults
    )
    {
        foreach (var lack in StaffLacks.Of(procedure, towns, law))
        {
            faults.Add(
                path,
                root["steps"][lack.Step.Code]["at"].Line,
                $"steps.{lack.Step.Code}",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{lack.Needed} people as '{lack.Step.Role}' at {lack.Workplace} of {lack.Town}"
                ),
                lack.People.ToString(CultureInfo.InvariantCulture)
            );
        }
    }
}
