namespace TownReform.Grains.Journal.Audit;

/// <summary>What can be wrong with rows and schema of the tables that follow the record, whatever the store.</summary>
internal static class ScanFaults
{
    public static readonly Words OtherWorld = new(
        "该行属于另一世界，从未写入过。",
        "It is a row of another world, which nobody has ever written."
    );
    public static readonly Words OnlyCases = new("cases 表有此行，standing 表没有。", "Table cases has the row, table standing hasn't.");
    public static readonly Words OnlyStanding = new("standing 表有此行，cases 表没有。", "Table standing has the row, table cases hasn't.");
    public static readonly Words OpenedTwice = new(
        "cases 与 standing 的 opened_at 不一致。",
        "Tables cases and standing differ in opened_at."
    );
    public static readonly Words Since = new("standing 的 since 与 work 不一致。", "In table standing, since is not that of work.");
    public static readonly Words Ahead = new(
        "standing 的 version 超过该案件的记录。",
        "In table standing, version is beyond the records of the case."
    );
    public static readonly Words ExtraLabel = new(
        "case_labels 表有此标签，standing 表没有。",
        "Table case_labels has this label, table standing hasn't."
    );
    public static readonly Words NoLabel = new(
        "standing 表有此标签，case_labels 表没有。",
        "Table standing has this label, table case_labels hasn't."
    );
    public static readonly Words Uncaused = new("没有记录引出这一后续动作。", "No record caused this effect.");
    public static readonly Words Twice = new("同一后续动作在 outbox 中有两行。", "Table outbox has this effect twice.");

    public static ScannedUnreadable Row(string what, Words why) =>
        new(new ChainFault(ChainFaultKind.Edited, what, null, null, why), OfRecord: false);

    /// <param name="difference">Such as <c>missing: index journal_fence</c>.</param>
    public static ScannedUnreadable Schema(string difference) =>
        Row("schema", new Words($"数据库结构与脚本所建不同（{difference}）。", $"The schema isn't as the scripts make it ({difference})."));
}
