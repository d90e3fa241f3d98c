using System.Data.Common;
using Npgsql;
using TownReform.Grains.Journal.Audit;

namespace TownReform.Grains.Journal.Postgres;

/// <summary>What the tables that lists are read from say beside what records say: rows that nobody's record caused, columns that must
/// agree, and what stands in the schema.</summary>
internal static class PostgresRowCheck
{
    private const int Named = 20;

    private const string Label = "l.opened_at = s.opened_at AND l.name = e ->> 'name' AND l.value = e ->> 'value'";

    /// <summary>Each tells rows that must not be: what they are, and what is wrong with them.</summary>
    private static readonly (string Text, Words Why)[] Rows =
    [
        ("SELECT 'case ' || c.number FROM cases c WHERE c.world <> $1", ScanFaults.OtherWorld),
        ("SELECT 'case ' || s.number FROM standing s WHERE s.world <> $1", ScanFaults.OtherWorld),
        ("SELECT 'outbox ' || o.id FROM outbox o WHERE o.world <> $1", ScanFaults.OtherWorld),
        (
            "SELECT 'case ' || s.number FROM standing s WHERE s.world = $1 AND NOT EXISTS (SELECT 1 FROM cases c WHERE c.world = "
                + "s.world AND c.number = s.number)",
            ScanFaults.OnlyStanding
        ),
        (
            "SELECT 'case ' || s.number FROM standing s JOIN cases c ON c.world = s.world AND c.number = s.number WHERE s.world "
                + "= $1 AND s.opened_at <> c.opened_at",
            ScanFaults.OpenedTwice
        ),
        ("SELECT 'case ' || s.number FROM standing s WHERE s.world = $1 AND (s.since IS NULL) <> (s.work IS NULL)", ScanFaults.Since),
        (
            "SELECT 'case ' || s.number FROM standing s WHERE s.world = $1 AND s.version > coalesce((SELECT max(j.version) FROM "
                + "journal j WHERE j.world = s.world AND j.stream = 'case/' || s.number), 0)",
            ScanFaults.Ahead
        ),
        ("SELECT 'case ' || l.number FROM case_labels l WHERE l.world <> $1", ScanFaults.OtherWorld),
        (
            "SELECT 'case ' || l.number || ' label ' || l.name || '=' || l.value FROM case_labels l WHERE l.world = $1 AND NOT EXISTS "
                + "(SELECT 1 FROM standing s, jsonb_path_query(s.labels, '$[*]') e WHERE s.world = l.world AND s.number = l.number "
                + $"AND {Label})",
            ScanFaults.ExtraLabel
        ),
        (
            "SELECT 'case ' || s.number || ' label ' || coalesce(e ->> 'name', '') || '=' || coalesce(e ->> 'value', '') FROM standing s, "
                + "jsonb_path_query(s.labels, '$[*]') e WHERE s.world = $1 AND NOT EXISTS (SELECT 1 FROM case_labels l WHERE "
                + $"l.world = s.world AND l.number = s.number AND {Label})",
            ScanFaults.NoLabel
        ),
        (
            "SELECT 'outbox ' || o.stream || ' #' || o.version FROM outbox o WHERE o.world = $1 AND NOT EXISTS (SELECT 1 FROM "
                + "journal j WHERE j.world = o.world AND j.stream = o.stream AND j.version = o.version)",
            ScanFaults.Uncaused
        ),
        (
            "SELECT 'outbox ' || o.stream || ' #' || o.version FROM outbox o WHERE o.world = $1 GROUP BY o.stream, o.version, "
                + "o.ordinal HAVING count(*) > 1",
            ScanFaults.Twice
        ),
    ];

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

    /// <summary>Everything, within the caller's snapshot.</summary>
    public static async Task<IReadOnlyList<Scanned>> AllAsync(NpgsqlConnection connection, string world, CancellationToken cancellation)
    {
        var faults = new List<Scanned>();
        foreach (var (text, why) in Rows)
        {
            faults.AddRange(
                (await ReadAsync(connection, $"{text} LIMIT {Named}", row => row.GetString(0), cancellation, world)).Select(what =>
                    ScanFaults.Row(what, why)
                )
            );
        }

        faults.AddRange((await SchemaAsync(connection, cancellation)).Select(ScanFaults.Schema));
        return faults;
    }

    private static async Task<List<string>> SchemaAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var schema = (
            await ReadAsync(
                connection,
                "SELECT relnamespace::regnamespace::text FROM pg_class WHERE oid = to_regclass('journal')",
                row => row.GetString(0),
                cancellation
            )
        )[0];
        var done = (await ReadAsync(connection, "SELECT scriptname FROM schemaversions", row => row.GetString(0), cancellation)).ToHashSet(
            StringComparer.Ordinal
        );
        var made = PostgresMade.By(done);
        string[] tables = [.. made.Tables.Keys];
        var faults = (await ReadAsync(connection, Planted, row => $"planted: {row.GetString(0)}", cancellation, schema, tables)).ToList();

        faults.AddRange(await TablesAsync(connection, made, schema, tables, cancellation));

