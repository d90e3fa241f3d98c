using TownReform.Grains.Journal.Redo;

namespace TownReform.Grains.Journal.Sqlite.Redo;

/// <summary>A segment as it was read.</summary>
/// <param name="IsThere">False when there is no such file.</param>
/// <param name="Began">After which commit its log was begun; null when its head doesn't say.</param>
/// <param name="Safe">The last commit that it knows to be safe in the other segment.</param>
internal sealed record SegmentReading(string Path, bool IsThere, long? Began, long? Safe)
{
    public IReadOnlyList<FoundFrame> Frames { get; set; } = [];

    /// <summary>Its last whole commit; 0 when it has none.</summary>
    public long Last => Frames.Where(frame => frame.IsWhole).Max(frame => (long?)frame.No) ?? 0;
}

/// <summary>The redo log beside a file as it was read: every whole commit of both segments, wherever it stands, and what they say of each
/// other.</summary>
internal sealed class RedoReading
{
    private (long No, Words Proof)? reached;

    private RedoReading(IReadOnlyList<SegmentReading> segments) => Segments = segments;

    public IReadOnlyList<SegmentReading> Segments { get; }

    public IEnumerable<FoundFrame> Frames => Segments.SelectMany(segment => segment.Frames);

    /// <summary>Whole commits beyond the one that was asked for, by number.</summary>
    public IEnumerable<RedoCommit> Commits =>
        Frames.Where(frame => frame.Commit is not null).OrderBy(frame => frame.No).Select(frame => frame.Commit!);

    /// <summary>The last commit that was made, as far as the log knows, and how it knows.</summary>
    public (long No, Words Proof) Reached => reached ??= Reach();

    /// <param name="path">The world's file.</param>
    /// <param name="after">Commits up to this one are checked and not kept.</param>
    /// <exception cref="InvalidDataException">A newer version wrote the log.</exception>
    public static RedoReading Of(string path, long after)
    {
        // Both marks first: a silo that runs meanwhile has written what they say.
        var segments = RedoLog.Segments(path).Select(HeadOf).ToList();
        foreach (var segment in segments.Where(segment => segment.IsThere))
        {
            if (Open(segment.Path) is { } file)
            {
                using (file)
                using (var scan = new SegmentScan(file, segment.Path, after))
                {
                    segment.Frames = scan.Run();
                }
            }
        }

        return new RedoReading(segments);
    }

    private (long No, Words Proof) Reach()
    {
        var (no, proof) = (0L, new Words("", ""));
        if (Frames.Where(frame => frame.IsWhole).MaxBy(frame => frame.No) is { } frame)
        {
            (no, proof) = (
                frame.No,
                new(
                    $"第 {frame.No} 次提交完整地在 {frame.Segment} 第 {frame.At} 字节处",
                    $"commit {frame.No} stands whole at byte {frame.At} of {frame.Segment}"
                )
            );
        }

        foreach (var segment in Segments)
        {
            if (segment.Safe > no)
            {
                (no, proof) = (
                    segment.Safe.Value,
                    new(
                        $"{segment.Path} 记有第 {segment.Safe} 次提交已落盘",
                        $"{segment.Path} has the mark that commit {segment.Safe} was safe"
                    )
                );
            }

            if (segment.Began > no)
            {
                (no, proof) = (
                    segment.Began.Value,
                    new(
                        $"日志 {segment.Path} 是在第 {segment.Began} 次提交之后开始的",
                        $"the log {segment.Path} was begun after commit {segment.Began}"
                    )
                );
            }
        }

        return (no, proof);
    }

    private static SegmentReading HeadOf(string path)
    {
        using var file = Open(path);
        if (file is null)
        {
            return new SegmentReading(path, false, null, null);
        }

        var page = new byte[SegmentHead.Length];
        var read = page.AsSpan(0, RandomAccess.Read(file, page, 0));
        return new SegmentReading(path, true, SegmentHead.Began(read), SegmentHead.Safe(read));
    }

    // A silo that stops takes them away.
    private static Microsoft.Win32.SafeHandles.SafeFileHandle? Open(string path)
    {
        try
        {
            return File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (IOException e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
