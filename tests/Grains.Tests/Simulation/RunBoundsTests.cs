using TownReform.Grains.Simulation.Spread;

namespace TownReform.Grains.Tests.Simulation;

/// <summary>What a silo takes of a run from outside: scenarios by the loader's own rule for codes.</summary>
public sealed class RunBoundsTests
{
    [Theory]
    [InlineData("first-year", true)]
    [InlineData("festival-2", true)]
    [InlineData("First-Year", false)]
    [InlineData("a_b", false)]
    [InlineData("-a", false)]
    [InlineData("a\n", false)]
    [InlineData("../first-year", false)]
    [InlineData("first-year.yaml", false)]
    [InlineData("", false)]
    public void Scenario_ByItsCode_IsTakenAsTheLoaderTakesIt(string scenario, bool taken) => (WhyNot(scenario) is null).ShouldBe(taken);

    [Theory]
    [InlineData(80, true)]
    [InlineData(81, false)]
    public void Scenario_OfTheLongestName_HasRoomInTheRunsName(int length, bool taken) =>
        (WhyNot(new string('a', length)) is null).ShouldBe(taken);

    // As the console names a run.
    private static Words? WhyNot(string scenario) =>
        RunBounds.WhyNot(
            new ReplicationOrder(
                $"{(scenario.All(char.IsAsciiLetterLower) ? scenario : "run")}-{int.MaxValue}-{Guid.Empty:N}",
                1,
                new SimulationOrder(Scenario: scenario, Seed: 1, Replications: 1, Routes: [], DemandScale: null, Pace: null, Parallel: 1)
            )
        );
}
