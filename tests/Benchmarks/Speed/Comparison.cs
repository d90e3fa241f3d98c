using TownReform.Benchmarks.Speed.Running;

namespace TownReform.Benchmarks.Speed;

/// <summary>All contenders' runs at one number of cases at once.</summary>
internal sealed record Comparison(int Cases, Standing[] Standings)
{
    /// <summary>This system, on each database that took part.</summary>
    public IEnumerable<Standing> Towns => Standings.Where(s => s.Entrant.Role == Role.Town);
}

/// <summary>The runs of one contender, one a round.</summary>
internal sealed record Standing(Entrant Entrant, Measurement[] Runs)
{
    public Spread Of(Func<Measurement, double> figure) => Spread.Of(Runs.Select(figure));

    /// <summary>The same of its open loops; null when it had none.</summary>
    public Spread? OfOpen(Func<OpenMeasurement, double> figure) => Runs[0].Open is null ? null : Of(run => figure(run.Open!));

    /// <summary>How many times as many steps a second this one takes as the other, round by round, so that what both met in a round cancels
    /// out.</summary>
    public Spread Over(Standing other) => Spread.Of(Runs.Zip(other.Runs, (mine, theirs) => mine.StepsPerSecond / theirs.StepsPerSecond));
}
