using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using TownReform.Grains.Seeds;
using TownReform.Grains.Simulation;
using TownReform.Grains.Simulation.Results.Pooling;
using TownReform.Grains.Tests.Seeds;
using TownReform.Silo.Hosting;
using TownReform.Tests.Fixtures;

namespace TownReform.Grains.Tests.Simulation;

/// <summary>Runs of a few weeks: the same seed tells the same story, in whatever company; nothing is lost.</summary>
public sealed class ReplicationTests
{
    [Fact]
    public async Task Run_SameSeedTwice_TellsTheSameLines()
    {
        using var scenario = ScenarioCopy.Small();
        var (one, other) = (await WrittenRun.OfAsync(scenario.FullPath, seed: 7), await WrittenRun.OfAsync(scenario.FullPath, seed: 7));
        one[1].Cases.Count.ShouldBeGreaterThan(100);
        one[1].Lines.ShouldBe(other[1].Lines);
        one.Results.Select(r => (r.Cases, r.Commands, r.Refusals, r.RecordsVerified, r.StreamsVerified))
            .ShouldBe(other.Results.Select(r => (r.Cases, r.Commands, r.Refusals, r.RecordsVerified, r.StreamsVerified)));
    }

    [Fact]
    public async Task Run_OtherSeed_TellsAnotherYear()
    {
        using var scenario = ScenarioCopy.Small(until: "2019-04-30");
        var (one, other) = (await WrittenRun.OfAsync(scenario.FullPath, seed: 1), await WrittenRun.OfAsync(scenario.FullPath, seed: 2));
        one[1].Lines.ShouldNotBe(other[1].Lines);
        Openings(one).ShouldNotBe(Openings(other));
    }

    [Fact]
    public async Task Run_TwoReplicationsAtOnce_TellWhatTheyTellOneAfterTheOther()
    {
        using var scenario = ScenarioCopy.Small(until: "2019-04-30");
        var atOnce = await WrittenRun.OfAsync(scenario.FullPath, replications: 3, parallel: 3);
        var inTurn = await WrittenRun.OfAsync(scenario.FullPath, replications: 3, parallel: 1);
        for (var n = 1; n <= 3; n++)
        {
            atOnce[n].Lines.ShouldBe(inTurn[n].Lines);
        }

        atOnce[1].Lines.ShouldNotBe(atOnce[2].Lines);
    }

