using TownReform.Grains.Rules;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Fees;
using TownReform.Grains.Rules.Plans;

namespace TownReform.Grains.Matters.Fees;

/// <summary>What a payment of a fee must be, and who pays (行政许可法 §§58–59, C5, B4).</summary>
[Clause("B4", "B7", "C5")]
public static class FeeRules
{
    private const int ShortestReceipt = 4,
        LongestReceipt = 40;

    /// <summary>Neither more nor less than the fee, to the fen.</summary>
    /// <param name="fee">Field <c>fee</c>, in yuan: that of the item's version on the day of opening.</param>
    /// <param name="paid">Field <c>paid</c>, in yuan.</param>
    public static Refusal? Exact(decimal fee, decimal paid) => paid == fee ? null : FeeRefusals.NotExact(fee, paid);

    /// <summary>What is booked is what was paid, to the fen.</summary>
    /// <param name="booked">Field <c>booked</c>, in yuan, by the collector's own list.</param>
    public static Refusal? Booked(decimal paid, decimal booked) => booked == paid ? null : FeeRefusals.NotExact(paid, booked);

    /// <summary>From the day of the grant, on which the fee falls due, to today; both count.</summary>
    /// <param name="paidOn">Field <c>paid-on</c>: the day by the channel's receipt.</param>
    public static Refusal? PaidDay(DateOnly paidOn, CaseFile file, DateOnly day)
    {
        var due = file.Clock.EndedOn ?? file.OpenedOn;
        return due <= paidOn && paidOn <= day ? null : FeeRefusals.DayWrong(paidOn, due, day);
    }

    /// <summary>B4: the party pays, or its agent, where the authorisation covers it and the town's plan knows paying on behalf
    /// (代缴).</summary>
    /// <param name="payer">Field <c>payer</c>: id of who paid, by the channel's receipt.</param>
    /// <param name="agentPays">Field <c>agent-pays</c>: the authorisation covers the fee.</param>
    public static Refusal? Payer(string payer, bool? agentPays, CaseFile file, TownPlan plan) =>
        Rules.Texts.TextRules.SameId(payer, file.Party.Id) ? null
        : agentPays != true || !Rules.Texts.TextRules.SameId(payer, AgentRules.Authorised(file))
            ? FeeRefusals.NotThePayer(payer, file.Party.Id)
        : plan.Policy.Provisions.Contains(Provisions.PayOnBehalf) ? null
        : FeeRefusals.OnBehalfNotKnown(payer, plan.Name.Zh);

    /// <summary>A treasury receipt (财政票据) has a number. That it is used once only its own record says.</summary>
    public static Refusal? ReceiptNumber(string receipt) =>
        receipt.Length is >= ShortestReceipt and <= LongestReceipt && receipt.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
            ? null
            : FeeRefusals.ReceiptUnfit(receipt);
}
