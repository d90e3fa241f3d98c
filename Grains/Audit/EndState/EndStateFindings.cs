namespace TownReform.Grains.Audit.EndState;

/// <summary>The checks of the end state: their names for programs, the clauses that they watch over, and what each says when all is
/// well.</summary>
internal sealed class EndStateFindings
{
    public Findings Plan { get; } = new("plan", "I1", new("镇由所用方案建立", "towns were founded from the plans at hand"));
    public Findings Chains { get; } = new("chains", "I2", new("散列链与提交链完整", "chains of streams and commits are whole"));
    public Findings Readable { get; } = new("records", "I2", new("记录皆可读、皆可接续", "every record can be read and follows"));
    public Findings Once { get; } = new("commands", "I2", new("同一命令在一条流上只记一次", "no command is recorded twice on a stream"));
    public Findings Acknowledged { get; } =
        new(
            EndStateCheck.OfAcknowledged,
            "I2",
            new("已答复的命令均在记录中且仅一次", "every command that was answered is on record, once")
        );
    public Findings Moments { get; } =
        new("moments", "I2", new("记录不倒序，收到时刻可信", "no stream goes back in time, and receipts are what they can be"));
    public Findings Speakers { get; } =
        new("speakers", "I2", new("各机构的事由任职者办理", "offices were spoken to by those who hold the office"));
    public Findings Legal { get; } =
        new("transitions", "A3", new("案件每一步皆合程序", "each event of a case is one that its procedure allows"));
    public Findings Decided { get; } =
        new("decisions", "A3", new("一案一决定，办结后不再变动", "a case is decided and ends once, and stays ended"));
    public Findings Unique { get; } =
        new("certificates", "B1", new("证号依次编制、不重复", "certificate numbers follow on and none is given twice"));
    public Findings Numbered { get; } =
        new("seals", "B1", new("案件证号与用印记录一致", "a case bears the number that the seal has recorded"));
    public Findings Posts { get; } = new("posts", "D2", new("任何时候编制不超、一人一编", "posts are never over, and nobody holds two"));
    public Findings Absences { get; } =
        new("secondments", "E1", new("借调、休假合规、不重叠", "secondments and leave keep their rules and don't overlap"));
    public Findings Excellent { get; } = new("excellent", "E7", new("优秀比例任何时候不超", "the share of excellent is never over"));
    public Findings Powers { get; } = new("powers", "A4", new("权限变动皆合规", "each change of a power was possible"));
    public Findings Waiting { get; } = new("outbox", "I2", new("无待投递的后续动作", "no effect waits for delivery"));
    public Findings Index { get; } = new("read-model", "I2", new("索引与待办同记录一致", "lists and work are what the streams say"));

    /// <summary>All of them, in the order in which they are listed.</summary>
    /// <param name="told">Whether anybody told what clients were answered.</param>
    public IEnumerable<Findings> All(bool told) =>
        [
            Plan,
            Chains,
            Readable,
            .. told ? [Acknowledged] : Array.Empty<Findings>(),
            Once,
            Moments,
            Speakers,
            Legal,
            Decided,
            Unique,
            Numbered,
            Posts,
            Absences,
            Excellent,
            Powers,
            Waiting,
            Index,
        ];
}
