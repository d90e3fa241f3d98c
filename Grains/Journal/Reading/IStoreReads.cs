using System.Data.Common;

namespace TownReform.Grains.Journal.Reading;

/// <summary>Questions to the tables of a durable world. The SQL is the same for both stores; its parameters are <c>$1</c>, <c>$2</c> …, and
/// what differs is in the <see cref="SqlDialect"/>.</summary>
internal interface IStoreReads
{
    SqlDialect Dialect { get; }

    /// <summary>All rows of a question.</summary>
    /// <param name="values">Of the parameters, in order; none of them null.</param>
    Task<List<T>> ListAsync<T>(
        Freshness freshness,
        string text,
        Func<DbDataReader, T> read,
        CancellationToken cancellation,
        params object[] values
    );

    /// <summary>Changes rows beside the record, at once.</summary>
    /// <returns>How many.</returns>
    Task<int> ExecuteAsync(string text, CancellationToken cancellation, params object[] values);
}

/// <summary>What the tables must have by the time that a question is asked: they follow the commits.</summary>
internal enum Freshness
{
    /// <summary>What it is about follows nothing.</summary>
    AsItStands = 1,

    /// <summary>The cases that were opened.</summary>
    Openings = 2,

    /// <summary>All that this silo has committed.</summary>
    Own = 3,

    /// <summary>All that any silo has committed.</summary>
    All = 4,
}

/// <summary>Where the SQL of the stores differs.</summary>
/// <param name="Payload">Column <c>payload</c> of a record, as the bytes that were hashed.</param>
/// <param name="JoinInOrder">A join whose left side is read first; the planner of PostgreSQL chooses so by itself.</param>
/// <param name="AtWorkplace">Behind a table <c>standing</c>: read by the index on workplaces. Left to itself SQLite reads every case that
/// ever was.</param>
/// <param name="OwnEffects">In front of a condition on the outbox: only this silo's.</param>
/// <param name="Labels">The labels of a row of <c>standing s</c>, one as <c>e.value</c>. In a file somebody may have written
/// anything.</param>
/// <param name="Due">The last day of the limit that runs, of the work in a row of <c>standing s</c>; null where there is none, or the work
/// can't be read.</param>
/// <param name="IsRefused">A record of <c>journal</c> tells of a refusal, in the words of the index on these.</param>
internal sealed record SqlDialect(
    string Payload,
    string JoinInOrder,
    string AtWorkplace,
    string OwnEffects,
    string Labels,
    string Due,
    string IsRefused
)
{
    private static readonly string Refused = string.Join(", ", RefusedRecord.Kinds.Select(kind => $"'{kind}'"));

    public static SqlDialect Sqlite { get; } =
        new(
            "CAST(payload AS BLOB)",
            "CROSS JOIN",
            " INDEXED BY standing_at_workplace",
            OwnEffects: "",
            "json_each(CASE WHEN json_valid(s.labels) AND json_type(s.labels) = 'array' THEN s.labels ELSE '[]' END) e",
            "CASE WHEN json_valid(s.work) THEN json_extract(s.work, '$.due') END",
            $"kind IN ({Refused})"
        );

    /// <param name="writer">Of this silo; 0 for a reader that has none.</param>
    public static SqlDialect Postgres(long writer) =>
        new(
            "convert_to(payload, 'UTF8')",
            "JOIN",
            AtWorkplace: "",
            FormattableString.Invariant($"writer = {writer} AND "),
            "jsonb_path_query(s.labels, '$[*]') AS e(value)",
            """substring(s.work, '"due":"([^"]*)"')""",
            $"kind = ANY (ARRAY[{Refused}])"
        );
}
