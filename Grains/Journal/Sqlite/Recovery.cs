using Microsoft.Extensions.Logging;
using TownReform.Grains.Journal.Redo;
using TownReform.Grains.Journal.Sqlite.Redo;

namespace TownReform.Grains.Journal.Sqlite;

/// <summary>Brings into the tables what a process that was killed had made safe in the redo log only.</summary>
internal static class Recovery
{
    /// <summary>Commits in one transaction.</summary>
    private const int Together = 64;

    private static readonly Words MoveAway = new(
        "请把同一次备份的文件放在一起；或将重做日志移走再启动，只在其中的提交将丢失。",
        "Put the files of one backup together; or move the redo log away and start again, which loses the commits that only it has.");

    private static readonly IReadOnlySet<long> None = new HashSet<long>();

    /// <returns>Where the file stands then.</returns>
    /// <exception cref="InvalidDataException">The redo log doesn't follow this file, or was changed; nothing of either is.</exception>
    public static JournalPlace Run(string path, TownTables tables, ILogger logger)
    {
        var begun = tables.Place();
        var (commits, damage) = RedoLog.Read(path, begun.Commit);
        if (damage is not null)
        {
            throw new InvalidDataException($"{damage.Why.Zh}；{MoveAway.Zh} / {damage.Why.En}. {MoveAway.En}");
        }

        var place = begun;
        foreach (var commit in commits)
        {
            Check(path, place, commit);
            place = commit.Frame.After;
        }

        foreach (var lot in commits.Chunk(Together))
        {
            tables.Apply(lot, None);
        }

        if (place.Commit > begun.Commit)
        {
            logger.LogInformation("{Commits} commits of {Records} records were brought from the redo log into the tables.", place.Commit - begun.Commit, place.Seq - begun.Seq);
        }

        return place;
    }

    private static void Check(string path, JournalPlace place, RedoCommit commit)
    {
        if (commit.Frame.Place.Commit != place.Commit || commit.Frame.Place.Seq != place.Seq || !commit.Frame.Place.Root.AsSpan().SequenceEqual(place.Root) || !commit.IsWhole)
        {
            var log = string.Join(", ", RedoLog.Segments(path));
            throw new InvalidDataException(
                $"重做日志 {log} 的第 {commit.No} 次提交接不上 {path}（止于第 {place.Commit} 次）；{MoveAway.Zh} / Commit {commit.No} of redo log {log} doesn't follow {path}, which ends at commit {place.Commit}. {MoveAway.En}");
        }
    }
}
