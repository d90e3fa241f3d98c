using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Plans;

namespace TownReform.Grains.Rules.Towns;

/// <summary>The steps of a procedure that a town has too few people for. Pure.</summary>
internal static class StaffLacks
{
    /// <param name="law">The figures that may say how many do a step; null when they are broken.</param>
    public static IEnumerable<StaffLack> Of(Procedure procedure, IReadOnlyCollection<TownPlan> towns, LawBook? law)
    {
        foreach (var step in procedure.Steps.Values)
        {
            // The law of a later day may ask for more; a town is staffed for each.
            var hands = step.Hands.Figures.IsEmpty ? step.Hands.Stated : law?.Spans.Max(step.Hands.On) ?? 0;
            foreach (var town in towns)
            {
                foreach (var (workplace, people) in Workplaces(procedure, step, town).Where(at => at.People < hands))
                {
                    yield return new(step, hands, workplace, town.Code, people);
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

/// <summary>A step for which a town has too few people.</summary>
/// <param name="Workplace">Organ or department, or <c>duty:</c> with the duty that it carries.</param>
internal sealed record StaffLack(StepRule Step, int Needed, string Workplace, string Town, int People);
