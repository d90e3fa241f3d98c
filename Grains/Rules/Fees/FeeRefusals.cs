using TownReform.Grains.Rules.Cases;

namespace TownReform.Grains.Rules.Fees;

/// <summary>Why a payment of a fee is not taken.</summary>
public static class FeeRefusals
{
    /// <summary>The number is another case's; which one is nobody's business.</summary>
    public static Refusal ReceiptUsed(string number, string @case) =>
        CaseRefusals.No(
            RefusalCode.ReceiptUsed,
            "C5",
            $"票据号 {number} 已用于其他案件的缴费，不能再用于案件 {@case}；请核对票据号。",
            $"Receipt {number} was used for a payment of another case and can't be used for {@case}; check the number.",
            new Fact("receipt", number),
            new Fact("case", @case)
        );

    public static Refusal ReceiptUnfit(string number) =>
        CaseRefusals.No(
            RefusalCode.ReceiptNumberUnfit,
            "C5",
            $"票据号“{number}”不合要求：须为 4 至 40 个字母、数字或者连字符（receipt）。没有财政票据的，当事人有权拒绝缴费。",
            $"'{number}' is no number of a receipt: 4 to 40 letters, digits or hyphens (receipt). Without a treasury receipt the party may "
                + "refuse to pay.",
            new Fact("receipt", number)
        );

    /// <param name="fee">What is owed, or was paid.</param>
    public static Refusal NotExact(decimal fee, decimal given) =>
        CaseRefusals.No(
            RefusalCode.AmountNotPaid,
            "C5",
            $"应为 {fee:F2} 元，所报为 {given:F2} 元；收费须与标准分毫不差。",
            $"It must be {fee:F2} yuan and was {given:F2}; a fee is neither more nor less than its rate.",
            new Fact("owed", CaseFee.Yuan(fee)),
            new Fact("paid", CaseFee.Yuan(given))
        );

    public static Refusal DayWrong(DateOnly paidOn, DateOnly due, DateOnly today) =>
        CaseRefusals.No(
            RefusalCode.FeeDayWrong,
            "C5",
            $"缴款日应在准予许可之日 {due:O} 至今日 {today:O} 之间，所报为 {paidOn:O}（paid-on）。",
            $"A fee is paid between the day of the grant, {due:O}, and today, {today:O}; told was {paidOn:O} (paid-on).",
            new Fact("paid-on", $"{paidOn:O}"),
            new Fact("due", $"{due:O}"),
            new Fact("today", $"{today:O}")
        );

    public static Refusal NotThePayer(string payer, string party) =>
        CaseRefusals.No(
            RefusalCode.FeePayerNotAllowed,
            "B4",
            $"缴款人 {payer} 既不是当事人，也不是授权代缴费用的代办人（agent-pays）；应由当事人 {party} 或者经授权的代办人缴费，已付款项由收缴平台退回。",
            $"{payer}, who paid, is neither the party nor an agent whose authorisation covers it (agent-pays); the party {party} pays, or "
                + "the agent who is authorised. The payment channel gives back what was paid.",
            new Fact("payer", payer),
            new Fact("party", party)
        );

    public static Refusal OnBehalfNotKnown(string payer, string town) =>
        CaseRefusals.No(
            RefusalCode.PayOnBehalfNotKnown,
            "B4",
            $"{town}的方案没有代缴，代办人 {payer} 不能代缴费用；请当事人本人缴费，已付款项由收缴平台退回。",
            $"The plan of {town} knows no paying on behalf, so the agent {payer} can't pay; the party pays. The payment channel gives back "
                + "what was paid.",
            new Fact("payer", payer)
        );
}
