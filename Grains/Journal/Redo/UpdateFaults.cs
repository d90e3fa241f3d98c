using Microsoft.Extensions.Logging;

namespace TownReform.Grains.Journal.Redo;

/// <summary>Faults that end the updating of tables.</summary>
internal static class UpdateFaults
{
    /// <param name="isPassing">Whether the fault is of the moment.</param>
    /// <param name="ending">Whether the silo stops, and there is no time to try again.</param>
    /// <returns>What callers are told from now on; null when it is tried again.</returns>
    public static Exception? Final(Exception e, int appends, bool isPassing, bool ending, ILogger logger)
    {
        if (!isPassing)
        {
            logger.LogCritical(
                e,
                "{Appends} appends can't be brought into the tables; they are safe in the redo log. Nothing is recorded any "
                    + "more until that is mended and the silo started again.",
                appends
            );
            return new InvalidDataException(
                $"记录写不进数据表，已停止受理；已答复的都在重做日志中：{e.Message} / The tables of the record can't be written, so nothing is recorded "
                    + $"any more; what was answered is safe in the redo log: {e.Message}",
                e
            );
        }

        if (!ending)
        {
            return null;
        }

        logger.LogError(
            e,
            "{Appends} appends could not be brought into the tables; they are safe in the redo log, for the next start.",
            appends
        );
        return new IOException(
            $"已停止，尚未写入数据表的留在重做日志中，下次启动时写入：{e.Message} / Stopped before the tables had it all; the rest is in the redo "
                + $"log, for the next start: {e.Message}",
            e
        );
    }
}
