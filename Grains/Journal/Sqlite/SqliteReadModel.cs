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

    // In this order: one range of the first label's index, newest first, and each case of it by its key.
    private const string FromLabels =
        "FROM case_labels l CROSS JOIN cases c ON c.world = l.world AND c.number = l.number CROSS JOIN standing s ON s.world = l.world "
        + "AND s.number = l.number WHERE l.world = $world";

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
        using var command = Command(connection, TextOf(query));
        foreach (var (_, column, value) in Columns(query))
        {
            command.Parameters.AddWithValue($"${column}", value);
        }

        for (var n = 0; n < query.Labels.Length; n++)
        {
            command.Parameters.AddWithValue($"$name{n}", query.Labels[n].Name);
            command.Parameters.AddWithValue($"$value{n}", query.Labels[n].Value);
        }

        command.Parameters.AddWithValue("$before", query.BeforeNumber ?? "");
        command.Parameters.AddWithValue("$take", CaseQueryLimits.Take(query));
        return command.ToList(reader => CaseRows.Read(reader) with { Late = reader.GetBoolean(CaseRows.Count) });
    }

    /// <summary>The question of a list. The tables keep the same moment of opening; lists of a label and of a workplace go by their own
    /// index.</summary>
    internal static string TextOf(CaseQuery query)
    {
        var text = new StringBuilder($"SELECT {CaseRows.Columns}, {IsLate} {(query.Labels.IsEmpty ? CaseRows.From : FromLabels)}");
        for (var n = 0; n < query.Labels.Length; n++)
        {
            text.Append(" AND ").Append(n == 0 ? "l.name = $name0 AND l.value = $value0" : Bears(n));
        }

        foreach (var (of, column, _) in Columns(query))
        {
            text.Append(CultureInfo.InvariantCulture, $" AND {of}.{column} = ${column}");
        }

        var by =
            !query.Labels.IsEmpty ? "l"
            : query.Workplace is null ? "c"
            : "s";
        if (query.BeforeNumber is not null)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $" AND ({by}.opened_at, {by}.number) < (SELECT b.opened_at, b.number FROM cases b WHERE b.world = $world AND "
                    + $"b.number = $before)"
            );
        }

        return text.Append(CultureInfo.InvariantCulture, $" ORDER BY {by}.opened_at DESC, {by}.number DESC LIMIT $take").ToString();
    }

    private static IEnumerable<(string Of, string Column, object Value)> Columns(CaseQuery query) =>
        new (string Of, string Column, object? Value)[]
        {
            ("c", "town", query.Town),
            ("c", "procedure", query.Procedure),
            ("c", "subject", query.Subject),
            ("s", "disposition", (int?)query.Disposition),
            ("s", "workplace", query.Workplace),
            ("c", "party_id", query.Party),
        }
            .Where(column => column.Value is not null)
            .Select(column => (column.Of, column.Column, column.Value!));

    private static string Bears(int n) =>
        "EXISTS (SELECT 1 FROM case_labels o WHERE o.world = l.world AND o.name = $name"
        + FormattableString.Invariant($"{n} AND o.value = $value{n} AND o.opened_at = l.opened_at AND o.number = l.number)");

    private SqliteCommand Command(SqliteConnection connection, string text)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // Texts are put together from the constants of this file; values are parameters.
        command.CommandText = text;
#pragma warning restore CA2100
        command.Parameters.AddWithValue("$world", world);
        return command;
    }
}
