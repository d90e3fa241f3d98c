using System.Globalization;
using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Rules.Texts;

namespace TownReform.Grains.Rules.Powers;

/// <summary>What the rules of powers refuse (A3–A8).</summary>
public static class PowerRefusals
{
    public static Refusal Unknown(string item, string town)
    {
        item = Characters.Told(item);
        return new(
            RefusalCode.PowerUnknown,
            "A3",
            new Words(
                $"{town} 的事项目录中没有 {item}，未办理。请核对事项编码。",
                $"The catalogue of {town} has no item {item}, so nothing was done. Check the code."
            ),
            [new Fact("item", item), new Fact("town", town)]
        );
    }

    public static Refusal NotInForce(PowerHolding holding, PowerItem item, DateOnly day)
    {
        var since = holding.Since is { } from ? $"{from:O}" : "-";
        var (code, words) = holding.Standing switch
        {
            PowerStanding.Suspended => (
                RefusalCode.PowerSuspended,
                new Words(
                    $"“{item.Name.Zh}”（{item.Code}）自 {since} 起暂停由镇行使，{day:O} 不得办理。请待恢复，或咨询原县（市）级部门。",
                    $"The power \"{item.Name.En}\" ({item.Code}) has been suspended since {since} and may not be used on {day:O}. "
                        + "Wait until it is restored, or ask the county department."
                )
            ),
            PowerStanding.Recalled => (
                RefusalCode.PowerRecalled,
                new Words(
                    $"“{item.Name.Zh}”（{item.Code}）自 {since} 起已由县（市）收回，{day:O} 镇无权办理。请到原县（市）级部门办理。",
                    $"The power \"{item.Name.En}\" ({item.Code}) was recalled by the county from {since}, so the town may not use "
                        + $"it on {day:O}. Go to the county department."
                )
            ),
            _ => (
                RefusalCode.PowerNotInForce,
                new Words(
                    $"“{item.Name.Zh}”（{item.Code}）{day:O} 未赋权本镇或尚未生效，法无授权不可为。请到县（市）级部门办理。",
                    $"The power \"{item.Name.En}\" ({item.Code}) is not in force for the town on {day:O}: nothing without "
                        + "authority. Go to the county department."
                )
            ),
        };
        return new(
            code,
            "A3",
            words,
            [new Fact("item", item.Code), new Fact("day", Iso(day)), new Fact("since", since), new Fact("goTo", item.CountyDepartment)]
        );
    }

    public static Refusal OutsideGuidance(PowerItem item) =>
        new(
            RefusalCode.OutsideGuidance,
            "A8",
            new Words(
                $"“{item.Name.Zh}”（{item.Code}）不在省指导目录内，不得赋权。如确需赋权，请先报省调整指导目录。",
                $"The item \"{item.Name.En}\" ({item.Code}) is not in the province's guidance catalogue and cannot be granted. "
                    + "Ask the province to change the catalogue first."
            ),
            [new Fact("item", item.Code), new Fact("guidance", item.Guidance ?? "-")]
        );

    public static Refusal NotReady(PowerItem item, Organ bureau, DateOnly day, IReadOnlyList<Fact> missing) =>
        new(
            RefusalCode.NotReady,
            "A5",
            new Words(
                $"{bureau.Name.Zh}尚不具备承接“{item.Name.Zh}”的条件，缺：{string.Join('、', missing.Select(m => Told(m).Zh))}。请补齐人员资格和装备后再报。",
                $"The bureau {bureau.Name.En} can't yet carry \"{item.Name.En}\"; missing: "
                    + $"{string.Join(", ", missing.Select(m => Told(m).En))}. Train the people and buy the equipment, then propose it "
                    + "again."
            ),
            [new Fact("item", item.Code), new Fact("bureau", bureau.Code), new Fact("day", Iso(day)), .. missing]
        );

    public static Refusal RouteClosed(PowerHolding holding, PowerItem item, TownPlan plan, DateOnly day) =>
        new(
            RefusalCode.RouteClosed,
            "A7",
            new Words(
                $"“{item.Name.Zh}”（{item.Code}）自 {holding.Since:O} 起由{plan.Name.Zh}办理，原部门不再受理。请到{plan.Name.Zh}服务窗口办理。",
                $"The item \"{item.Name.En}\" ({item.Code}) has been with {plan.Name.En} since {holding.Since:O}; the former "
                    + "department takes no new case. Go to the town's service window."
            ),
            [
                new Fact("item", item.Code),
                new Fact("day", Iso(day)),
                new Fact("since", $"{holding.Since:O}"),
                new Fact("goTo", $"{plan.Code}/{item.Bureau}"),
            ]
        );

