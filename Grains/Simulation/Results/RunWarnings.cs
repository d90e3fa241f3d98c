using System.Collections.Immutable;
using System.Globalization;
using TownReform.Grains.Rules.Plans;

namespace TownReform.Grains.Simulation.Results;

/// <summary>What makes a run's figures say something else than they seem to: told above them, and in the exit code. Pure.</summary>
public static class RunWarnings
{
    // Below that a share of cases says nothing.
    private const int LeastCases = 10;

    /// <summary>Every warning, in the order of the replications; empty when the run went as a year does.</summary>
    public static ImmutableArray<RunWarning> Of(RunHeading run, ImmutableArray<ReplicationCounts> replications) =>
        [
            .. replications.SelectMany(r =>
                r.Repeats.Select(repeat => Repeats(run.Names, r.Replication, repeat))
                    .Concat(
                        r.Early.Where(e => e.Opened >= LeastCases && e.StillOpen * 2 > e.Opened)
                            .Select(e => NeverEnds(run.Names, r.Replication, e))
                    )
            ),
        ];

    private static RunWarning Repeats(RunNames names, int replication, RepeatCounts r)
    {
        var (town, procedure) = (Name(names.Towns, r.Town), Name(names.Procedures, r.Procedure));
        return new(
            replication,
            "refusal-repeats",
            r.Town,
            $"{town.Zh}·{procedure.Zh}：{r.Cases} 件案件上同一办理动作（{r.Act}）反复被拒，最多 {r.Most} 次，如 {r.ExampleCase}：{r.Because.Zh}",
            $"{town.En}, {procedure.En}: the same act ({r.Act}) is refused again and again on {Count(r.Cases, "case", "cases")}, "
                + $"up to {r.Most} times, such as {r.ExampleCase}: {r.Because.En}"
        );
    }

    private static RunWarning NeverEnds(RunNames names, int replication, EarlyCounts e)
    {
        var (town, kind) = (Name(names.Towns, e.Town), TermWords.Kind(e.Kind));
        return new(
            replication,
            "kind-never-ends",
            e.Town,
            $"{town.Zh}·{kind.Zh}：前半段收到的 {e.Opened} 件中 {e.StillOpen} 件到期末仍未办结，其他指标只反映其余案件",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{town.En}, {kind.En}: of {e.Opened} cases that came in the first half of the run {e.StillOpen} are still open "
                    + $"at its end; figures over decided cases tell of the rest only"
            )
        );
    }

    private static NamedCode Name(ImmutableArray<NamedCode> names, string code) =>
        names.FirstOrDefault(n => n.Code == code) ?? new(code, code, code);

    private static string Count(long count, string one, string many) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many)}");
}

/// <summary>Something that the reader of the figures must know first.</summary>
/// <param name="Replication">1-based.</param>
/// <param name="Rule">Durable name: <c>refusal-repeats</c>, <c>kind-never-ends</c>.</param>
public sealed record RunWarning(int Replication, string Rule, string Town, string Zh, string En);
