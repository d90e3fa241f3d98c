using System.Globalization;
using TownReform.Grains.Rules;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Plans;
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
        foreach (var step in procedure.Steps.Values)
        {
            var entry = root["steps"][step.Code];

            // The law of a later day may ask for more; a town is staffed for each.
            var hands = step.Hands.Figures.IsEmpty ? step.Hands.Stated : law?.Spans.Max(step.Hands.On) ?? 0;
            foreach (var town in towns)
            {
                foreach (var (workplace, people) in Workplaces(procedure, step, town))
                {
                    if (people < hands)
                    {
                        faults.Add(
                            path,
                            entry["at"].Line,
                            $"steps.{step.Code}",
                            string.Create(CultureInfo.InvariantCulture, $"{hands} people as '{step.Role}' at {workplace} of {town.Code}"),
                            people.ToString(CultureInfo.InvariantCulture)
                        );
                    }
                }
            }
        }
    }

    private static IEnumerable<(string Workplace, int People)> Workplaces(Procedure procedure, StepRule step, TownPlan town)
    {
        var items = town.Items.Values.Where(item => procedure.Kinds.Contains(item.Retained ? ItemKinds.Retained : item.Kind));
        return step.At switch
        {
            { Kind: PlaceKind.Duty, Name: var duty } =>
            [
                ($"duty:{duty}", People(town, town.Organs.FirstOrDefault(o => o.Duties.Contains(duty))?.Code, step)),
            ],
            { Kind: PlaceKind.CountyDuty, Name: var duty } =>
            [
                (
                    $"county-duty:{duty}",
                    town.CountyDepartments.FirstOrDefault(d => d.Duties.Contains(duty)) is { } department ? People(department, step) : 0
                ),
            ],
            { Kind: PlaceKind.Item } => items.Select(i => i.Bureau).Distinct().Select(bureau => (bureau, People(town, bureau, step))),
            { Kind: PlaceKind.County } => items
                .Select(i => i.CountyDepartment)
                .Distinct()
                .Select(code => (code, People(town.CountyDepartments.First(d => d.Code == code), step))),
            _ => [],
        };
    }

    private static int People(CountyDepartment department, StepRule step) =>
        department.People.Count(person => person.Roles.Contains(step.Role));

    private static int People(TownPlan town, string? organ, StepRule step) =>
        town
            .Staff.Concat(town.StationedStaff)
            .Count(person =>
                person.Organ == organ
                && person.Roles.Contains(step.Role)
                && step.Certificates.All(c => c == "item" || person.Certificates.Any(held => held.Code == c))
            );
}
