using TownReform.Grains.Rules.Texts;

namespace TownReform.Grains.Rules.Staff;

/// <summary>What a town's staff rules refuse: which rule, why, and what to do next.</summary>
public static class StaffRefusals
{
    public static Refusal Unknown(string id)
    {
        id = Characters.Told(id);
        return new(
            RefusalCode.StaffUnknown,
            "D2",
            new Words(
                $"查无工作人员 {id}，本次操作未办理。请核对人员编号，或先办理录用登记。",
                $"No member of staff {id} is known, so nothing was done. Check the id, or hire the person first."
            ),
            [new Fact("staff", id)]
        );
    }

    public static Refusal AlreadyKnown(StaffFacts known) =>
        new(
            RefusalCode.StaffAlreadyKnown,
            "I2",
            new Words(
                $"人员编号 {known.Id} 已登记且登记内容不同，不予重复录用。请使用新的编号，或核对登记内容。",
                $"Staff id {known.Id} is already registered with other particulars. Use a new id, or check the particulars."
            ),
            [new Fact("staff", known.Id), new Fact("organ", known.Organ), new Fact("since", Iso(known.Since))]
        );

    public static Refusal LeaveDatesWrong(StaffFacts person, DateOnly from, DateOnly until) =>
        new(
            RefusalCode.LeaveDatesWrong,
            "E9",
            new Words(
                $"休假日期 {from:O} 至 {until:O} 有误：止日不得早于起日，起日不得早于到镇工作之日 {person.Since:O}。请更正后重新提交。",
                $"Leave from {from:O} to {until:O} is wrong: it may not end before it begins, nor begin before the first day of "
                    + $"service, {person.Since:O}. Correct the days and send it again."
            ),
            [new Fact("staff", person.Id), new Fact("from", Iso(from)), new Fact("until", Iso(until)), new Fact("since", Iso(person.Since))]
        );

    public static Refusal LeaveOverlaps(StaffFacts person, DateOnly from, DateOnly until, Absence other) =>
        new(
            RefusalCode.LeaveOverlaps,
            "E9",
            new Words(
                $"休假 {from:O} 至 {until:O} 与已登记的{Kind(other).Zh}（{other.From:O} 至 {other.Until:O}）重叠，不予登记。请另选日期。",
                $"Leave from {from:O} to {until:O} overlaps a recorded {Kind(other).En} ({other.From:O} to {other.Until:O}). "
                    + "Choose other days."
            ),
            Overlap(person.Id, from, until, other)
        );

    internal static string Iso(DateOnly day) => day.ToString("O", System.Globalization.CultureInfo.InvariantCulture);

    internal static Words Kind(Absence absence) => absence.Kind == AbsenceKind.Leave ? new("休假", "leave") : new("借调", "secondment");

    internal static System.Collections.Immutable.ImmutableArray<Fact> Overlap(string staff, DateOnly from, DateOnly until, Absence other) =>
        [
            new Fact("staff", staff),
            new Fact("from", Iso(from)),
            new Fact("until", Iso(until)),
            new Fact("otherFrom", Iso(other.From)),
            new Fact("otherUntil", Iso(other.Until)),
        ];
}
