namespace TownReform.Grains.Rules.Cases;

/// <summary>Where a step is done: keys of workplaces, without the world.</summary>
public static class Workplaces
{
    public const string Outside = "outside";
    public const string OfItem = "item";
    public const string OfCounty = "county";
    public const string DutyPrefix = "duty:";
    public const string CountyDutyPrefix = "county-duty:";

    /// <summary>Key of the workplace of a step; a step outside is watched by the workplace before it, or by the one window.</summary>
    public static string Of(StepRule step, string? before, CaseFacts facts)
    {
        var plan = facts.Plan;
        return step.At switch
        {
            Outside => before ?? plan.WorkplaceOf("service"),
            OfItem when facts.Item is { } item => plan.WorkplaceAt(item.Bureau),
            OfCounty when facts.Item is { } item => plan.OfficeAt(item.CountyDepartment),
            _ when step.At.StartsWith(DutyPrefix, StringComparison.Ordinal) => plan.WorkplaceOf(step.At[DutyPrefix.Length..]),
            _ when step.At.StartsWith(CountyDutyPrefix, StringComparison.Ordinal) => plan.OfficeOf(step.At[CountyDutyPrefix.Length..]),
            _ => throw new InvalidOperationException($"Step {step.Code} of {facts.Procedure.Code} is at '{step.At}', which needs an item."),
        };
    }
}
