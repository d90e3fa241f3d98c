using System.Globalization;
using System.Text;
using Npgsql;
using TownReform.Grains.Journal.Writing;

namespace TownReform.Grains.Journal.Postgres;

/// <summary>Lists of a world on PostgreSQL: of all that is committed by the time that they are asked for, by whichever silo.</summary>
internal sealed class PostgresReadModel(string world, PostgresReads reads, PostgresCommit commits, OtherWriters others) : IReadModel
{
    // By the key of the records; a case has a handful.
    private const string IsLate =
        "EXISTS (SELECT 1 FROM journal j WHERE j.world = c.world AND j.stream = 'case/' || c.number AND j.late IS NOT NULL)";

    private const string From = "FROM cases c JOIN standing s ON s.world = c.world AND s.number = c.number WHERE c.world = $1";

    private const string FromLabels =
        "FROM case_labels l JOIN cases c ON c.world = l.world AND c.number = l.number JOIN standing s ON s.world = l.world AND "
        + "s.number = l.number WHERE l.world = $1";

    // Only an open case has a workplace.
    private const string Open =
        "FROM standing s JOIN cases c ON c.world = s.world AND c.number = s.number WHERE s.world = $1 AND s.workplace IS NOT NULL";

    public async ValueTask<IReadOnlyList<CaseRow>> ListCasesAsync(CaseQuery query, CancellationToken cancellation = default)
    {
        var text = new StringBuilder($"SELECT {PostgresRows.CaseColumns}, {IsLate} {(query.Labels.IsEmpty ? From : FromLabels)}");
        var values = new List<object> { world };
        foreach (var (name, value) in query.Labels)
        {
            values.AddRange([name, value]);
            text.Append(" AND ").Append(values.Count == 3 ? "l.name = $2 AND l.value = $3" : Bears(values.Count));
        }

        Where(text, values, "c.town", query.Town);
        Where(text, values, "c.procedure", query.Procedure);
        Where(text, values, "c.subject", query.Subject);
        Where(text, values, "s.disposition", (short?)query.Disposition);
        Where(text, values, "s.workplace", query.Workplace);
        Where(text, values, "c.party_id", query.Party);

        // The tables keep the same moment of opening; lists of a label and of a workplace go by their own index.
        var of =
            !query.Labels.IsEmpty ? "l"
            : query.Workplace is null ? "c"
            : "s";
        if (query.BeforeNumber is { } before)
        {
            values.Add(before);
            text.Append(
                CultureInfo.InvariantCulture,
                $" AND ({of}.opened_at, {of}.number) < (SELECT b.opened_at, b.number FROM cases b WHERE b.world = $1 AND b.number "
                    + $"= ${values.Count})"
            );
        }

        values.Add(CaseQueryLimits.Take(query));
        text.Append(CultureInfo.InvariantCulture, $" ORDER BY {of}.opened_at DESC, {of}.number DESC LIMIT ${values.Count}");
        return await ListAsync(
            text.ToString(),
            static reader => PostgresRows.Case(reader) with { Late = reader.GetBoolean(PostgresRows.CaseCount) },
            cancellation,
            [.. values]
        );
    }

    /// <remarks>A case opens within the commit itself.</remarks>
    public async ValueTask<string?> FindOpenedByAsync(Guid commandId, CancellationToken cancellation = default) =>
        (
            await reads.ListAsync(
                "SELECT number FROM cases WHERE world = $1 AND opened_by = $2",
                reader => reader.GetString(0),
                cancellation,
                world,
                commandId
            )
        ).FirstOrDefault();

    public async ValueTask<IReadOnlyList<WorkItem>> ListWorkAsync(string workplace, CancellationToken cancellation = default) =>
        await ListAsync(
            "SELECT work FROM standing WHERE world = $1 AND workplace = $2 AND work IS NOT NULL ORDER BY since, number",
            reader => StoredJson.ReadWork(reader.GetString(0)),
            cancellation,
            world,
            workplace
        );

    public async ValueTask<IReadOnlyList<CaseCount>> CountCasesAsync(CancellationToken cancellation = default) =>
        await ListAsync(
            $"SELECT c.town, c.procedure, s.disposition, count(*) {From} GROUP BY 1, 2, 3 ORDER BY 1, 2, 3",
            reader => new CaseCount(reader.GetString(0), reader.GetString(1), (Disposition)reader.GetInt16(2), reader.GetInt64(3)),
            cancellation,
            world
        );

    public async ValueTask<IReadOnlyList<CaseCount>> CountOpenAsync(CancellationToken cancellation = default) =>
        await ListAsync(
            $"SELECT c.town, c.procedure, count(*) {Open} GROUP BY 1, 2 ORDER BY 1, 2",
            reader => new CaseCount(reader.GetString(0), reader.GetString(1), Disposition.Open, reader.GetInt64(2)),
            cancellation,
            world
        );

    public async ValueTask<IReadOnlyList<string>> ListOpenAsync(string town, string? procedure, CancellationToken cancellation = default) =>
        procedure is null
            ? await ListAsync(
                $"SELECT c.number {Open} AND c.town = $2 ORDER BY 1",
                reader => reader.GetString(0),
                cancellation,
                world,
                town
            )
            : await ListAsync(
                $"SELECT c.number {Open} AND c.town = $2 AND c.procedure = $3 ORDER BY 1",
                reader => reader.GetString(0),
                cancellation,
                world,
                town,
                procedure
            );

    private static string Bears(int value) =>
        FormattableString.Invariant($"EXISTS (SELECT 1 FROM case_labels o WHERE o.world = l.world AND o.name = ${value - 1} AND o.value = ")
        + FormattableString.Invariant($"${value} AND o.opened_at = l.opened_at AND o.number = l.number)");

    private async Task<List<T>> ListAsync<T>(
        string text,
        Func<NpgsqlDataReader, T> read,
        CancellationToken cancellation,
        params object[] values
    )
    {
        await commits.SettleAsync(cancellation);
        await others.SettleAsync().WaitAsync(cancellation);
        return await reads.ListAsync(text, read, cancellation, values);
    }

    private static void Where(StringBuilder text, List<object> values, string column, object? value)
    {
        if (value is not null)
        {
            values.Add(value);
            text.Append(CultureInfo.InvariantCulture, $" AND {column} = ${values.Count}");
        }
    }
}
