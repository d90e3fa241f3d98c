using System.CommandLine;
using TownReform.Client.Terminal;
using TownReform.Grains.Rules.Offices;
using TownReform.Grains.Seeds;

namespace TownReform.Client.Live;

/// <summary>What the console knows from the seeds: which town, which item, which procedure, whose office. A wrong name is told with the right ones.</summary>
internal sealed class Plans(SeedLibrary seeds)
{
    public SeedLibrary Seeds { get; } = seeds;

    /// <summary>All towns, in the order of their codes.</summary>
    public IEnumerable<TownPlan> Towns => Seeds.Towns.Values.OrderBy(t => t.Code, StringComparer.Ordinal);

    public TownPlan Town(string code) => Seeds.Towns.TryGetValue(code, out var plan)
        ? plan
        : throw Halt.BadInput($"没有镇“{code}”；现有：{Codes(Seeds.Towns.Keys)}。", $"There is no town '{code}'; there are: {Codes(Seeds.Towns.Keys)}.");

    /// <summary>The town whose prefix a case number has before its digits: a prefix may begin with another town's.</summary>
    public TownPlan TownOf(string number) => Towns.FirstOrDefault(t => number.AsSpan().TrimEnd("0123456789").SequenceEqual(t.Prefix))
        ?? throw Halt.BadInput(
            $"“{number}”不是案件编号；编号以 {Codes(Towns.Select(t => t.Prefix))} 开头，如 {Towns.First().Prefix}00000001。",
            $"'{number}' is no case number; numbers begin with {Codes(Towns.Select(t => t.Prefix))}, such as {Towns.First().Prefix}00000001.");

    public static PowerItem Item(TownPlan plan, string code) => plan.Items.TryGetValue(code, out var item)
        ? item
        : throw Halt.BadInput($"{plan.Name.Zh}没有事项“{code}”；用 power list --town {plan.Code} 查询。", $"{plan.Name.En} has no item '{code}'; see power list --town {plan.Code}.");

    public static StaffFacts Person(TownPlan plan, string id) => Somebody(plan, id)
        ?? throw Halt.BadInput($"{plan.Name.Zh}没有人员“{id}”；编号如 {plan.Staff[0].Id}。", $"{plan.Name.En} has nobody '{id}'; ids look like {plan.Staff[0].Id}.");

    public static CountyDepartment Department(TownPlan plan, string code) => plan.CountyDepartments.FirstOrDefault(d => d.Code == code)
        ?? throw Halt.BadInput(
            $"{plan.Name.Zh}的上级没有部门“{code}”；现有：{Codes(plan.CountyDepartments.Select(d => d.Code))}。",
            $"No department '{code}' stands above {plan.Name.En}; there are: {Codes(plan.CountyDepartments.Select(d => d.Code))}.");

    /// <summary>Key of a workplace (without the world): one of the town's organs or a department above it.</summary>
    public static string Workplace(TownPlan plan, string code) =>
        plan.Organs.Any(o => o.Code == code) ? plan.WorkplaceAt(code)
        : plan.CountyDepartments.Any(d => d.Code == code) ? plan.OfficeAt(code)
        : throw Halt.BadInput(
            $"{plan.Name.Zh}没有机构“{code}”；现有：{Codes(plan.Organs.Select(o => o.Code))}，以及上级部门 {Codes(plan.CountyDepartments.Select(d => d.Code))}。",
            $"{plan.Name.En} has no office '{code}'; there are: {Codes(plan.Organs.Select(o => o.Code))}, and above it {Codes(plan.CountyDepartments.Select(d => d.Code))}.");

    /// <summary>Who acts. Without an office: that of the member of staff or county officer with this id, else the public.</summary>
    public static Actor Actor(TownPlan plan, string id, string? office, string? onBehalfOf) =>
        new(id, office is null ? OfficeOf(plan, id) : Office(plan, office), onBehalfOf);

    /// <summary>The procedure named, or the one that takes such an item on its own route: the one that most may open, then by code.</summary>
    public Procedure ProcedureFor(PowerItem item, string? named)
    {
        if (named is not null)
        {
            return Procedure(named);
        }

        var (kind, route) = item.Retained ? (SubjectKinds.Retained, "county") : (item.Kind, "town");
        return Seeds.Procedures.Values.Where(p => p.Kinds.Contains(kind) && p.Route == route)
            .OrderByDescending(p => p.OpenedBy.Length).ThenBy(p => p.Code, StringComparer.Ordinal).FirstOrDefault()
            ?? throw Halt.BadInput($"没有办理 {kind} 类事项的程序；请用 --procedure 指明。", $"No procedure takes items of kind {kind}; name one with --procedure.");
    }

    public Procedure Procedure(string code) => Seeds.Procedures.TryGetValue(code, out var procedure)
        ? procedure
        : throw Halt.BadInput($"没有程序“{code}”；现有：{Codes(Seeds.Procedures.Keys)}。", $"There is no procedure '{code}'; there are: {Codes(Seeds.Procedures.Keys)}.");

    /// <summary>What to say when nobody is named who may decide in somebody's matters: who may, those of the person's own organ first.</summary>
    public static Halt WhoIsOver(TownPlan plan, StaffFacts person, Option option)
    {
        string[] over = [.. plan.Staff.Where(staff => OfficeRules.IsOver(staff, person)).OrderByDescending(staff => staff.Organ == person.Organ).Select(staff => $"{staff.Id} ({staff.Organ})")];
        return Halt.BadInput(
            $"请用 {option.Name} 写明由谁批准 {person.Id}；可由：{string.Join("、", over)}。",
            $"Say with {option.Name} who approves for {person.Id}; these may: {string.Join(", ", over)}.");
    }

    private static string OfficeOf(TownPlan plan, string id) =>
        Somebody(plan, id)?.Organ
        ?? plan.CountyDepartments.FirstOrDefault(d => d.People.Any(p => p.Id == id))?.Code
        ?? TownReform.Actor.Public;

    private static string Office(TownPlan plan, string code) =>
        code == TownReform.Actor.Public || plan.Organs.Any(o => o.Code == code) || plan.CountyDepartments.Any(d => d.Code == code)
            ? code
            : throw Halt.BadInput($"{plan.Name.Zh}没有机构“{code}”。", $"{plan.Name.En} has no office '{code}'.");

    private static StaffFacts? Somebody(TownPlan plan, string id) => plan.Staff.Concat(plan.StationedStaff).FirstOrDefault(p => p.Id == id);

    private static string Codes(IEnumerable<string> codes) => string.Join(", ", codes.Order(StringComparer.Ordinal));
}
