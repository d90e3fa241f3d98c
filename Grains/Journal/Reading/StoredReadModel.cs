using TownReform.Grains.Journal.Writing;

namespace TownReform.Grains.Journal.Reading;

/// <summary>Lists of a durable world: of all that is committed by the time that they are asked for, by whichever silo.</summary>
internal sealed class StoredReadModel(string world, IStoreReads reads) : IReadModel
{
    // Only an open case has a workplace.
    private readonly string open =
        $"FROM standing s{reads.Dialect.AtWorkplace} JOIN cases c ON c.world = s.world AND c.number = s.number WHERE s.world = $1 AND "
        + "s.workplace IS NOT NULL";

    public async ValueTask<IReadOnlyList<CaseRow>> ListCasesAsync(CaseQuery query, CancellationToken cancellation = default)
    {
        var question = new CaseQuestion(world, query, reads.Dialect);
        return await reads.ListAsync(
            Freshness.All,
            question.Text,
            static row => CaseRows.Read(row) with { Late = row.GetBoolean(CaseRows.Count) },
            cancellation,
            question.Values
        );
    }

    public async ValueTask<string?> FindOpenedByAsync(Guid commandId, CancellationToken cancellation = default) =>
        await reads.ListAsync(
            Freshness.Openings,
            "SELECT number FROM cases WHERE world = $1 AND opened_by = $2",
            row => row.GetString(0),
            cancellation,
            world,
            commandId
        )
            is [var number, ..]
            ? number
            : null;

    public async ValueTask<IReadOnlyList<WorkItem>> ListWorkAsync(string workplace, CancellationToken cancellation = default) =>
        await ListAsync(
            $"SELECT work, colour FROM standing{reads.Dialect.AtWorkplace} WHERE world = $1 AND workplace = $2 AND work IS NOT NULL "
                + "ORDER BY since, number",
            row => StoredJson.ReadWork(row.GetString(0)) with { Colour = (ClockColour)row.GetInt32(1) },
            cancellation,
            workplace
        );

    public async ValueTask<IReadOnlyList<CaseCount>> CountCasesAsync(CancellationToken cancellation = default) =>
        await ListAsync(
            $"SELECT c.town, c.procedure, s.disposition, count(*) {CaseRows.From} GROUP BY 1, 2, 3 ORDER BY 1, 2, 3",
            row => new CaseCount(row.GetString(0), row.GetString(1), (Disposition)row.GetInt32(2), row.GetInt64(3)),
            cancellation
        );

    public async ValueTask<IReadOnlyList<CaseCount>> CountOpenAsync(CancellationToken cancellation = default) =>
        await ListAsync(
            $"SELECT c.town, c.procedure, count(*) {open} GROUP BY 1, 2 ORDER BY 1, 2",
            row => new CaseCount(row.GetString(0), row.GetString(1), Disposition.Open, row.GetInt64(2)),
            cancellation
        );

    public async ValueTask<IReadOnlyList<string>> ListOpenAsync(string town, string? procedure, CancellationToken cancellation = default) =>
        procedure is null
            ? await ListAsync($"SELECT c.number {open} AND c.town = $2 ORDER BY 1", row => row.GetString(0), cancellation, town)
            : await ListAsync(
                $"SELECT c.number {open} AND c.town = $2 AND c.procedure = $3 ORDER BY 1",
                row => row.GetString(0),
                cancellation,
                town,
                procedure
            );

    public async ValueTask<IReadOnlyList<WorkCount>> CountWorkAsync(string? town, CancellationToken cancellation = default) =>
        await ListAsync(
            $"SELECT c.town, s.workplace, s.colour, {reads.Dialect.Due}, count(*) {open}{(town is null ? "" : " AND c.town = $2")} "
                + "GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4 NULLS LAST",
            row => new WorkCount(
                row.GetString(0),
                row.GetString(1),
                (ClockColour)row.GetInt32(2),
                RecordRows.TextOrNull(row, 3) is { } day && DateOnly.TryParseExact(day, "O", out var due) ? due : null,
                row.GetInt64(4)
            ),
            cancellation,
            town is null ? [] : [town]
        );

    // By the index of the newest cases, as far back as the moment.
    public async ValueTask<IReadOnlyList<SubjectCount>> CountOpenedAsync(
        DateTimeOffset since,
        int take,
        CancellationToken cancellation = default
    ) =>
        await ListAsync(
            "SELECT town, subject, count(*) FROM cases WHERE world = $1 AND opened_at >= $2 GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT $3",
            row => new SubjectCount(row.GetString(0), row.GetString(1), row.GetInt64(2)),
            cancellation,
            Moment.Text(since),
            take
        );

    public async ValueTask<IReadOnlyList<RefusedRecord>> ListRefusedAsync(
        DateTimeOffset since,
        int take,
        CancellationToken cancellation = default
    ) =>
        await ListAsync(
            $"SELECT stream, payload FROM journal WHERE world = $1 AND at >= $2 AND {reads.Dialect.IsRefused} ORDER BY at DESC LIMIT $3",
            row => new RefusedRecord(row.GetString(0), row.GetString(1)),
            cancellation,
            Moment.Text(since),
            take
        );

    // A range of the record's key: the days of the log follow each other in it.
    public async ValueTask<IReadOnlyList<ReadsRecord>> ListReadsAsync(ReadsQuery query, CancellationToken cancellation = default) =>
        await ListAsync(
            "SELECT stream, payload FROM journal WHERE world = $1 AND stream >= $2 AND stream < $3 AND stream LIKE $4 AND payload LIKE $5 "
                + "ORDER BY stream DESC, version DESC LIMIT $6",
            row => new ReadsRecord(row.GetString(0), row.GetString(1)),
            cancellation,
            query.FromStream,
            query.BeforeStream,
            $"%{query.InStream}%",
            query.Case is { } number ? $"%\"{number}\"%" : "%",
            query.Take
        );

    // By the index of a town's cases, as far back as the query says.
    public async ValueTask<IReadOnlyList<CaseSpan>> ListDecidedAsync(DecidedQuery query, CancellationToken cancellation = default) =>
        await ListAsync(
            $"SELECT c.opened_at, s.changed_at {CaseRows.From} AND c.town = $2 AND c.subject = $3 AND c.opened_at >= $4 AND "
                + "s.disposition = 2 AND s.changed_at >= $5 AND s.changed_at < $6 ORDER BY c.opened_at DESC, c.number DESC LIMIT $7",
            row => new CaseSpan(Moment.Read(row.GetString(0)), Moment.Read(row.GetString(1))),
            cancellation,
            query.Town,
            query.Item,
            Moment.Text(query.OpenedSince),
            Moment.Text(query.EndedSince),
            Moment.Text(query.EndedBefore),
            query.Take
        );

    private Task<List<T>> ListAsync<T>(
        string text,
        Func<System.Data.Common.DbDataReader, T> read,
        CancellationToken cancellation,
        params object[] values
    ) => reads.ListAsync(Freshness.All, text, read, cancellation, [world, .. values]);
}
