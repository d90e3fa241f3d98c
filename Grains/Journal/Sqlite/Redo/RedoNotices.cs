using TownReform.Grains.Journal.Redo;

namespace TownReform.Grains.Journal.Sqlite.Redo;

/// <summary>What is damaged in a redo log and costs nothing, since the tables have had it.</summary>
internal static class RedoNotices
{
    /// <param name="applied">The last commit that the tables have.</param>
    /// <param name="began">After which commit the tables say that a log was begun; null when they don't.</param>
    public static IEnumerable<Words> Of(RedoReading log, long applied, long? began)
    {
        var highest = log.Segments.Max(segment => segment.Last);
        foreach (var segment in log.Segments)
        {
            if (OfHead(segment, began) is { } notice)
            {
                yield return notice;
            }

            foreach (var (from, until) in Holes(segment, applied, segment.Last == highest))
            {
                yield return new(
                    $"重做日志 {segment.Path} 第 {from} 至 {until} 字节已损坏；其中的提交数据表均有，未丢失",
                    $"Redo log {segment.Path} is damaged from byte {from} to {until}; the tables have the commits that stood "
                        + "there, and nothing is lost"
                );
            }
        }

        if (log.Segments.Max(segment => segment.Safe) is { } safe && safe > highest && safe > began && safe <= applied)
        {
            yield return new(
                $"重做日志中第 {highest} 次之后、至第 {safe} 次的提交已损坏；数据表均有，未丢失",
                $"What redo log {log.Segments[0].Path} or {log.Segments[1].Path} had after commit {highest}, up to {safe}, is "
                    + "damaged; the tables have it, and nothing is lost"
            );
        }
    }

    private static Words? OfHead(SegmentReading segment, long? began) =>
        began is not null && !segment.IsThere
            ? new(
                $"重做日志 {segment.Path} 不在；其中的提交均已写入数据表，未丢失",
                $"Redo log {segment.Path} is gone; the tables have what was in it, and nothing is lost"
            )
        : began is not null && segment.Began is null
            ? new(
                $"重做日志 {segment.Path} 的首页已损坏；提交均在，未丢失",
                $"The first page of redo log {segment.Path} is damaged; all commits are there, and nothing is lost"
            )
        : segment.Began < began
            ? new(
                $"重做日志 {segment.Path} 是较早的副本；提交均在，未丢失",
                $"Redo log {segment.Path} is an older copy; all commits are there, and nothing is lost"
            )
        : began is not null && segment.Safe is null
            ? new(
                $"重做日志 {segment.Path} 首页中的标记已损坏；提交均在，未丢失",
                $"The mark in the first page of redo log {segment.Path} is damaged; all commits are there, and nothing is lost"
            )
        : null;

    // Commits of one course stand side by side and count up by one. Where they go down, those of an earlier course begin that the log
    // hasn't written over yet.
    private static IEnumerable<(long From, long Until)> Holes(SegmentReading segment, long applied, bool isCurrent)
    {
        var frames = segment.Frames;
        if (
            frames.Count > 0
            && isCurrent
            && frames[0].At > (segment.Began is null ? 0 : SegmentHead.Length)
            && frames[0].No <= applied
            && segment.Began is not null
        )
        {
            yield return (SegmentHead.Length, frames[0].At);
        }

        for (var n = 0; n < frames.Count; n++)
        {
            var here = frames[n];
            var next = n + 1 < frames.Count ? frames[n + 1] : null;
            if (!here.IsWhole && here.No <= applied)
            {
                yield return (here.At, Math.Max(here.At + RedoFrame.Head, next is null ? 0 : Math.Min(next.At, here.End)));
            }
            else if (next is not null && next.No > here.No && next.At != here.End)
            {
                yield return (here.End, next.At);
            }
        }
    }
}
