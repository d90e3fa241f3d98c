using Microsoft.Extensions.Logging;
using TownReform.Grains.Journal.Redo;
using TownReform.Grains.Journal.Sqlite.Redo;

namespace TownReform.Grains.Journal.Sqlite;

/// <summary>Brings into the tables what a process that was killed had made safe in the redo log only.</summary>
internal static class Recovery
{
    /// <returns>Where the file stands then.</returns>
    /// <exception cref="RecordDamagedException">A commit that was made is gone, or the redo log isn't this file's; nothing of either is
    /// changed.</exception>
    public static LogPosition Run(string path, TownTables tables, ILogger logger)
    {
        var begun = tables.Position();
        var verdict = RedoVerdict.Of(RedoReading.Of(path, begun.Commit), path, begun, tables.LogBegan(), tables.RootOf);
        if (verdict.Damage is { } damage)
        {
            throw RecordDamagedException.Of(path, damage.Why);
        }

        foreach (var notice in verdict.Notices)
        {
            logger.LogWarning("{Zh}。 / {En}.", notice.Zh, notice.En);
        }

        tables.Bring(verdict.Ahead);

        var place = verdict.Ahead.Count > 0 ? verdict.Ahead[^1].Frame.After : begun;
        if (place.Commit > begun.Commit)
        {
            logger.LogInformation(
                "{Commits} commits of {Records} records were brought from the redo log into the tables.",
                place.Commit - begun.Commit,
                place.Seq - begun.Seq
            );
        }

        return place;
    }
}