        var indexes = (
            await ReadAsync(
                connection,
                Indexes,
                row => (Name: row.GetString(0), Text: row.GetString(1), Valid: row.GetBoolean(2), OfKey: row.GetBoolean(3)),
                cancellation,
                schema,
                tables
            )
        ).ToDictionary(row => row.Name, StringComparer.Ordinal);
        faults.AddRange(made.Indexes.Where(index => !indexes.ContainsKey(index.Key)).Select(index => $"missing: index {index.Key}"));
        faults.AddRange(
            made.Indexes.Where(index =>
                    indexes.TryGetValue(index.Key, out var found) && (!found.Valid || PostgresMade.Plain(found.Text) != index.Value)
                )
                .Select(index => $"changed: index {index.Key}")
        );
        faults.AddRange(
            indexes
                .Values.Where(index =>
                    !index.OfKey
                    && !made.Indexes.ContainsKey(index.Name)
                    && index.Text.StartsWith("CREATE UNIQUE", StringComparison.Ordinal)
                )
                .Select(index => $"planted: unique index {index.Name}")
        );

        var triggers = await ReadAsync(
            connection,
            Triggers,
            row => (Name: row.GetString(0), On: row.GetString(1), Text: row.GetString(2), Fires: row.GetBoolean(3)),
            cancellation,
            schema,
            tables
        );
        faults.AddRange(
            made.Triggers.Where(trigger => triggers.TrueForAll(found => found.Name != trigger.Key))
                .Select(trigger => $"missing: trigger {trigger.Key}")
        );
        faults.AddRange(
            from found in triggers
            let text = made.Triggers.GetValueOrDefault(found.Name)
            where text is null || !found.Fires || PostgresMade.Plain(found.Text) != text
            select $"{(text is null ? "planted" : "changed")}: trigger {found.Name} on {found.On}"
        );

        var functions = (
            await ReadAsync(
                connection,
                Functions,
                row => (Of: (Name: row.GetString(0), Parameters: row.GetString(1)), Body: row.GetString(2), Odd: row.GetBoolean(3)),
                cancellation,
                schema,
                made.Functions.Keys.Select(function => function.Name).Distinct().ToArray()
            )
        ).ToLookup(row => row.Of);
        faults.AddRange(
            made.Functions.Where(function => !functions.Contains(function.Key)).Select(function => $"missing: function {function.Key.Name}")
        );
        faults.AddRange(
            made.Functions.Where(function => functions[function.Key].Any(found => found.Body != function.Value || found.Odd))
                .Select(function => $"changed: function {function.Key.Name}")
        );
        faults.AddRange(
            functions
                .Where(function => !made.Functions.ContainsKey(function.Key))
                .Select(function => $"planted: function {function.Key.Name}({function.Key.Parameters})")
        );
        return faults;
    }

    private static async Task<List<string>> TablesAsync(
        NpgsqlConnection connection,
        PostgresMade made,
        string schema,
        string[] tables,
        CancellationToken cancellation
    )
    {
        var there = (
            await ReadAsync(connection, Tables, row => (Name: row.GetString(0), IsLogged: row.GetBoolean(1)), cancellation, schema, tables)
        ).ToDictionary(row => row.Name, row => row.IsLogged, StringComparer.Ordinal);
        var columns = (
            await ReadAsync(
                connection,
                Columns,
                row =>
                    (
                        Table: row.GetString(0),
                        Name: row.GetString(1),
                        Text: MadeTable.Column(
                            row.GetString(2),
                            row.GetValue(3) as string,
                            row.GetBoolean(4),
                            row.GetBoolean(5),
                            row.GetValue(6) as string
                        )
                    ),
                cancellation,
                schema,
                tables
            )
        ).ToLookup(row => row.Table, StringComparer.Ordinal);
        var constraints = (
            await ReadAsync(connection, Constraints, row => (Table: row.GetString(0), Text: row.GetString(1)), cancellation, schema, tables)
        ).ToLookup(row => row.Table, row => row.Text, StringComparer.Ordinal);
        var faults = new List<string>();
        foreach (var (name, table) in made.Tables)
        {
            if (!there.TryGetValue(name, out var isLogged))
            {
                faults.Add($"missing: table {name}");
                continue;
            }

            if (!isLogged)
            {
                faults.Add($"changed: table {name} is unlogged");
            }

            var found = columns[name].ToDictionary(column => column.Name, column => column.Text, StringComparer.Ordinal);
            faults.AddRange(
                table
                    .Columns.Where(column => found.GetValueOrDefault(column.Key) != column.Value)
                    .Select(column => $"{(found.ContainsKey(column.Key) ? "changed" : "missing")}: column {name}.{column.Key}")
            );
            faults.AddRange(
                found.Keys.Where(column => !table.Columns.ContainsKey(column)).Select(column => $"planted: column {name}.{column}")
            );
            var holds = constraints[name].ToDictionary(PostgresMade.Plain, StringComparer.Ordinal);
            faults.AddRange(
                table
                    .Constraints.Where(constraint => !holds.ContainsKey(constraint.Key))
                    .Select(constraint => $"missing: constraint of {name}: {constraint.Value}")
            );
            faults.AddRange(
                holds
                    .Where(constraint => !table.Constraints.ContainsKey(constraint.Key))
                    .Select(constraint => $"planted: constraint of {name}: {constraint.Value}")
            );
        }

        return faults;
    }

    private static async Task<List<T>> ReadAsync<T>(
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
