using System.Collections.Immutable;
using TownReform.Grains.Matters;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Rules.Towns;
using TownReform.Grains.Seeds;
using TownReform.Grains.Simulation.Results;

namespace TownReform.Client.Clauses;

/// <summary>A clause of the plans with what carries it.</summary>
/// <param name="Rules">Rules that carry it, read from the code.</param>
/// <param name="Procedures">Procedures that carry it, or whose acts ask a rule of it.</param>
/// <param name="Tests">How many tests show it; null where there are no sources of tests.</param>
/// <param name="Cases">Cases of these procedures in the last simulated run; null without one.</param>
/// <param name="Refusals">How often that run was refused by the clause; null without one.</param>
/// <param name="Unproved">It is claimed, and no rule or procedure carries it, or no test shows it.</param>
internal sealed record ClauseLine(
    string Clause,
    Words Subject,
    ClauseState State,
    ImmutableArray<string> Rules,
    ImmutableArray<string> Procedures,
    int? Tests,
    double? Cases,
    double? Refusals,
    Words? Left,
    bool Unproved
)
{
    /// <param name="run">The run whose use is counted; null for none.</param>
    /// <exception cref="TownReform.Grains.Seeds.Reading.SeedException">The list of clauses has faults.</exception>
    public static ImmutableArray<ClauseLine> All(SeedLibrary seeds, ClauseTests tests, RunSummary? run) =>
        [.. ClauseLoader.Load(seeds).Select(clause => Of(clause, seeds, tests, run))];

    private static ClauseLine Of(PlanClause clause, SeedLibrary seeds, ClauseTests tests, RunSummary? run)
    {
        var rules = ClauseRules.Of(clause.Id);
        ImmutableArray<string> procedures =
        [
            .. clause
                .Procedures.Union(
                    seeds.Procedures.Values.Where(p => Asked(p).Intersect(rules, StringComparer.Ordinal).Any()).Select(p => p.Code),
                    StringComparer.Ordinal
                )
                .Order(StringComparer.Ordinal),
        ];
        var shown = tests.Found?.GetValueOrDefault(clause.Id);
        var isUnproved = clause.State != ClauseState.Absent && ((rules.IsEmpty && procedures.IsEmpty) || shown == 0);
        return new(
            Clause: clause.Id,
            Subject: clause.Subject,
            State: clause.State,
            Rules: rules,
            Procedures: procedures,
            Tests: shown,
            Cases: run?.Pooled.Procedures.Where(p => procedures.Contains(p.Procedure)).Sum(p => p.Flow.Opened),
            Refusals: run?.Pooled.Refusals.Where(r => r.Clause == clause.Id).Sum(r => r.Count),
            Left: clause.Left,
            Unproved: isUnproved
        );
    }

    private static IEnumerable<string> Asked(Procedure procedure) =>
        procedure.OpenRules.Concat(procedure.Steps.Values.SelectMany(step => step.Acts.Values).SelectMany(act => act.Rules));
}
