using Microsoft.Data.Sqlite;

namespace TownReform.Silo.Tests.Fixtures;

/// <summary>The record of a silo on SQLite, read past the silo.</summary>
internal static class RecordFile
{
    /// <summary>The one text column that a query gives.</summary>
    public static List<string> Column(string path, string query)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The queries are the tests' constants.
        command.CommandText = query;
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        var values = new List<string>();
        while (reader.Read())
        {
            values.Add(reader.GetString(0));
        }

        return values;
    }
}
