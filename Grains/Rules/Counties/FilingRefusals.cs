using TownReform.Grains.Rules.Plans;

namespace TownReform.Grains.Rules.Counties;

/// <summary>What a county department is refused when it does more than file or forward (B2).</summary>
public static class FilingRefusals
{
    public static Refusal Unknown(string caseNumber) =>
        new(
            RefusalCode.FilingUnknown,
            "B2",
            new Words(
                $"本部门没有案件 {caseNumber} 的备案任务。请核对案件编号。",
                $"This department has no filing task for case {caseNumber}. Check the number."
            ),
            [new Fact("case", caseNumber)]
        );

    public static Refusal MayOnlyFile(FilingTask task, AnswerFiling command) =>
        new(
            RefusalCode.CountyMayOnlyFile,
            "B2",
            new Words(
                $"案件 {task.Case} 已加盖镇审批专用章，见章盖章、见文行文，只能备案或转报，不得拒收。本次干预已记录在案。请予备案或转报；如认为决定违法，请按监督程序提出。",
                $"Case {task.Case} carries the town's seal and can only be filed or forwarded, not refused. The attempt is "
                    + "recorded as an interference. File or forward it; if you hold the decision unlawful, use the supervision procedure."
            ),
            Facts(task, command)
        );

    public static Refusal SecondSeal(FilingTask task, AnswerFiling command, GovernmentLevel level, TownPolicy policy)
    {
        var possible = policy.ExtraSealBySpecialCircumstance && level == GovernmentLevel.City;
        return new(
            RefusalCode.SecondSealDemanded,
            "B2",
            new Words(
                $"案件 {task.Case} 已加盖镇审批专用章，不得要求再加盖其他印章。本次干预已记录在案。请予备案或转报{(possible ? "；确有特殊情况的，请写明后重新提交" : "")}。",
                $"Case {task.Case} carries the town's seal, and no other seal may be demanded. The attempt is recorded as an "
                    + "interference. File or forward "
                    + $"it{(possible ? "; where there is a special circumstance, state it and send it again" : "")}."
            ),
            [
                .. Facts(task, command),
                new Fact("level", level.ToString()),
                new Fact("specialCircumstance", string.IsNullOrWhiteSpace(command.SpecialCircumstance) ? "-" : command.SpecialCircumstance),
            ]
        );
    }

    private static System.Collections.Immutable.ImmutableArray<Fact> Facts(FilingTask task, AnswerFiling command) =>
        [
            new Fact("case", task.Case),
            new Fact("town", task.Town),
            new Fact("answer", command.Answer.ToString()),
            new Fact("by", $"{command.Stamp.Actor.Office}/{command.Stamp.Actor.Id}"),
        ];
}