    [Fact]
    public async Task Run_CountyPeopleUnderOtherIds_GoesTheSameWay()
    {
        using var scenario = ScenarioCopy.Small(until: "2019-04-30");
        using var seeds = new SeedCopy();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(SeedCopy.Original, "procedures")))
        {
            File.Copy(file, Path.Combine(seeds.Folder, "procedures", Path.GetFileName(file)));
        }

        foreach (var county in new[] { SeedCopy.Linqing, "counties/shen.yaml" })
        {
            // Its first officer left long ago, and the next has an id of another make.
            seeds.Write(
                county,
                Regex.Replace(
                    seeds.Read(county),
                    @"^  - \{id: ([a-z-]+)-1, (.*?)since: [0-9-]+\}",
                    "  - {id: $1-0, $2since: 2001-01-01, until: 2018-12-31}\n  - {id: $1-00a, $2since: 2010-01-01}",
                    RegexOptions.Multiline
                )
            );
        }

        var order = new SimulationOrder(
            Scenario: scenario.FullPath,
            Seed: 1,
            Replications: 1,
            Routes: [],
            DemandScale: null,
            Pace: null,
            Parallel: 1
        );
        var other = await WrittenRun.OfAsync(order, TestContext.Current.CancellationToken, SeedLoader.Load(seeds.Folder));
        var same = await WrittenRun.OfAsync(order, TestContext.Current.CancellationToken);
        same[1].Cases.ShouldContain(c => c.Procedure == "power-adjustment" && c.Disposition == Disposition.Decided);
        (other.Results[0].Cases, other.Results[0].Commands, other.Results[0].Refusals).ShouldBe(
            (same.Results[0].Cases, same.Results[0].Commands, same.Results[0].Refusals)
        );
        other[1].Secondments.Select(s => (s.Subject, s.Approved)).ShouldBe(same[1].Secondments.Select(s => (s.Subject, s.Approved)));
    }

    [Fact]
    public async Task Collection_OfIdleGrains_SparesSimulatedWorlds()
    {
        await using var silo = await EmbeddedSilo.StartAsync(ScenarioCopy.Seeds, null, TestContext.Current.CancellationToken);
        foreach (var world in new[] { "sim-collection-1", Address.Live })
        {
            (
                await silo.Grains.GetGrain<ITownInside>(Address.Town(world, "yandian")).FoundAsync(new FoundTown(Stamps.Next(), []))
            ).ShouldSucceed();
        }

        // What a live silo does every quarter of an hour, at once.
        var management = silo.Grains.GetGrain<IManagementGrain>(0);
        await management.ForceActivationCollection(TimeSpan.Zero, TestContext.Current.CancellationToken);
        var left = (await management.GetDetailedGrainStatistics(null, null, TestContext.Current.CancellationToken))
            .Select(grain => grain.GrainId.ToString())
            .ToList();
        left.ShouldContain("town/sim-collection-1/yandian");
        left.ShouldNotContain("town/live/yandian");
    }

    [Fact]
    public async Task Run_AtItsEnd_HasLostNothing()
    {
        using var scenario = ScenarioCopy.Small();
        var run = await WrittenRun.OfAsync(scenario.FullPath, replications: 2, parallel: 2);
        foreach (var result in run.Results)
        {
            var told = run[result.Number];
            told.Breaches.ShouldBeEmpty();
            result.Cases.ShouldBe(told.Cases.Count);
            told.Cases.Select(c => c.Number).ShouldBeUnique();
            told.Events.Count(e => e.Activity == "open").ShouldBe(told.Cases.Count);
            result.Refusals.ShouldBe(told.Refusals.Count);
            (result.ChainBreak, result.EffectsWaiting).ShouldBe((null, 0));
            told.Cases.Select(c => c.Certificate).OfType<string>().ShouldBeUnique();
        }
    }

    [Fact]
    public async Task Run_ThatCannotKeepUp_CountsWhatIsOpenPastItsLimitAsLate()
    {
        using var scenario = ScenarioCopy.Small(demand: 0.15);
        var told = (
            await WrittenRun.OfAsync(
                new SimulationOrder(
                    Scenario: scenario.FullPath,
                    Seed: 3,
                    Replications: 1,
                    Routes: [],
                    DemandScale: null,
                    Pace: 0.1,
                    Parallel: 1
                ),
                TestContext.Current.CancellationToken
            )
        )[1];
        var figures = FigurePool.Of([told.Counts]);
        foreach (var town in figures.Towns)
        {
            var cases = told.Cases.Where(c => c.Town == town.Town && c.Procedure is not ("secondment" or "power-adjustment")).ToArray();
            double onTime = cases.Count(c => c.OnTime is true),
                late = cases.Count(c => c.OnTime is false),
                openLate = cases.Count(c => c.OnTime is false && c.Disposition == Disposition.Open);
            openLate.ShouldBeGreaterThan(0);
            town.Flow.OnTimeShare.ShouldBe(Math.Round(onTime / (onTime + late), 4, MidpointRounding.AwayFromZero));
            (town.Flow.OpenOverdue, figures.Weekly.Towns.Single(w => w.Town == town.Town).OpenOverdue[^1]).ShouldBe((openLate, openLate));
            cases
                .Where(c => c.Disposition is Disposition.Open or Disposition.Decided)
                .ShouldAllBe(c => (c.OnTime == false) == c.LateOn.HasValue);
        }
    }

    [Fact]
    public async Task Run_ByTheCountysRoute_SeesTheSameCitizens()
    {
        using var scenario = ScenarioCopy.Small();
        var (reformed, before) = (
            await WrittenRun.OfAsync(scenario.FullPath),
            await WrittenRun.OfAsync(scenario.FullPath, routes: new Field("permit", "permit-by-county"))
        );
        Openings(before).ShouldBe(Openings(reformed));
        before[1].Cases.ShouldAllBe(c => c.Kind != "permit" || c.Procedure == "permit-by-county");
        reformed[1].Cases.ShouldContain(c => c.Procedure == "permit");
        before[1].Breaches.ShouldBeEmpty();
    }

    [Fact]
    public async Task Run_AfterARecall_RefusesTheTownAndGoesToTheCounty()
    {
        using var scenario = ScenarioCopy.Small(demand: 0.6);
        const string Item = "YD-XK-026";
        var (recalled, told) = (new DateOnly(2019, 4, 29), (await WrittenRun.OfAsync(scenario.FullPath))[1]);
        var byProcedure = told
            .Cases.Where(c => c.Subject == Item && c.Kind == "permit")
            .ToLookup(c => DateOnly.FromDateTime(c.OpenedAt.Date) < recalled);
        byProcedure[true].ShouldContain(c => c.Procedure == "permit");
        byProcedure[false].ShouldNotBeEmpty();
        byProcedure[false].ShouldAllBe(c => c.Procedure == "permit-by-county");
        var refused = told.Refusals.Where(r => r.Refusal.Code == RefusalCode.PowerRecalled && r.Act == "open").ToArray();
        refused.ShouldNotBeEmpty();
        refused.ShouldAllBe(r => r.Refusal.Clause == "A3" && DateOnly.FromDateTime(r.At.Date) >= recalled);
        byProcedure[false].Count().ShouldBe(refused.Length + byProcedure[false].Count(c => refused.All(r => r.At != c.OpenedAt)));
    }

    [Fact]
    public async Task Run_Cancelled_StopsAndLeavesNoWorld()
    {
        using var scenario = ScenarioCopy.Small(until: "2020-04-08", demand: 1);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var run = new WrittenRun();
        var going = run.GoAsync(
            new SimulationOrder(
                Scenario: scenario.FullPath,
                Seed: 1,
                Replications: 2,
                Routes: [],
                DemandScale: null,
                Pace: null,
                Parallel: 2
            ),
            stop.Token
        );
        await Eventually.HoldsAsync("a replication has begun", () => run.Begun > 0 || going.IsCompleted);

        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(going);
        run.Results.ShouldBeEmpty();
    }

    [Fact]
    public async Task Progress_WhileARunGoesOn_IsTold()
    {
        using var scenario = ScenarioCopy.Small(until: "2019-07-31");
        await using var silo = await EmbeddedSilo.StartAsync(
            ScenarioCopy.Seeds,
            services => services.AddSingleton<IRunRecording, NoRecording>(),
            TestContext.Current.CancellationToken
        );
        var simulation = silo.Grains.GetGrain<ISimulationGrain>("asked");
        var run = simulation.RunAsync(
            new SimulationOrder(
                Scenario: scenario.FullPath,
                Seed: 1,
                Replications: 2,
                Routes: [],
                DemandScale: null,
                Pace: null,
                Parallel: 2
            ),
            TestContext.Current.CancellationToken
        );
        var told = new List<ReplicationProgress>();
        await Eventually.HoldsAsync(
            "a replication is under way",
            async () =>
            {
                told.AddRange(await simulation.ProgressAsync());
                return run.IsCompleted || told.Any(p => p is { Done: > 0, Finished: false });
            }
        );

        told.ShouldContain(p => p.Done > 0 && p.Share > 0 && p.Share < 1 && !p.Finished);
        (await run).Length.ShouldBe(2);
    }

    [Fact]
    public async Task Run_Demand_IsNearWhatTheScenarioSays()
    {
        using var scenario = ScenarioCopy.Small(until: "2019-05-31", demand: 1);
        var (told, plan) = ((await WrittenRun.OfAsync(scenario.FullPath))[1], scenario.Load());
        var calendar = ScenarioCopy.Seeds.Calendar;
        double Weight(DateOnly day) => calendar.IsWorkingDay(day) ? plan.Weekday[((int)day.DayOfWeek + 6) % 7] : 0;
        double Sum(DateOnly from, DateOnly until) =>
            Enumerable.Range(from.DayNumber, until.DayNumber - from.DayNumber + 1).Sum(d => Weight(DateOnly.FromDayNumber(d)));
        var share = Sum(plan.From, plan.Until) / Sum(plan.From, plan.From.AddYears(1).AddDays(-1));
        foreach (var town in plan.Towns)
        {
            var expected = town.Items.Sum(i => i.Yearly) * share;
            Openings(told, town.Town)
                .Count.ShouldBeInRange((int)(expected - (4 * Math.Sqrt(expected))), (int)(expected + (4 * Math.Sqrt(expected))));
        }
    }

    private static List<string> Openings(WrittenRun run) => [.. Openings(run[1], "guyun").Concat(Openings(run[1], "yandian"))];

    // Who came, for what, when: whether the case was opened at once or by the other route after a refusal, or refused for good.
    private static List<string> Openings(WrittenRun.Told told, string town) =>
        [
            .. told
                .Events.Where(e => e.Town == town && e.Activity == "open" && e.Procedure is not ("secondment" or "power-adjustment"))
                .Select(e => $"{e.At:O} {e.Item}")
                .Order(StringComparer.Ordinal),
        ];
}
