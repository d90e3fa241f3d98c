using Microsoft.Data.Sqlite;

namespace TownReform.Grains.Journal.Sqlite.Salvage;

/// <summary>Effects on their way. Nothing covers them by a hash, so they are taken as SQLite reads them; only where it can't, as they stand on pages.</summary>
internal static class SalvageOutbox
{
    /// <returns>The last commit that the tables have, by themselves: effects of later ones are in the redo log. 0, and why, where the tables can't tell.</returns>
    public static (long Applied, Words? Fault) Take(string path, Scratch found)
    {
        try
        {
            var rows = new List<PageRow>();
            long applied;
            using (var connection = JournalFile.OpenReadOnly(path))
            {
                using (var read = connection.CreateCommand())
                {
                    read.CommandText = "SELECT * FROM outbox ORDER BY id";
                    using var reader = read.ExecuteReader();
                    while (reader.Read())
                    {
                        rows.Add(new PageRow(reader.GetInt64(0), [null, .. Enumerable.Range(1, reader.FieldCount - 1).Select(n => reader.GetValue(n) is DBNull ? null : reader.GetValue(n))]));
                    }
                }

                using var last = connection.CreateCommand();
                last.CommandText = "SELECT coalesce(max(no), 0) FROM commits";
                applied = (long)last.ExecuteScalar()!;
            }

            found.Do("DELETE FROM found_effects");
            rows.ForEach(found.TakeEffect);
            return (applied, null);
        }
        catch (Exception e) when (e is SqliteException or InvalidCastException or InvalidOperationException)
        {
            return (0, new(
                $"待投递事项表已损坏：可能缺少，也可能再次投递已送达的（收方会忽略）：{e.Message}",
                $"The table of effects on their way is damaged: some may be lost, and some may be delivered again, which their receivers ignore: {e.Message}"));
        }
    }
}
