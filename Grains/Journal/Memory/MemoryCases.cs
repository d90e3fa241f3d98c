using System.Text;

namespace TownReform.Grains.Journal.Memory;

/// <summary>Lists of a simulated world. Appends are many and lists few, so a list looks through all cases.</summary>
internal sealed partial class MemoryCases(Lock gate, Func<IEnumerable<JournalRecord>> records) : IReadModel
{
    private readonly Dictionary<string, CaseRow> rows = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, string> openedBy = [];

    /// <summary>False when the command that opened this case opened another one before. Under the gate.</summary>
    public bool Admits(CaseRow row) => !openedBy.TryGetValue(row.OpenedBy, out var number) || number == row.Number;

    /// <summary>Under the gate.</summary>
    public void Put(CaseRow row)
    {
        rows[row.Number] = row;
        openedBy.TryAdd(row.OpenedBy, row.Number);
    }

    public ValueTask<IReadOnlyList<CaseRow>> ListCasesAsync(CaseQuery query, CancellationToken cancellation = default)
    {
        lock (gate)
        {
            CaseRow? before = null;
            if (query.BeforeNumber is { } number && !rows.TryGetValue(number, out before))
            {
                return ValueTask.FromResult<IReadOnlyList<CaseRow>>([]);
            }

            return ValueTask.FromResult<IReadOnlyList<CaseRow>>([
                .. rows
                    .Values.Where(row => Matches(query, row) && (before is null || NewestFirst.Compare(row, before) > 0))
                    .Order(NewestFirst)
                    .Take(CaseQueryLimits.Take(query)),
            ]);
        }
    }

    public ValueTask<IReadOnlyList<SubjectCount>> CountOpenedAsync(DateTimeOffset since, int take, CancellationToken cancellation = default)
    {
        lock (gate)
        {
            return ValueTask.FromResult<IReadOnlyList<SubjectCount>>([
                .. rows
                    .Values.Where(row => row.OpenedAt >= since)
                    .CountBy(row => (row.Town, row.Subject))
                    .Select(count => new SubjectCount(count.Key.Town, count.Key.Subject, count.Value))
                    .OrderByDescending(count => count.Cases)
                    .ThenBy(count => count.Town, StringComparer.Ordinal)
                    .ThenBy(count => count.Subject, StringComparer.Ordinal)
                    .Take(take),
            ]);
        }
    }

    public ValueTask<string?> FindOpenedByAsync(Guid commandId, CancellationToken cancellation = default)
    {
        lock (gate)
        {
            return ValueTask.FromResult(openedBy.GetValueOrDefault(commandId));
        }
    }

    public ValueTask<IReadOnlyList<WorkItem>> ListWorkAsync(string workplace, CancellationToken cancellation = default)
    {
        lock (gate)
        {
            return ValueTask.FromResult<IReadOnlyList<WorkItem>>([
                .. rows
                    .Values.Where(row => row.Work is not null && row.Workplace == workplace)
                    .Select(row => row.Work!)
                    .OrderBy(work => work.Since)
                    .ThenBy(work => work.Case, StringComparer.Ordinal),
            ]);
        }
    }

    public ValueTask<IReadOnlyList<CaseCount>> CountCasesAsync(CancellationToken cancellation = default)
    {
        lock (gate)
        {
            return ValueTask.FromResult<IReadOnlyList<CaseCount>>([
                .. rows
                    .Values.CountBy(row => (row.Town, row.Procedure, row.Disposition))
                    .Select(count => new CaseCount(count.Key.Town, count.Key.Procedure, count.Key.Disposition, count.Value))
                    .OrderBy(count => count.Town, StringComparer.Ordinal)
                    .ThenBy(count => count.Procedure, StringComparer.Ordinal)
                    .ThenBy(count => count.Disposition),
            ]);
        }
    }

    public async ValueTask<IReadOnlyList<CaseCount>> CountOpenAsync(CancellationToken cancellation = default) =>
        [.. (await CountCasesAsync(cancellation)).Where(count => count.Disposition == Disposition.Open)];