    /// <summary>An item that law keeps at the county or above (A6) can't be changed by procedure.</summary>
    public static Refusal KeptByLaw(PowerItem item) =>
        new(
            RefusalCode.PowerInWrongState,
            "A6",
            new Words(
                $"“{item.Name.Zh}”（{item.Code}）依法由县级以上行使，不得赋权或调整。请按“镇收县办”流程办理。",
                $"Law keeps \"{item.Name.En}\" ({item.Code}) at county level or above, so it is neither granted nor changed. Use "
                    + "the route by which the town receives and the county decides."
            ),
            [new Fact("item", item.Code), new Fact("basis", item.LegalBasis)]
        );

    public static Refusal WrongState(PowerItem item, AdjustPower effect, PowerEntry? last) =>
        new(
            RefusalCode.PowerInWrongState,
            "A4",
            new Words(
                $"“{item.Name.Zh}”（{item.Code}）现为“{Standing(last).Zh}”{Since(last).Zh}，不能自 {effect.From:O} "
                    + $"起{Change(effect.Change).Zh}。请核对事项现状和生效日期。",
                $"The item \"{item.Name.En}\" ({item.Code}) is {Standing(last).En}{Since(last).En} and can't be "
                    + $"{Change(effect.Change).En} from {effect.From:O}. Check how it stands and the first day asked for."
            ),
            [
                new Fact("item", item.Code),
                new Fact("change", effect.Change.ToString()),
                new Fact("from", Iso(effect.From)),
                new Fact("standing", (last?.Standing ?? PowerStanding.NotHeld).ToString()),
                new Fact("since", last is null ? "-" : Iso(last.From)),
            ]
        );

    public static Refusal PromiseTooLong(PowerItem item, TimeLimit promised, TimeLimit statutory, string article) =>
        new(
            RefusalCode.PromiseLongerThanLaw,
            "B5",
            new Words(
                $"承诺期限 {promised.InWords().Zh}不得长于“{item.Name.Zh}”的法定期限 {statutory.InWords().Zh}（{article}），且须用同一计日单位。请缩短承诺期限。",
                $"A promised limit of {promised.InWords().En} may not be longer than the statutory {statutory.InWords().En} "
                    + $"({article}) of \"{item.Name.En}\", and counts the same kind of days. Promise a shorter one."
            ),
            [
                new Fact("item", item.Code),
                new Fact("promised", promised.ToString()),
                new Fact("statutory", statutory.ToString()),
                new Fact("article", article),
            ]
        );

    public static Refusal PromiseMalformed(PowerItem item, string promised) =>
        new(
            RefusalCode.FieldMalformed,
            "B5",
            new Words(
                $"承诺期限“{promised}”格式有误，应如 5wd（5 个工作日）或者 7cd（7 日）。请更正。",
                $"The promised limit \"{promised}\" is not understood; write 5wd (5 working days) or 7cd (7 calendar days)."
            ),
            [new Fact("item", item.Code), new Fact("promised", promised)]
        );

    private static string Iso(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);

    // "certificate:food" with how many there are of how many, or "equipment:printer".
    private static Words Told(Fact missing)
    {
        var (sort, code) = (missing.Name[..missing.Name.IndexOf(':')], missing.Name[(missing.Name.IndexOf(':') + 1)..]);
        return sort == "equipment"
            ? new($"{TermWords.Equipment(code).Zh}（{code}）", $"{TermWords.Equipment(code).En} ({code})")
            : new(
                $"“{TermWords.Certificate(code).Zh}”资格（{code}）人员 {missing.Value}",
                $"people with the certificate '{code}', {missing.Value}"
            );
    }

    private static Words Since(PowerEntry? last) => last is null ? new("", "") : new($"（自 {last.From:O} 起）", $" since {last.From:O}");

    private static Words Standing(PowerEntry? last) =>
        last?.Standing switch
        {
            PowerStanding.InForce => new("有效", "in force"),
            PowerStanding.Suspended => new("暂停", "suspended"),
            PowerStanding.Recalled => new("已收回", "recalled"),
            _ => new("未赋权", "not granted"),
        };

    private static Words Change(PowerChange change) =>
        change switch
        {
            PowerChange.Grant => new("赋权", "granted"),
            PowerChange.Suspend => new("暂停", "suspended"),
            PowerChange.Adjust => new("调整", "adjusted"),
            _ => new("收回", "recalled"),
        };
}
