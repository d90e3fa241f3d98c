using TownReform.Grains.Simulation.Results;
using TownReform.Grains.Simulation.Results.Pooling;

namespace TownReform.Grains.Tests.Simulation.Results;

/// <summary>The answer that stands above a run's figures: by the target, and by where steps wait.</summary>
public sealed class TownVerdictTests
{
    [Theory]
    [InlineData(0.9499, 0.5, 0.0, Verdict.DoesNotCarry)]
    [InlineData(0.95, 0.5, 0.0, Verdict.Carries)]
    [InlineData(0.9501, 0.8499, 0.99, Verdict.Carries)]
    [InlineData(0.95, 0.85, 0.0, Verdict.AtTheLimit)]
    [InlineData(0.95, 0.5, 1.0, Verdict.AtTheLimit)]
    [InlineData(null, 0.5, 0.0, Verdict.NoCases)]
    public void Of_ShareUseAndGrowth_IsByTheirBounds(double? share, double use, double growth, Verdict expected)
    {
        var figures = Figures(share, null, Role("base/window-office", "window", use, queue: 1, growth));
        TownVerdicts.Of(Run, figures).ShouldHaveSingleItem().Verdict.ShouldBe(expected);
    }

    [Theory]
    [InlineData(0.96, 0.99, Verdict.Carries)]
    [InlineData(0.94, 0.99, Verdict.AtTheLimit)]
    [InlineData(0.90, 0.94, Verdict.DoesNotCarry)]
    public void Of_Replications_IsByTheLowestAndTheHighest(double lowest, double highest, Verdict expected)
    {
        var figures = Figures((lowest + highest) / 2, new Bounds(lowest, highest), Role("base/window-office", "window", 0.2, 0.1, 0));
        var verdict = TownVerdicts.Of(Run, figures)[0];
        verdict.Verdict.ShouldBe(expected);
        verdict.En[0].ShouldContain("by replication");
    }

    [Fact]
    public void Of_TownAndCounty_NamesTheLongestQueueOfEach()
    {
        var figures = Figures(
            0.99,
            null,
            Role("base/window-office", "window", 0.8, queue: 2, growth: 0),
            Role("base/window-office", "reviewer", 0.4, queue: 7.5, growth: 0),
            Role("shire/health", "reviewer", 0.1, queue: 0.5, growth: 0),
            Role("other/window-office", "window", 0.9, queue: 90, growth: 0)
        );
        var verdict = TownVerdicts.Of(Run, figures)[0];
        (verdict.Own!.Role, verdict.County!.Workplace).ShouldBe(("reviewer", "shire/health"));
        verdict.En[1].ShouldStartWith("Tightest in the town: base/window-office, the reviewer (reviewer), 3 people, 40.0% used");
        verdict.En[1].ShouldContain("7.5 wait on average");
        verdict.En[2].ShouldStartWith("Tightest in the county: shire/health");
        verdict.En[3].ShouldContain("--set people.base.window-office.reviewer=-1");
        verdict.Zh.Length.ShouldBe(verdict.En.Length);
    }

    [Fact]
    public void Pool_WaitsOfTwoSteps_AreWeightedByTime()
    {
        // Ten days of 450 minutes. One step waits 900 and takes 60, one still waits after 2,250.
        var tally = Tally(weeks: 2);
        tally.Worked(Work(waited: 900, minutes: 60));
        tally.LeftWaiting(new WaitRecord("base", "base/window-office", "permit", "review", "reviewer", 2250));
        for (var day = new DateOnly(2019, 4, 8); day < new DateOnly(2019, 4, 18); day = day.AddDays(1))
        {
            tally.DayClosed(Day(day, waiting: 1));
        }

        var role = RolePool.Of([tally.Close()]).ShouldHaveSingleItem();
        (role.Steps, role.People, role.StaffUse).ShouldBe((1, 2, 0.0067));
        role.MeanQueue.ShouldBe(0.7);
        role.WaitDays.ShouldBe(7);
        role.ServiceMinutes.ShouldBe(60);
        role.GrowthPerWeek.ShouldBeNull();
        role.ByStep.ShouldHaveSingleItem().ShouldBe(new StepFigures("permit", "review", 1, 7, 60));
    }

    [Fact]
    public void Pool_ABacklogThatGrows_TellsBySoManyAWeek()
    {
        var tally = Tally();
        for (var week = 0; week < 12; week++)
        {
            tally.DayClosed(Day(new DateOnly(2019, 4, 12).AddDays(7 * week), waiting: week < 5 ? 50 : 3 * week));
        }

        tally.Worked(Work(waited: 0, minutes: 1));
        RolePool.Of([tally.Close()])[0].GrowthPerWeek.ShouldBe(3);
    }

    private static ReplicationTally Tally(int weeks = 12) =>
        new(
            1,
            new RunFrame(new DateOnly(2019, 4, 8), new DateOnly(2019, 4, 7).AddDays(7 * weeks), TimeZoneInfo.Utc),
            RunDirectory.From(ScenarioCopy.Seeds)
        );

    private static WorkRecord Work(double waited, double minutes) =>
        new(
            Town: "base",
            Workplace: "base/window-office",
            Officer: "A",
            Case: "X1",
            Step: "review",
            From: default,
            Until: default,
            Minutes: minutes,
            IsLead: true,
            Finished: true,
            Asked: minutes
        )
        {
            Procedure = "permit",
            Role = "reviewer",
            OfficerRoles = ["reviewer"],
            Waited = waited,
        };

    private static WorkplaceDay Day(DateOnly day, int waiting) =>
        new(
            Town: "base",
            Workplace: "base/window-office",
            Day: day,
            PresentMinutes: 900,
            BusyMinutes: 0,
            Waiting: waiting,
            People: 2,
            Absent: 0,
            Away: [],
            OfficeMinutes: 450,
            Roles: [new RoleDay("reviewer", 2, 900, waiting)]
        );

    private static RoleFigures Role(string workplace, string role, double use, double queue, double growth) =>
        new(
            Town: workplace.StartsWith("other", StringComparison.Ordinal) ? "other" : "base",
            Workplace: workplace,
            Role: role,
            People: 3,
            Steps: 10,
            StaffUse: use,
            MeanQueue: queue,
            WaitDays: 1,
            ServiceMinutes: 30,
            GrowthPerWeek: growth,
            ByStep: []
        );

    private static RunHeading Run { get; } = FakeSummary.Of("base", 1, 80).Run with { OnTimeTarget = 0.95 };

    private static RunFigures Figures(double? share, Bounds? bounds, params RoleFigures[] roles)
    {
        var figures = FakeSummary.Of("base", 1, 80).Pooled;
        var town = figures.Towns[0];
        var range = bounds is null ? null : new FlowRange(null, bounds, null, null);
        return figures with
        {
            Towns = [town with { Town = "base", Flow = town.Flow with { OnTimeShare = share, Range = range } }],
            Roles = [.. roles],
        };
    }
}
