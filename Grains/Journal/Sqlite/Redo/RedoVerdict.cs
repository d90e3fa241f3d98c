using TownReform.Grains.Journal.Redo;

namespace TownReform.Grains.Journal.Sqlite.Redo;

/// <summary>What a redo log has beyond the tables of its file, and whether that is all that was made.</summary>
/// <remarks>
/// A commit is answered once it is synced, and the next is written only then: a whole commit with a higher number proves those before it,
/// wherever it stands. So does a mark (<see cref="SegmentHead"/>). What has no such proof is the last write of a crash: it was cut short,
/// and nobody was answered.
/// </remarks>
/// <param name="Tables">Where the tables stand.</param>
/// <param name="Ahead">Commits beyond the tables, in order, as far as each follows.</param>
/// <param name="Damage">Why that isn't all; null when it is.</param>
/// <param name="Notices">What else is damaged, and costs nothing.</param>
internal sealed record RedoVerdict(LogPosition Tables, IReadOnlyList<RedoCommit> Ahead, RedoDamage? Damage, IReadOnlyList<Words> Notices)
{
    /// <param name="file">The world's file.</param>
    /// <param name="tables">Where its tables stand.</param>
    /// <param name="began">After which commit the tables say that a log was begun; null when it was closed, or a version of before wrote
    /// them.</param>
    /// <param name="rootOf">The root of a commit by the tables; null when they don't have it.</param>
    public static RedoVerdict Of(RedoReading log, string file, LogPosition tables, long? began, Func<long, byte[]?> rootOf)
    {
        var (ahead, damage) = Follow(log, file, tables);
        damage = Foreign(log, file, tables, rootOf) ?? damage ?? (began is { } since ? Older(log, file, tables, since) : null);
        return new RedoVerdict(tables, ahead, damage, damage is null ? [.. RedoNotices.Of(log, tables.Commit, began)] : []);
    }

    /// <summary>Whether both say the same of the same tables.</summary>
    public bool IsSame(RedoVerdict? other) => other is not null && other.Tables.Commit == Tables.Commit && other.Damage == Damage;

    private static (List<RedoCommit> Ahead, RedoDamage? Damage) Follow(RedoReading log, string file, LogPosition tables)
    {
        var ahead = new List<RedoCommit>();
        var (reached, proof) = log.Reached;
        var known = log.Frames.Where(frame => frame.No > tables.Commit).ToLookup(frame => frame.No);
        var before = log.Frames.LastOrDefault(frame => frame.No == tables.Commit && frame.IsWhole);
        var end = tables;
        for (var no = tables.Commit + 1; no <= reached; no++)
        {
            var whole = known[no]
                .Where(frame => frame.Commit is not null)
                .DistinctBy(frame => (frame.Frame.Check, Convert.ToHexString(frame.Frame.Root)))
                .ToList();
            if (whole.Count > 1)
            {
                return (ahead, RedoDamage.Twice(whole[0], whole[1]));
            }

            if (whole.Count == 0)
            {
                var last = LastMissing(known, no, reached);
                return (
                    ahead,
                    known[no].FirstOrDefault() is { } broken && last == no
                        ? RedoDamage.Changed(broken)
                        : RedoDamage.Missing(file, no, last, before, proof)
                );
            }

            before = whole[0];
            if (!before.Commit!.Follows(end))
            {
                return (ahead, RedoDamage.Unfollowing(file, before, end.Commit));
            }

            if (!before.Commit.IsWhole)
            {
                return (ahead, RedoDamage.Changed(before));
            }

            ahead.Add(before.Commit);
            end = before.Frame.After;
        }

        return (ahead, null);
    }

    private static long LastMissing(ILookup<long, FoundFrame> known, long no, long reached)
    {
        while (no < reached && !known[no + 1].Any(frame => frame.Commit is not null))
        {
            no++;
        }

        return no;
    }

    // A log of another town, or of another course of this one.
    private static RedoDamage? Foreign(RedoReading log, string file, LogPosition tables, Func<long, byte[]?> rootOf)
    {
        foreach (var segment in log.Segments)
        {
            if (
                segment.Frames.Where(frame => frame.IsWhole && frame.No <= tables.Commit).MaxBy(frame => frame.No) is { } frame
                && rootOf(frame.No) is { } root
                && !root.AsSpan().SequenceEqual(frame.Frame.Root)
            )
            {
                return RedoDamage.Foreign(file, frame);
            }
        }

        return null;
    }

    // The tables follow the log, so the log knows of all that they have. A head of it is always there: both are written anew one after the
    // other.
    private static RedoDamage? Older(RedoReading log, string file, LogPosition tables, long began)
    {
        var newest = log.Segments.Max(segment => segment.Began);
        return newest is null ? RedoDamage.Gone(file, tables.Commit)
            : log.Reached.No is var reached && (newest < began || reached < tables.Commit) ? RedoDamage.Older(file, reached, tables.Commit)
            : null;
    }
}
