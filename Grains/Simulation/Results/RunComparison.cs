using System.Collections.Immutable;

namespace TownReform.Grains.Simulation.Results;

/// <summary>Two runs side by side. Pure: made of two summaries.</summary>
/// <param name="Differences">In what the two were made differently; none when they were made alike.</param>
/// <param name="Unpaired">Of those, what keeps the same citizens from meeting in both: figures then differ by chance too.</param>
public sealed record RunComparison(
    RunHeading A,
    RunHeading B,
    ImmutableArray<RunDifference> Differences,
    ImmutableArray<RunDifference> Unpaired,
    ImmutableArray<NamedCode> Definitions,
    ImmutableArray<ComparisonGroup> Groups
)
{
    /// <summary>Compares the pooled figures: each town over all its procedures, then each of its procedures, then its workplaces.</summary>
    /// <param name="inA">What A read, to tell values apart; null when unknown.</param>
    /// <param name="inB">What B read.</param>
    public static RunComparison Of(RunSummary a, RunSummary b, RunInputs? inA = null, RunInputs? inB = null)
    {
        var towns = Codes(a, b, f => f.Towns.Select(t => t.Town));
        return new RunComparison(
            a.Run,
            b.Run,
            RunDifferences.Of(a.Run, b.Run, inA, inB),
            RunDifferences.Unpaired(a.Run, b.Run),
            b.Definitions,
            [.. towns.SelectMany(town => OfTown(a.Pooled, b.Pooled, town))]
        );
    }

    private static IEnumerable<ComparisonGroup> OfTown(RunFigures a, RunFigures b, string town)
    {
        TownFigures? inA = a.Towns.FirstOrDefault(t => t.Town == town),
            inB = b.Towns.FirstOrDefault(t => t.Town == town);
        yield return new ComparisonGroup(
            town,
            null,
            [
                .. Rows(inA?.Flow, inB?.Flow),
                .. (
                    (ComparisonRow[])
                        [
                            new(Measure.StaffUse, inA?.Busiest?.StaffUse, inB?.Busiest?.StaffUse),
                            new(Measure.CountyStaffUse, inA?.BusiestCounty?.StaffUse, inB?.BusiestCounty?.StaffUse),
                        ]
                ).Where(row => row.A is not null || row.B is not null),
            ]
        );

        var procedures = a
            .Procedures.Concat(b.Procedures)
            .Where(p => p.Town == town)
            .Select(p => p.Procedure)
            .Distinct()
            .Order(StringComparer.Ordinal);
        foreach (var procedure in procedures)
        {
            var rows = Rows(Flow(a, town, procedure), Flow(b, town, procedure));
            var isInternal = a.Procedures.Concat(b.Procedures).Any(p => p.Procedure == procedure && p.Internal);
            yield return new ComparisonGroup(
                town,
                procedure,
                isInternal ? [.. rows.Where(r => r.Measure is not (Measure.OnTimeShare or Measure.VisitsPerCase))] : rows
            );
        }
    }

    private static FlowFigures? Flow(RunFigures figures, string town, string procedure) =>
        figures.Procedures.FirstOrDefault(p => p.Town == town && p.Procedure == procedure)?.Flow;

    private static ImmutableArray<ComparisonRow> Rows(FlowFigures? a, FlowFigures? b) =>
        [
            new(Measure.Opened, a?.Opened, b?.Opened),
            new(Measure.Decided, a?.Decided, b?.Decided),
            new(Measure.OnTimeShare, a?.OnTimeShare, b?.OnTimeShare),
            new(Measure.P50Days, a?.P50Days, b?.P50Days),
            new(Measure.P90Days, a?.P90Days, b?.P90Days),
            new(Measure.P95Days, a?.P95Days, b?.P95Days),
            new(Measure.VisitsPerCase, a?.VisitsPerCase, b?.VisitsPerCase),
            new(Measure.Backlog, a?.Open, b?.Open),
        ];

    private static IEnumerable<string> Codes(RunSummary a, RunSummary b, Func<RunFigures, IEnumerable<string>> of) =>
        of(a.Pooled).Concat(of(b.Pooled)).Distinct().Order(StringComparer.Ordinal);
}

/// <param name="Procedure">Null for the town over all its procedures.</param>
public sealed record ComparisonGroup(string Town, string? Procedure, ImmutableArray<ComparisonRow> Rows);

/// <summary>One figure of both runs; null where a run does not have it.</summary>
public sealed record ComparisonRow(Measure Measure, double? A, double? B)
{
    /// <summary>B − A, rounded to four decimals.</summary>
    public double? Difference => A is { } a && B is { } b ? Math.Round(b - a, 4, MidpointRounding.AwayFromZero) : null;

    /// <summary>B ÷ A, rounded to two decimals; null when A is nothing.</summary>
    public double? Ratio => A is { } a && B is { } b && a != 0 ? Math.Round(b / a, 2, MidpointRounding.AwayFromZero) : null;

    /// <summary>Whether B is better (true) or worse (false) for the people served; null when equal, unknown, or no matter of
    /// better.</summary>
    public bool? Better =>
        Difference is null or 0
            ? null
            : Measure switch
            {
                Measure.OnTimeShare => Difference > 0,
                Measure.P50Days or Measure.P90Days or Measure.P95Days or Measure.VisitsPerCase or Measure.Backlog => Difference < 0,
                _ => null,
            };
}

/// <summary>What is compared.</summary>
public enum Measure
{
    Opened = 1,
    Decided = 2,
    OnTimeShare = 3,
    P50Days = 4,
    P90Days = 5,
    P95Days = 6,
    VisitsPerCase = 7,
    Backlog = 8,
    StaffUse = 9,
    CountyStaffUse = 10,
}
