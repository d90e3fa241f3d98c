using Microsoft.Data.Sqlite;
using TownReform.Grains.Journal.Storage;
using TownReform.Grains.Journal.Writing;

namespace TownReform.Grains.Journal.Sqlite;

/// <summary>What a world's towns were founded as, from its tables.</summary>
internal static class FoundedRows
{
    public const string Kind = "town.founded";

    public static FoundedAs Of(SqliteConnection connection, string world)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"""
            SELECT max(coalesce(json_extract(CAST(payload AS TEXT), '$.practice'), 0)) FROM journal
            WHERE world = $world AND stream >= 'town/' AND stream < 'town0' AND kind = '{Kind}'
            """;
        command.Parameters.AddWithValue("$world", world);
        bool? practice = command.ExecuteScalar() is long marked ? marked == 1 : null;

        // Only a practice town asks for it: it costs a look at the whole record.
        command.CommandText = "SELECT max(received_at) FROM journal WHERE world = $world";
        return new FoundedAs(practice, practice == true && command.ExecuteScalar() is string last ? Moment.Read(last) : null);
    }
}
