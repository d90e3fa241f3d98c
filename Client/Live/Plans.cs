using System.CommandLine;
using TownReform.Client.Terminal;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Offices;
using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Rules.Towns;

namespace TownReform.Client.Live;

/// <summary>What the console knows from the seeds: which town, which item, which procedure, whose office. A wrong name is told with the
/// right ones.</summary>
internal sealed class Plans(SeedLibrary seeds)
{
    public SeedLibrary Seeds { get; } = seeds;

    /// <summary>All towns, in the order of their codes.</summary>
    public IEnumerable<TownPlan> Towns => Seeds.Towns.Values.OrderBy(t => t.Code, StringComparer.Ordinal);

    public TownPlan Town(string code) =>
        Seeds.Towns.TryGetValue(code, out var plan)
            ? plan
            : throw CommandFailedException.BadInput(
                $"没有镇“{code}”；现有：{Codes(Seeds.Towns.Keys)}。",
                $"There is no town '{code}'; there are: {Codes(Seeds.Towns.Keys)}."
            );

    public static PowerItem Item(TownPlan plan, string code) =>
        plan.Items.TryGetValue(code, out var item)
            ? item
            : throw CommandFailedException.BadInput(
                $"{plan.Name.Zh}没有事项“{code}”；用 power list --town {plan.Code} 查询。",
                $"{plan.Name.En} has no item '{code}'; see power list --town {plan.Code}."
            );

    public static StaffFacts Person(TownPlan plan, string id) =>
        Somebody(plan, id)
        ?? throw CommandFailedException.BadInput(
            $"{plan.Name.Zh}没有人员“{id}”；编号如 {plan.Staff[0].Id}。",
            $"{plan.Name.En} has nobody '{id}'; ids look like {plan.Staff[0].Id}."
        );

    public static CountyDepartment Department(TownPlan plan, string code) =>
        plan.CountyDepartments.FirstOrDefault(d => d.Code == code)
        ?? throw CommandFailedException.BadInput(
            $"{plan.Name.Zh}的上级没有部门“{code}”；现有：{Codes(plan.CountyDepartments.Select(d => d.Code))}。",
            $"No department '{code}' stands above {plan.Name.En}; there are: {Codes(plan.CountyDepartments.Select(d => d.Code))}."
        );

    /// <summary>The procedure named, or the one that takes such an item on its own route: the one that most may open, then by
    /// code.</summary>
    /// <param name="day">Whose fee counts: an item with one has procedures of its own.</param>
    public Procedure ProcedureFor(PowerItem item, string? named, DateOnly day)
    {
        if (named is not null)
        {
            return Procedure(named);
        }

        var (kind, route) = item.Retained ? (ItemKinds.Retained, "county") : (item.Kind, "town");
        return Seeds
                .Procedures.Values.Where(p => p.Kinds.Contains(kind) && p.Route == route && CaseFee.Fits(p, item.On(day).Fee))
                .OrderByDescending(p => p.OpenedBy.Length)
                .ThenBy(p => p.Code, StringComparer.Ordinal)
                .FirstOrDefault()
            ?? throw CommandFailedException.BadInput(
                $"没有办理 {kind} 类事项的程序；请用 --procedure 指明。",
                $"No procedure takes items of kind {kind}; name one with --procedure."
            );
    }

    public Procedure Procedure(string code) =>
        Seeds.Procedures.TryGetValue(code, out var procedure)
            ? procedure
            : throw CommandFailedException.BadInput(
                $"没有程序“{code}”；现有：{Codes(Seeds.Procedures.Keys)}。",
                $"There is no procedure '{code}'; there are: {Codes(Seeds.Procedures.Keys)}."
            );

    /// <summary>What to say when nobody is named who may decide in somebody's matters: who may, those of the person's own organ
    /// first.</summary>
    public static CommandFailedException WhoIsOver(TownPlan plan, StaffFacts person, Option option)
    {
        string[] over =
        [
            .. plan
                .Staff.Where(staff => OfficeRules.IsOver(staff, person))
                .OrderByDescending(staff => staff.Organ == person.Organ)
                .Select(staff => $"{staff.Id} ({staff.Organ})"),
        ];
        return CommandFailedException.BadInput(
            $"请用 {option.Name} 写明由谁批准 {person.Id}；可由：{string.Join("、", over)}。",
            $"Say with {option.Name} who approves for {person.Id}; these may: {string.Join(", ", over)}."
        );
    }

    private static StaffFacts? Somebody(TownPlan plan, string id) => plan.Staff.Concat(plan.StationedStaff).FirstOrDefault(p => p.Id == id);

    private static string Codes(IEnumerable<string> codes) => string.Join(", ", codes.Order(StringComparer.Ordinal));
}
