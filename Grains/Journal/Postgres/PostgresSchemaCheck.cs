using System.Data.Common;
using Npgsql;

namespace TownReform.Grains.Journal.Postgres;

/// <summary>Compares the schema of a database with what the scripts make, within the caller's snapshot.</summary>
internal sealed class PostgresSchemaCheck
{
    /// <summary>Things that the server has on the tables of the town and that no script makes.</summary>
    private const string Planted = """
        SELECT 'rule ' || r.rulename || ' on ' || c.relname FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class WHERE
            c.relnamespace = $1::regnamespace AND c.relname = ANY ($2)
        UNION ALL SELECT 'policy ' || p.polname || ' on ' || c.relname FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid WHERE
            c.relnamespace = $1::regnamespace AND c.relname = ANY ($2)
        UNION ALL SELECT 'row security on ' || c.relname FROM pg_class c WHERE c.relnamespace = $1::regnamespace AND c.relname = ANY ($2)
            AND (c.relrowsecurity OR c.relforcerowsecurity)
        UNION ALL SELECT 'table ' || h.inhrelid::regclass || ' inherits ' || c.relname FROM pg_inherits h JOIN pg_class c ON c.oid =
            h.inhparent WHERE c.relnamespace = $1::regnamespace AND c.relname = ANY ($2)
        UNION ALL SELECT 'view ' || c.relname FROM pg_class c WHERE c.relnamespace = $1::regnamespace AND c.relname = ANY ($2) AND
            c.relkind NOT IN ('r', 'p')
        """;

    private const string Indexes =
        "SELECT i.relname, pg_get_indexdef(x.indexrelid), x.indisvalid, x.indisprimary OR EXISTS (SELECT 1 FROM pg_constraint k "
        + "WHERE k.conindid = x.indexrelid) FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class c ON c.oid = "
        + "x.indrelid WHERE c.relnamespace = $1::regnamespace AND c.relname = ANY ($2)";

    private const string Triggers =
        "SELECT t.tgname, c.relname, pg_get_triggerdef(t.oid), t.tgenabled = 'O' FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
        + "WHERE NOT t.tgisinternal AND c.relnamespace = $1::regnamespace AND c.relname = ANY ($2)";

    private const string Tables =
        "SELECT c.relname, c.relpersistence = 'p' FROM pg_class c WHERE c.relnamespace = $1::regnamespace AND c.relname = ANY ($2)";

    private const string Columns = """
        SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), o.collname, NOT a.attnotnull, a.attidentity = 'a',
            pg_get_expr(d.adbin, d.adrelid)
        FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum LEFT JOIN pg_collation o ON o.oid = a.attcollation AND
                o.collname <> 'default'
        WHERE c.relnamespace = $1::regnamespace AND c.relname = ANY ($2)
        """;

    private const string Constraints =
        "SELECT c.relname, pg_get_constraintdef(k.oid) FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid WHERE "
        + "c.relnamespace = $1::regnamespace AND c.relname = ANY ($2) AND k.contype IN ('c', 'f', 'p', 'u', 'x')";

    private const string Functions =
        "SELECT p.proname, oidvectortypes(p.proargtypes), p.prosrc, p.prosecdef OR p.proconfig IS NOT NULL FROM pg_proc p WHERE "
        + "p.pronamespace = $1::regnamespace AND p.proname = ANY ($2)";

    private readonly NpgsqlConnection connection;
    private readonly PostgresMade made;
    private readonly string schema;
    private readonly string[] tables;
    private readonly CancellationToken cancellation;

    private PostgresSchemaCheck(NpgsqlConnection connection, PostgresMade made, string schema, CancellationToken cancellation)
    {
        (this.connection, this.made, this.schema, this.cancellation) = (connection, made, schema, cancellation);
        tables = [.. made.Tables.Keys];
    }

