namespace TownReform.Grains.Rules.Cases;

/// <summary>Acts on many cases at once (批量办理): each case still asks all of its rules, and answers for itself.</summary>
[Clause("B9")]
public static class BatchRules
{
    /// <summary>Most cases of one batch.</summary>
    public const int MostCases = 50;

    /// <summary>Why an act isn't one to be done on many cases at once. What isn't possible at the step the case says itself.</summary>
    /// <param name="number">Of the case.</param>
    /// <param name="step">The one at which it stands.</param>
    public static Refusal? Check(Procedure procedure, string number, string step, string act) =>
        procedure.ActAt(step, act) is { Batch: false } single ? Single(number, single) : null;

    private static Refusal Single(string number, ActRule act) =>
        new(
            RefusalCode.ActNotInBatch,
            "B9",
            new(
                $"“{act.Name.Zh}”须逐件办理，不能批量办理。请打开案件 {number} 办理。",
                $"'{act.Code}' is done case by case, not on many at once. Open {number} and do it there."
            ),
            [new Fact("case", number), new Fact("act", act.Code)]
        );
}
