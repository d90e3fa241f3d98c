using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Rules.Staff;

namespace TownReform.Grains.Rules.Powers;

/// <summary>May the town use a power on a day, and by which route (A3, A5, A7, A8).</summary>
[Clause("A3", "A4", "A5", "A7", "A8", "E5")]
public static class PowerRules
{
    /// <summary>The county's route, in the words of a procedure.</summary>
    public const string CountyRoute = "county";

    /// <summary>A3: nothing without authority; the item is in force for the town on that day.</summary>
    public static Refusal? InForce(PowerHolding holding, PowerItem item, DateOnly day) =>
        holding.Standing == PowerStanding.InForce ? null : PowerRefusals.NotInForce(holding, item, day);

    /// <summary>Whether the town may decide about an item whose power stands so: it holds it, or finishes what was open when it lost it,
    /// where the item says so (A4).</summary>
    public static bool MayDecide(PowerItem item, PowerStanding standing) =>
        standing == PowerStanding.InForce
        || (item.InFlight == InFlightRule.Finish && standing is (PowerStanding.Recalled or PowerStanding.Suspended));

    /// <summary>A8: where the plan is bound by a provincial guidance catalogue, only what stands in it can be granted.</summary>
    public static Refusal? WithinGuidance(TownPlan plan, PowerItem item) =>
        plan.Guidance is not { } guidance || (item.Guidance is { } row && guidance.Contains(row))
            ? null
            : PowerRefusals.OutsideGuidance(item);

    /// <summary>
    /// A5: the bureau has the certified people and the equipment that the item needs; everything missing is listed at once.
    /// A certificate counts on its last valid day; somebody seconded away on that day doesn't count (E5), nor whose post was freed.
    /// </summary>
    public static Refusal? Readiness(PowerItem item, Organ bureau, IReadOnlyCollection<StaffFacts> people, DateOnly day)
    {
        var present = people.Where(p => p.Organ == bureau.Code && !IsSeconded(p, day) && !StaffRules.IsOutOfOffice(p)).ToList();
        var missing = item
            .Certificates.Select(need =>
                (need.Certificate, need.People, Have: present.Count(p => StaffRules.Holds(p, need.Certificate, day)))
            )
            .Where(need => need.Have < need.People)
            .Select(need => new Fact($"certificate:{need.Certificate}", $"{need.Have}/{need.People}"))
            .Concat(item.Equipment.Where(e => !bureau.Equipment.Contains(e)).Select(e => new Fact($"equipment:{e}", "missing")))
            .ToList();
        return missing.Count == 0 ? null : PowerRefusals.NotReady(item, bureau, day, missing);
    }

    /// <summary>A7: while an item is in force at the town, the county's route takes no new case for it.</summary>
    public static Refusal? RouteOpen(PowerHolding holding, PowerItem item, string route, TownPlan plan, DateOnly day) =>
        route == CountyRoute && holding.Standing == PowerStanding.InForce ? PowerRefusals.RouteClosed(holding, item, plan, day) : null;

    /// <summary>A5: in its first months after being granted an item is used under guidance; the day on which they are over is the first
    /// without.</summary>
    public static bool IsGuided(PowerHolding holding, TownPolicy policy, DateOnly day) =>
        holding is { Standing: PowerStanding.InForce, Since: { } since } && day < since.AddMonths(policy.GuidanceMonths);

    /// <summary>B5: a promised limit is <c>5wd</c> or <c>7cd</c>, in the unit of the item's limit by the law of the day from which it is
    /// promised, and never longer than it.</summary>
    public static Refusal? Promise(PowerItem item, string? promised, DateOnly from, LawBook law)
    {
        if (promised is null)
        {
            return null;
        }

        if (!TimeLimit.TryParse(promised, out var limit))
        {
            return PowerRefusals.PromiseMalformed(item, promised);
        }

        var statutory = item.On(from).Statutory;
        return statutory.On(law.On(from)) is { Days: > 0 } most && (limit.Unit != most.Unit || limit.Days > most.Days)
            ? PowerRefusals.PromiseTooLong(item, limit, most, statutory.FigureOn(law.On(from))?.Article ?? item.On(from).LegalBasis)
            : null;
    }

    private static bool IsSeconded(StaffFacts person, DateOnly day) =>
        Absences.Overlapping(person.Absences, day, day)?.Kind == AbsenceKind.Secondment;
}
