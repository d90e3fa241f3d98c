using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using TownReform.Grains.Journal.Writing;

namespace TownReform.Grains.Journal.Sqlite;

/// <summary>Lists of a durable world.</summary>
internal sealed class SqliteReadModel(string world, ReaderPool readers) : IReadModel
{
    // By name: left to itself SQLite reads every case that ever was, once for each workplace.
    private const string ListWork =
        "SELECT work FROM standing INDEXED BY standing_at_workplace WHERE world = $world AND workplace = $workplace AND work IS "
        + "NOT NULL ORDER BY since, number";

    // By the key of the records; a case has a handful.
    private const string IsLate =
        "EXISTS (SELECT 1 FROM journal j WHERE j.world = c.world AND j.stream = 'case/' || c.number AND j.late IS NOT NULL)";

    // Only an open case has a workplace.
    private const string Open =
        "FROM standing s INDEXED BY standing_at_workplace JOIN cases c ON c.world = s.world AND c.number = s.number WHERE "
        + "s.world = $world AND s.workplace IS NOT NULL";

    public ValueTask<IReadOnlyList<CaseRow>> ListCasesAsync(CaseQuery query, CancellationToken cancellation = default) =>
        readers.ReadAsync<IReadOnlyList<CaseRow>>(connection => Rows(connection, query), cancellation);

    public ValueTask<string?> FindOpenedByAsync(Guid commandId, CancellationToken cancellation = default) =>
        readers.ReadAsync(
            connection =>
            {
                using var command = Command(connection, "SELECT number FROM cases WHERE world = $world AND opened_by = $by");
                command.Parameters.AddWithValue("$by", commandId.ToString("D"));
                return command.ExecuteScalar() as string;
            },
            cancellation
        );

    public ValueTask<IReadOnlyList<WorkItem>> ListWorkAsync(string workplace, CancellationToken cancellation = default) =>
        readers.ReadAsync<IReadOnlyList<WorkItem>>(
            connection =>
            {
                using var command = Command(connection, ListWork);
                command.Parameters.AddWithValue("$workplace", workplace);
                return command.ToList(reader => StoredJson.ReadWork(reader.GetString(0)));
            },
            cancellation
        );

    public ValueTask<IReadOnlyList<CaseCount>> CountCasesAsync(CancellationToken cancellation = default) =>
        readers.ReadAsync<IReadOnlyList<CaseCount>>(
            connection =>
            {
                using var command = Command(
                    connection,
                    $"SELECT c.town, c.procedure, s.disposition, count(*) {CaseRows.From} GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
                );
                return command.ToList(reader => new CaseCount(
                    reader.GetString(0),
                    reader.GetString(1),
                    (Disposition)reader.GetInt32(2),
                    reader.GetInt64(3)
                ));
            },
            cancellation
        );

    public ValueTask<IReadOnlyList<CaseCount>> CountOpenAsync(CancellationToken cancellation = default) =>
        readers.ReadAsync<IReadOnlyList<CaseCount>>(
            connection =>
            {
                using var command = Command(connection, $"SELECT c.town, c.procedure, count(*) {Open} GROUP BY 1, 2 ORDER BY 1, 2");
                return command.ToList(reader => new CaseCount(
                    reader.GetString(0),
                    reader.GetString(1),
                    Disposition.Open,
                    reader.GetInt64(2)
                ));
            },
            cancellation
        );

    public ValueTask<IReadOnlyList<string>> ListOpenAsync(string town, string? procedure, CancellationToken cancellation = default) =>
        readers.ReadAsync<IReadOnlyList<string>>(
            connection =>
            {
                using var command = Command(
                    connection,
                    $"SELECT c.number {Open} AND c.town = $town AND ($procedure IS NULL OR c.procedure = $procedure) ORDER BY 1"
                );
                command.Parameters.AddWithValue("$town", town);
                command.Parameters.AddWithValue("$procedure", (object?)procedure ?? DBNull.Value);
                return command.ToList(reader => reader.GetString(0));
            },
            cancellation
        );

    private List<CaseRow> Rows(SqliteConnection connection, CaseQuery query)
    {
        var text = new StringBuilder($"SELECT {CaseRows.Columns}, {IsLate} {CaseRows.From}");
        using var command = Command(connection, "");
        void Where(string column, object? value, string of = "c")
        {
            if (value is not null)
            {
                text.Append(CultureInfo.InvariantCulture, $" AND {of}.{column} = ${column}");
                command.Parameters.AddWithValue($"${column}", value);
            }
        }

        Where("town", query.Town);
        Where("procedure", query.Procedure);
        Where("subject", query.Subject);
        Where("disposition", (int?)query.Disposition, "s");
        Where("workplace", query.Workplace, "s");
        Where("party_id", query.Party);

        // The two tables keep the same moment of opening; a workplace's list goes by its own index.
        var by = query.Workplace is null ? "c" : "s";
        if (query.BeforeNumber is { } before)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $" AND ({by}.opened_at, {by}.number) < (SELECT b.opened_at, b.number FROM cases b WHERE b.world = $world AND "
                    + $"b.number = $before)"
            );
            command.Parameters.AddWithValue("$before", before);
        }

        text.Append(CultureInfo.InvariantCulture, $" ORDER BY {by}.opened_at DESC, {by}.number DESC LIMIT $take");
        command.Parameters.AddWithValue("$take", CaseQueryLimits.Take(query));
        SetText(command, text.ToString());
        return command.ToList(reader => CaseRows.Read(reader) with { Late = reader.GetBoolean(16) });
    }

    private SqliteCommand Command(SqliteConnection connection, string text)
    {
        var command = connection.CreateCommand();
        SetText(command, text);
        command.Parameters.AddWithValue("$world", world);
        return command;
    }

#pragma warning disable CA2100 // Texts are put together from the constants of this file; values are parameters.
    private static void SetText(SqliteCommand command, string text) => command.CommandText = text;
#pragma warning restore CA2100
}