    /// <returns>Each difference, such as <c>missing: index journal_fence</c>.</returns>
    public static async Task<IReadOnlyList<string>> DifferencesAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var schema = await ListAsync(
            connection,
            "SELECT relnamespace::regnamespace::text FROM pg_class WHERE oid = to_regclass('journal')",
            row => row.GetString(0),
            cancellation
        );
        var done = await ListAsync(connection, "SELECT scriptname FROM schemaversions", row => row.GetString(0), cancellation);
        var made = PostgresMade.By(done.ToHashSet(StringComparer.Ordinal));
        var check = new PostgresSchemaCheck(connection, made, schema[0], cancellation);
        return
        [
            .. await check.ListAsync(Planted, row => $"planted: {row.GetString(0)}"),
            .. await check.TablesAsync(),
            .. await check.IndexesAsync(),
            .. await check.TriggersAsync(),
            .. await check.FunctionsAsync(),
        ];
    }

    private async Task<IEnumerable<string>> IndexesAsync()
    {
        var found = (
            await ListAsync(
                Indexes,
                row => (Name: row.GetString(0), Text: row.GetString(1), Valid: row.GetBoolean(2), OfKey: row.GetBoolean(3))
            )
        ).ToDictionary(row => row.Name, StringComparer.Ordinal);
        return
        [
            .. made.Indexes.Where(index => !found.ContainsKey(index.Key)).Select(index => $"missing: index {index.Key}"),
            .. from index in made.Indexes
            where found.TryGetValue(index.Key, out var it) && (!it.Valid || PostgresMade.Plain(it.Text) != index.Value)
            select $"changed: index {index.Key}",
            .. from index in found.Values
            where !index.OfKey && !made.Indexes.ContainsKey(index.Name) && index.Text.StartsWith("CREATE UNIQUE", StringComparison.Ordinal)
            select $"planted: unique index {index.Name}",
        ];
    }

    private async Task<IEnumerable<string>> TriggersAsync()
    {
        var found = await ListAsync(
            Triggers,
            row => (Name: row.GetString(0), On: row.GetString(1), Text: row.GetString(2), Fires: row.GetBoolean(3))
        );
        return
        [
            .. from name in made.Triggers.Keys where found.TrueForAll(it => it.Name != name) select $"missing: trigger {name}",
            .. from it in found
            let text = made.Triggers.GetValueOrDefault(it.Name)
            where text is null || !it.Fires || PostgresMade.Plain(it.Text) != text
            select $"{(text is null ? "planted" : "changed")}: trigger {it.Name} on {it.On}",
        ];
    }

    private async Task<IEnumerable<string>> FunctionsAsync()
    {
        var found = (
            await ListAsync(
                Functions,
                row => (Of: (Name: row.GetString(0), Parameters: row.GetString(1)), Body: row.GetString(2), Odd: row.GetBoolean(3)),
                made.Functions.Keys.Select(function => function.Name).Distinct().ToArray()
            )
        ).ToLookup(row => row.Of);
        return
        [
            .. from function in made.Functions.Keys where !found.Contains(function) select $"missing: function {function.Name}",
            .. from function in made.Functions
            where found[function.Key].Any(it => it.Body != function.Value || it.Odd)
            select $"changed: function {function.Key.Name}",
            .. from function in found
            where !made.Functions.ContainsKey(function.Key)
            select $"planted: function {function.Key.Name}({function.Key.Parameters})",
        ];
    }

    private async Task<IEnumerable<string>> TablesAsync()
    {
        var there = (await ListAsync(Tables, row => (Name: row.GetString(0), IsLogged: row.GetBoolean(1)))).ToDictionary(
            row => row.Name,
            row => row.IsLogged,
            StringComparer.Ordinal
        );
        var columns = (
            await ListAsync(
                Columns,
                row =>
                {
                    var (collation, byDefault) = (row.GetValue(3) as string, row.GetValue(6) as string);
                    var text = MadeTable.Column(row.GetString(2), collation, row.GetBoolean(4), row.GetBoolean(5), byDefault);
                    return (Table: row.GetString(0), Name: row.GetString(1), Text: text);
                }
            )
        ).ToLookup(row => row.Table, row => KeyValuePair.Create(row.Name, row.Text), StringComparer.Ordinal);
        var constraints = (await ListAsync(Constraints, row => (Table: row.GetString(0), Text: row.GetString(1)))).ToLookup(
            row => row.Table,
            row => row.Text,
            StringComparer.Ordinal
        );
        return made.Tables.SelectMany(table =>
            !there.TryGetValue(table.Key, out var isLogged)
                ? [$"missing: table {table.Key}"]
                : OfTable(table.Key, table.Value, columns[table.Key], constraints[table.Key])
                    .Concat(isLogged ? [] : [$"changed: table {table.Key} is unlogged"])
        );
    }

    private static IEnumerable<string> OfTable(
        string name,
        MadeTable table,
        IEnumerable<KeyValuePair<string, string>> columns,
        IEnumerable<string> constraints
    )
    {
        var found = columns.ToDictionary(StringComparer.Ordinal);
        var holds = constraints.ToDictionary(PostgresMade.Plain, StringComparer.Ordinal);
        return
        [
            .. from column in table.Columns
            where found.GetValueOrDefault(column.Key) != column.Value
            select $"{(found.ContainsKey(column.Key) ? "changed" : "missing")}: column {name}.{column.Key}",
            .. from column in found.Keys where !table.Columns.ContainsKey(column) select $"planted: column {name}.{column}",
            .. from constraint in table.Constraints
            where !holds.ContainsKey(constraint.Key)
            select $"missing: constraint of {name}: {constraint.Value}",
            .. from constraint in holds
            where !table.Constraints.ContainsKey(constraint.Key)
            select $"planted: constraint of {name}: {constraint.Value}",
        ];
    }

    // Of the schema $1 and the names $2: of tables, unless others are given.
    private Task<List<T>> ListAsync<T>(string text, Func<DbDataReader, T> read, string[]? names = null) =>
        ListAsync(connection, text, read, cancellation, schema, names ?? tables);

    private static async Task<List<T>> ListAsync<T>(
        NpgsqlConnection connection,
        string text,
        Func<DbDataReader, T> read,
        CancellationToken cancellation,
        params object[] values
    )
    {
#pragma warning disable CA2100 // Constants of this file.
        await using var command = new NpgsqlCommand(text, connection);
#pragma warning restore CA2100
        return await PostgresReads.ToListAsync(command, read, values, cancellation);
    }
}
