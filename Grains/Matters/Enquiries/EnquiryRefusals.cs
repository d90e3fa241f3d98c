namespace TownReform.Grains.Matters.Enquiries;

/// <summary>Why an enquiry is not opened, handed over or answered so (首问负责, B3).</summary>
public static class EnquiryRefusals
{
    private const string Clause = "B3";

    public static Refusal Away(StaffFacts to, DateOnly day) =>
        new(
            RefusalCode.EnquiryTakerAway,
            Clause,
            new Words(
                $"{to.Id} 于 {day:O} 不在岗，不能接办；请另选在岗人员。",
                $"{to.Id} is away on {day:O} and can't take over; choose somebody who is there."
            ),
            [new Fact("to", to.Id), new Fact("day", $"{day:O}")]
        );

    public static Refusal OwnsAlready(StaffFacts to) =>
        new(
            RefusalCode.EnquiryOwnsAlready,
            Clause,
            new Words($"{to.Id} 已是本件的承办人；请另选接办人。", $"{to.Id} owns it already; choose a colleague."),
            [new Fact("to", to.Id)]
        );

    public static Refusal HandedBack(StaffFacts to) =>
        new(
            RefusalCode.EnquiryHandedBack,
            Clause,
            new Words(
                $"{to.Id} 已承办过 {EnquiryRules.MostTurns} 次，不能再次退给同一人；请自行答复，或者移交其他人员。",
                $"{to.Id} has owned it {EnquiryRules.MostTurns} times already, so it is not handed back again; answer it, or hand it to "
                    + "somebody else."
            ),
            [new Fact("to", to.Id)]
        );

    public static Refusal DutyUnnamed() =>
        new(
            RefusalCode.EnquiryDutyUnnamed,
            Clause,
            new Words(
                "答复“不属于本单位职责”时，应写明责任单位（responsible）。",
                "\"Not our duty\" has to say whose it is: name the body in field 'responsible'."
            ),
            [new Fact("field", "responsible")]
        );
}
