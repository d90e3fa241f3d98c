namespace TownReform.Grains.Journal.Sqlite.Redo;

/// <summary>The first commit beyond the tables that was made and can't be had from the log any more.</summary>
/// <param name="No">Its number.</param>
/// <param name="IsEdited">True when it stands there and was changed; false when it is gone, or the log isn't the file's.</param>
/// <param name="Why">One sentence without its full stop: which file, which place, which commits.</param>
internal sealed record RedoDamage(long No, bool IsEdited, Words Why)
{
    public static RedoDamage Changed(FoundFrame frame) =>
        new(
            frame.No,
            true,
            new(
                $"重做日志 {frame.Segment} 第 {frame.At} 字节起的第 {frame.No} 次提交已被改动或损坏",
                $"Commit {frame.No} in redo log {frame.Segment}, from byte {frame.At} on, was changed or damaged"
            )
        );

    /// <param name="last">The last of those that are missing side by side.</param>
    /// <param name="after">The commit before, where it stands in the log.</param>
    /// <param name="proof">What shows that the log went on.</param>
    public static RedoDamage Missing(string file, long no, long last, FoundFrame? after, Words proof)
    {
        var where = after is null
            ? new Words("", "")
            : new Words($"（应在 {after.Segment} 第 {after.End} 字节处）", $" (one should stand at byte {after.End} of {after.Segment})");
        return new(
            no,
            false,
            last > no
                ? new(
                    $"{file} 的重做日志缺第 {no} 至 {last} 次提交{where.Zh}：{proof.Zh}",
                    $"Commits {no} to {last} are missing from the redo log of {file}{where.En}: {proof.En}"
                )
                : new(
                    $"{file} 的重做日志缺第 {no} 次提交{where.Zh}：{proof.Zh}",
                    $"Commit {no} is missing from the redo log of {file}{where.En}: {proof.En}"
                )
        );
    }

    public static RedoDamage Unfollowing(string file, FoundFrame frame, long end) =>
        new(
            frame.No,
            false,
            new(
                $"重做日志 {frame.Segment} 的第 {frame.No} 次提交接不上 {file}（止于第 {end} 次）",
                $"Commit {frame.No} of redo log {frame.Segment} doesn't follow {file}, which ends at commit {end}"
            )
        );

    public static RedoDamage Twice(FoundFrame one, FoundFrame other) =>
        new(
            one.No,
            false,
            new(
                $"重做日志 {one.Segment} 与 {other.Segment} 各有一次不同的第 {one.No} 次提交：不是同一份日志",
                $"Redo logs {one.Segment} and {other.Segment} have two different commits {one.No}: they aren't one log"
            )
        );

    public static RedoDamage Foreign(string file, FoundFrame frame) =>
        new(
            frame.No,
            false,
            new(
                $"重做日志 {frame.Segment} 不是 {file} 的：两者的第 {frame.No} 次提交不同",
                $"Redo log {frame.Segment} isn't that of {file}: their commits {frame.No} differ"
            )
        );

    public static RedoDamage Gone(string file, long end) =>
        new(
            end + 1,
            false,
            new(
                $"{file}（止于第 {end} 次提交）未曾正常停机，其重做日志 {Names(file)} 却不在或已损坏：此后是否另有已答复的提交，无从得知",
                $"{file}, which ends at commit {end}, was not stopped in order, and its redo log {Names(file)} is gone or "
                    + "damaged: whether more was answered can't be told"
            )
        );

    /// <param name="reached">The last commit that the log knows of.</param>
    public static RedoDamage Older(string file, long reached, long end) =>
        new(
            end + 1,
            false,
            new(
                $"重做日志 {Names(file)} 止于第 {reached} 次提交，早于 {file} 的第 {end} 次：日志是较早的副本；第 {end} 次之后是否另有已答复的提交，无从得知",
                $"Redo log {Names(file)} ends at commit {reached}, before {file}, which ends at commit {end}: the log is an older "
                    + $"copy, and whether more was answered after commit {end} can't be told"
            )
        );

    private static string Names(string file) => string.Join(", ", RedoLog.Segments(file));
}
