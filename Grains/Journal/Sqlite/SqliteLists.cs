using Microsoft.Data.Sqlite;

namespace TownReform.Grains.Journal.Sqlite;

/// <summary>All rows of a question at once.</summary>
internal static class SqliteLists
{
    public static List<T> ToList<T>(this SqliteCommand command, Func<SqliteDataReader, T> read)
    {
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }
}
