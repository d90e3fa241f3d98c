using System.Collections.Immutable;

namespace TownReform.Grains.Simulation.Results;

/// <summary>
/// The answer to the one question of who orders a run: does the town carry these powers with these people? By the share on time against
/// the scenario's target, and by where steps wait. Pure.
/// </summary>
public static class TownVerdicts
{
    /// <summary>Above that share of their time people have no room left for a busy week.</summary>
    public const double FullUse = 0.85;

    /// <summary>A backlog that grows by so many steps a week isn't worked off.</summary>
    public const double Grows = 1;

    /// <summary>What every figure of a run rests on.</summary>
    public static Words Assumed => VerdictWords.Assumed;

    /// <summary>One verdict for each town, in the order of their codes.</summary>
    public static ImmutableArray<TownVerdict> Of(RunHeading run, RunFigures figures) =>
        [.. figures.Towns.Select(town => Of(run, figures, town))];

    private static TownVerdict Of(RunHeading run, RunFigures figures, TownFigures town)
    {
        var target = run.OnTimeTarget ?? RunHeading.UsualTarget;
        var (own, county) = (Bottleneck(figures, town.Town, own: true), Bottleneck(figures, town.Town, own: false));
        var share = town.Flow.OnTimeShare;
        var (lowest, highest) = (town.Flow.Range?.OnTimeShare?.Min ?? share, town.Flow.Range?.OnTimeShare?.Max ?? share);
        var verdict =
            share is null ? Verdict.NoCases
            : highest < target ? Verdict.DoesNotCarry
            : lowest < target || IsFull(own) || IsFull(county) ? Verdict.AtTheLimit
            : Verdict.Carries;
        var lines = new VerdictWords(run, town, target).Lines(verdict, own, county);
        return new TownVerdict(
            Town: town.Town,
            Verdict: verdict,
            OnTimeShare: share,
            Target: target,
            Own: own,
            County: county,
            Zh: [.. lines.Select(l => l.Zh)],
            En: [.. lines.Select(l => l.En)]
        );
    }

    private static bool IsFull(RoleFigures? role) => role is not null && (role.StaffUse >= FullUse || role.GrowthPerWeek >= Grows);

    // Where most waits; where nothing does, who is busiest. Who has no work is in no average.
    private static RoleFigures? Bottleneck(RunFigures figures, string town, bool own) =>
        figures
            .Roles.Where(r => r.Town == town && r.Steps > 0 && r.Workplace.StartsWith($"{town}/", StringComparison.Ordinal) == own)
            .OrderByDescending(r => r.MeanQueue ?? 0)
            .ThenByDescending(r => r.StaffUse ?? 0)
            .ThenBy(r => r.Workplace, StringComparer.Ordinal)
            .FirstOrDefault();
}

/// <summary>Whether a town carries its powers.</summary>
public enum Verdict
{
    /// <summary>No case had a limit to keep.</summary>
    NoCases = 1,

    /// <summary>The target is kept, and nobody is full.</summary>
    Carries = 2,

    /// <summary>The target is kept, in some replications or with people who have no room left.</summary>
    AtTheLimit = 3,

    /// <summary>The target is missed, in every replication.</summary>
    DoesNotCarry = 4,
}

/// <param name="OnTimeShare">Over all replications, cases open past their limit counted late.</param>
/// <param name="Target">Share that the scenario asks for.</param>
/// <param name="Own">Where most waits in the town.</param>
/// <param name="County">Where most waits in the county's departments that work for it; null where none had work.</param>
/// <param name="Zh">The answer in lines, in Chinese.</param>
/// <param name="En">The same in English.</param>
public sealed record TownVerdict(
    string Town,
    Verdict Verdict,
    double? OnTimeShare,
    double Target,
    RoleFigures? Own,
    RoleFigures? County,
    ImmutableArray<string> Zh,
    ImmutableArray<string> En
);
