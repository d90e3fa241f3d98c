using TownReform.Grains.Rules.Plans;
using static TownReform.Grains.Rules.Staff.StaffRefusals;

namespace TownReform.Grains.Matters.Secondments;

/// <summary>What the secondment rules refuse (E1–E4).</summary>
public static class SecondmentRefusals
{
    public static Refusal NotApproved(SecondmentRequest request)
    {
        var (zh, en) = (request.TownAgreed, request.OrganisationApproved) switch
        {
            (false, false) => (
                "镇党委同意和县（市）委组织部批准",
                "the town party committee's agreement and the county organisation department's approval"
            ),
            (false, true) => ("镇党委同意", "the town party committee's agreement"),
            _ => ("县（市）委组织部批准", "the county organisation department's approval"),
        };
        return new(
            RefusalCode.SecondmentNotApproved,
            "E1",
            new Words(
                $"借调尚缺{zh}，不得开始。请先办妥批准手续。",
                $"The secondment still lacks {en} and may not start. Obtain it first."
            ),
            [
                new Fact("townPartyCommittee", Said(request.TownAgreed)),
                new Fact("organisationDepartment", Said(request.OrganisationApproved)),
            ]
        );
    }

    public static Refusal TooLong(DateOnly first, DateOnly until, DateOnly last, int months) =>
        new(
            RefusalCode.SecondmentTooLong,
            "E2",
            new Words(
                $"借调自 {first:O} 起算（延期合并计算），原则上不超过 {months} 个月，最迟至 {last:O}；连续计算至 {until:O}，不予批准。请缩短期限，或写明例外理由并报原两级批准。",
                $"Counted from its first day {first:O}, extensions included, the secondment may last {months} months as a rule, "
                    + $"until {last:O} at the latest; this makes it last until {until:O}. Shorten it, or record the reason for an "
                    + "exception and have both levels approve it."
            ),
            [
                new Fact("firstDay", Iso(first)),
                new Fact("until", Iso(until)),
                new Fact("lastAllowed", Iso(last)),
                new Fact("months", $"{months}"),
            ]
        );

    public static Refusal UnderTwoYears(StaffFacts person, SecondmentRequest request, DateOnly completed, int years) =>
        new(
            RefusalCode.SecondmentUnderTwoYears,
            "E3",
            new Words(
                $"{person.Id} 自 {person.Since:O} 到镇工作，{completed:O} 方满 {years} 年；{Level(request.Level).Zh}不得在此之前借调。请另选人员，或改在该日及以后。",
                $"{person.Id} has served in the town since {person.Since:O} and completes {years} years on {completed:O}; "
                    + $"{Level(request.Level).En} may not second them before. Choose somebody else, or that day or later."
            ),
            [
                new Fact("staff", person.Id),
                new Fact("since", Iso(person.Since)),
                new Fact("from", Iso(request.From)),
                new Fact("completed", Iso(completed)),
                new Fact("level", request.Level.ToString()),
            ]
        );

    public static Refusal UnderAgreement(StaffFacts person, SecondmentRequest request, DateOnly until) =>
        new(
            RefusalCode.SecondmentUnderAgreement,
            "E4",
            new Words(
                $"{person.Id} 与镇签订的服务协议至 {until:O} 止（含当日），协议期内一律不得借调。请另选人员，或改在协议期满次日及以后。",
                $"{person.Id} is under a service agreement with the town until {until:O}, that day included, and may never be "
                    + "seconded within it. Choose somebody else, or a later first day."
            ),
            [new Fact("staff", person.Id), new Fact("agreementUntil", Iso(until)), new Fact("from", Iso(request.From))]
        );

    public static Refusal DatesWrong(DateOnly from, DateOnly until) =>
        new(
            RefusalCode.SecondmentDatesWrong,
            "E1",
            new Words(
                $"借调日期 {from:O} 至 {until:O} 有误：须写明起止日期，止日不得早于起日，延期不得改变起日。请更正后重新报批。",
                $"The secondment from {from:O} to {until:O} has wrong dates: it may not end before it begins, and an extension "
                    + "keeps the first day. Correct the dates and submit it again."
            ),
            [new Fact("from", Iso(from)), new Fact("until", Iso(until))]
        );

    public static Refusal Overlaps(string staff, DateOnly from, DateOnly until, Absence other) =>
        new(
            RefusalCode.SecondmentOverlaps,
            "E1",
            new Words(
                $"借调 {from:O} 至 {until:O} 与已登记的{Kind(other).Zh}（{other.From:O} 至 {other.Until:O}）重叠，不予办理。请调整借调日期。",
                $"The secondment from {from:O} to {until:O} overlaps a recorded {Kind(other).En} ({other.From:O} to "
                    + $"{other.Until:O}). Change its dates."
            ),
            Overlap(staff, from, until, other)
        );

    private static string Said(bool yes) => yes ? "yes" : "missing";

    private static Words Level(GovernmentLevel level) =>
        level switch
        {
            GovernmentLevel.County => new("县（市）直部门", "a county department"),
            GovernmentLevel.City => new("市级机关", "a city department"),
            GovernmentLevel.Province => new("省级机关", "a provincial department"),
            _ => new("该机关", "that body"),
        };
}