    public ValueTask<IReadOnlyList<WorkCount>> CountWorkAsync(string? town, CancellationToken cancellation = default)
    {
        lock (gate)
        {
            return ValueTask.FromResult<IReadOnlyList<WorkCount>>([
                .. rows
                    .Values.Where(row => row.Workplace is not null && (town is null || row.Town == town))
                    .CountBy(row => (row.Town, row.Workplace, row.Colour, row.Work?.Due))
                    .Select(count => new WorkCount(count.Key.Town, count.Key.Workplace!, count.Key.Colour, count.Key.Due, count.Value))
                    .OrderBy(count => count.Town, StringComparer.Ordinal)
                    .ThenBy(count => count.Workplace, StringComparer.Ordinal)
                    .ThenBy(count => count.Colour)
                    .ThenBy(count => count.Due ?? DateOnly.MaxValue),
            ]);
        }
    }

    public ValueTask<IReadOnlyList<RefusedRecord>> ListRefusedAsync(
        DateTimeOffset since,
        int take,
        CancellationToken cancellation = default
    )
    {
        lock (gate)
        {
            return ValueTask.FromResult<IReadOnlyList<RefusedRecord>>([
                .. records()
                    .Where(record => record.At >= since && RefusedRecord.Kinds.Contains(record.Kind))
                    .OrderByDescending(record => record.At)
                    .Take(take)
                    .Select(record => new RefusedRecord(record.Stream, Encoding.UTF8.GetString(record.Payload.Span))),
            ]);
        }
    }

    public ValueTask<IReadOnlyList<ReadsRecord>> ListReadsAsync(ReadsQuery query, CancellationToken cancellation = default)
    {
        lock (gate)
        {
            return ValueTask.FromResult<IReadOnlyList<ReadsRecord>>([
                .. records()
                    .Where(record =>
                        string.CompareOrdinal(record.Stream, query.FromStream) >= 0
                        && string.CompareOrdinal(record.Stream, query.BeforeStream) < 0
                        && record.Stream.Contains(query.InStream, StringComparison.Ordinal)
                    )
                    .OrderByDescending(record => record.Stream, StringComparer.Ordinal)
                    .ThenByDescending(record => record.Version)
                    .Select(record => new ReadsRecord(record.Stream, Encoding.UTF8.GetString(record.Payload.Span)))
                    .Where(record => query.Case is null || record.Payload.Contains($"\"{query.Case}\"", StringComparison.Ordinal))
                    .Take(query.Take),
            ]);
        }
    }

    public ValueTask<IReadOnlyList<CaseSpan>> ListDecidedAsync(DecidedQuery query, CancellationToken cancellation = default)
    {
        lock (gate)
        {
            return ValueTask.FromResult<IReadOnlyList<CaseSpan>>([
                .. rows
                    .Values.Where(row =>
                        row.Disposition == Disposition.Decided
                        && row.Town == query.Town
                        && row.Subject == query.Item
                        && row.OpenedAt >= query.OpenedSince
                        && row.ChangedAt >= query.EndedSince
                        && row.ChangedAt < query.EndedBefore
                    )
                    .Order(NewestFirst)
                    .Take(query.Take)
                    .Select(row => new CaseSpan(row.OpenedAt, row.ChangedAt)),
            ]);
        }
    }

    public ValueTask<IReadOnlyList<string>> ListOpenAsync(string town, string? procedure, CancellationToken cancellation = default)
    {
        lock (gate)
        {
            return ValueTask.FromResult<IReadOnlyList<string>>([
                .. rows
                    .Values.Where(row =>
                        row.Disposition == Disposition.Open && row.Town == town && (procedure is null || row.Procedure == procedure)
                    )
                    .Select(row => row.Number)
                    .Order(StringComparer.Ordinal),
            ]);
        }
    }

    private static readonly Comparer<CaseRow> NewestFirst = Comparer<CaseRow>.Create(
        (a, b) => b.OpenedAt.CompareTo(a.OpenedAt) is var byMoment and not 0 ? byMoment : string.CompareOrdinal(b.Number, a.Number)
    );

    private static bool Matches(CaseQuery query, CaseRow row) =>
        (query.Town is null || query.Town == row.Town)
        && (query.Procedure is null || query.Procedure == row.Procedure)
        && (query.Subject is null || query.Subject == row.Subject)
        && (query.Disposition is null || query.Disposition == row.Disposition)
        && (query.Workplace is null || query.Workplace == row.Workplace)
        && (query.Party is null || query.Party == row.PartyId)
        && (query.Certificate is null || query.Certificate == row.Certificate)
        && (query.Numbers.IsEmpty || query.Numbers.Contains(row.Number))
        && (query.Labels.IsEmpty || query.Labels.All(label => row.Labels.Contains(label)));
}
