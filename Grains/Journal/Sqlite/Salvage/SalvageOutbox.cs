using Microsoft.Data.Sqlite;

namespace TownReform.Grains.Journal.Sqlite.Salvage;

/// <summary>Effects on their way, and those put aside. Nothing covers them by a hash, so they are taken as SQLite reads them; only where it
/// can't, as they stand on pages.</summary>
internal static class SalvageOutbox
{
    /// <returns>The last commit that the tables have, by themselves: effects of later ones are in the redo log. 0, and why, where the
    /// tables can't tell.</returns>
    public static (long Applied, Words? Fault) Take(string path, Scratch found)
    {
        try
        {
            using var connection = JournalFile.OpenReadOnly(path);
            var rows = Rows(connection, "outbox");
            using var last = SqliteSchema.Ask(connection, "SELECT coalesce(max(no), 0) FROM commits");
            var applied = (long)last.ExecuteScalar()!;
            found.Do("DELETE FROM found_effects");
            rows.ForEach(found.TakeEffect);
            return (applied, null);
        }
        catch (Exception e) when (IsOfTheFile(e))
        {
            return (
                0,
                new(
                    $"待投递的后续动作表已损坏：可能缺少，也可能再次投递已送达的（收方会忽略）：{e.Message}",
                    "The table of effects on their way is damaged: some may be lost, and some may be delivered again, which "
                        + $"their receivers ignore: {e.Message}"
                )
            );
        }
    }

    /// <returns>Why the effects put aside can't all be had; null when they can, or a version of before wrote the file, which put none
    /// aside.</returns>
    public static Words? TakeLetters(string path, Scratch found)
    {
        try
        {
            using var connection = JournalFile.OpenReadOnly(path);
            using var has = SqliteSchema.Ask(
                connection,
                "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'dead_letters'"
            );
            var rows = (long)has.ExecuteScalar()! > 0 ? Rows(connection, "dead_letters") : [];
            found.Do("DELETE FROM found_letters");
            rows.ForEach(found.TakeLetter);
            return null;
        }
        catch (Exception e) when (IsOfTheFile(e))
        {
            return new(
                $"搁置的后续动作表已损坏：可能缺少，也可能仍列出已重新投递的：{e.Message}",
                "The table of effects put aside is damaged: some may be lost, and some may still be listed that were delivered "
                    + $"after all: {e.Message}"
            );
        }
    }

    // All of them, before any is taken.
    private static List<PageRow> Rows(SqliteConnection connection, string table)
    {
        using var read = SqliteSchema.Ask(connection, $"SELECT * FROM {table} ORDER BY id");
        return read.ToList(row => new PageRow(
            row.GetInt64(0),
            [null, .. Enumerable.Range(1, row.FieldCount - 1).Select(n => row.GetValue(n) is DBNull ? null : row.GetValue(n))]
        ));
    }

    private static bool IsOfTheFile(Exception fault) => fault is SqliteException or InvalidCastException or InvalidOperationException;
}
