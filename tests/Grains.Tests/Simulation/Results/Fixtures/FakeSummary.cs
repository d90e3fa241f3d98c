using TownReform.Grains.Simulation.Results;
using TownReform.Grains.Simulation.Results.Pooling;

namespace TownReform.Grains.Tests.Simulation.Results;

/// <summary>Summaries of fake runs.</summary>
public static class FakeSummary
{
    public static RunSummary Of(string scenario, int replications, int cases, ulong seed = 7) =>
        FigurePool.Summarize(Heading(scenario, replications), Enumerable.Range(1, replications).Select(r => Counts(r, cases, seed)), []);

    public static RunHeading Heading(string scenario, int replications) =>
        new(
            Scenario: scenario,
            ScenarioZh: "基准年",
            ScenarioEn: "Base year",
            Seed: 7,
            Replications: replications,
            From: new DateTimeOffset(2019, 7, 1, 0, 0, 0, TimeSpan.FromHours(8)),
            Until: new DateTimeOffset(2019, 12, 31, 23, 59, 59, TimeSpan.FromHours(8)),
            Towns: [.. FakeRun.Towns],
            Label: null,
            Overrides: [],
            Program: "1.0",
            Seeds: new string('a', 64),
            Files: [new("scenarios/base.yaml", new string('b', 64))],
            Names: FakeRun.Directory.Names()
        );

    public static ReplicationCounts Counts(int replication, int cases, ulong seed = 7)
    {
        var tally = new ReplicationTally(replication, FakeRun.Frame, FakeRun.Directory);
        new FakeRun(seed + (ulong)replication).Tell(tally, cases);
        return tally.Close();
    }
}
