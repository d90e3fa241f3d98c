using TownReform.Grains.Seeds.Reading;
using TownReform.Grains.Simulation.Results;
using TownReform.Grains.Simulation.Scenarios;

namespace TownReform.Grains.Tests.Simulation;

/// <summary>An operator's what-if: a few lines over another scenario, and what they change of towns and days.</summary>
public sealed class WhatIfTests : IDisposable
{
    private const string Head = "scenario: variant\nname: {zh: 变, en: Variant}\nextends: first-year\n";
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("what-if-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Extends_AFewLines_JoinMappingsAndReplaceTheRest()
    {
        var variant = Load(Head + "work: {review: {median: 90}}\nweekday: [1, 1, 1, 1, 1, 1, 1]\nopens_on: 2019-05-06\n");
        var year = ScenarioLoader.Load(ScenarioCopy.Seeds, ScenarioLoader.Default);
        (variant.Code, variant.Name.En).ShouldBe(("variant", "Variant"));
        variant.Extends.ShouldBe([ScenarioLoader.Default]);
        variant.Work["review"].ShouldBe(year.Work["review"] with { Median = 90 });
        variant.Work["intake"].ShouldBe(year.Work["intake"]);
        variant.Weekday.ShouldAllBe(day => day == 1);
        variant.OpensOn.ShouldBe(new DateOnly(2019, 5, 6));
        variant.Towns.Select(t => t.Town).ShouldBe(year.Towns.Select(t => t.Town));
    }

    [Fact]
    public void Extends_AnEmptyValue_TakesTheKeyAway()
    {
        var variant = Load(Head + "towns: {yandian: }\nadjustments: []\nremote_hour: ~\n");
        variant.Towns.Select(t => t.Town).ShouldBe(["guyun"]);
        variant.RemoteHour.ShouldBe(RemoteHours.Usual);
    }

    [Fact]
    public void Extends_OfAFileThatExtends_IsAChainWithTheNearestFirst()
    {
        Write("base.yaml", Head.Replace("variant", "base", StringComparison.Ordinal) + "pace: 2\ndemand_scale: 3\n");
        var variant = Load("scenario: top\nname: {zh: 顶, en: Top}\nextends: base.yaml\npace: 4\n");
        variant.Extends.ShouldBe(["base.yaml", ScenarioLoader.Default]);
        (variant.Pace, variant.DemandScale).ShouldBe((4, 3));
        RunInputs
            .Of(ScenarioCopy.Seeds, Path.Combine(folder.FullName, "variant.yaml"))
            .Files.Select(f => f.Path)
            .Where(path => path.StartsWith("scenarios/", StringComparison.Ordinal) && path.EndsWith(".yaml", StringComparison.Ordinal))
            .ShouldBe(["scenarios/base.yaml", "scenarios/first-year.yaml", "scenarios/top.yaml"]);
    }

    [Theory]
    [InlineData("extends: last-year", "extends", 3)]
    [InlineData("extends: variant.yaml", "extends", 3)]
    [InlineData("extends: [first-year]", "extends", 3)]
    [InlineData("extends: first-year\nwork: {review: {median: 0}}", "work.review.median", 4)]
    [InlineData("extends: first-year\npeople: {yantai: {enforcement: {officer: -1}}}", "people", 4)]
    [InlineData("extends: first-year\npeople: {yandian: {enforcment: {officer: -1}}}", "people.yandian", 4)]
    [InlineData("extends: first-year\npeople: {yandian: {enforcement: {window: -1}}}", "people.yandian.enforcement", 4)]
    [InlineData(
        "extends: first-year\npeople: {yandian: {government-service: {window: -9}}}",
        "people.yandian.government-service.window",
        4
    )]
    [InlineData(
        "extends: first-year\npeople: {yandian: {government-service: {window: few}}}",
        "people.yandian.government-service.window",
        4
    )]
    [InlineData("extends: first-year\npeople: {yandian: {government-service: {window: 0}}}", "people.yandian", 4)]
    [InlineData("extends: first-year\npeople: {yandian: {government-service: {window: +9}}}", "people.yandian", 4)]
    [InlineData("extends: first-year\nseason: [{from: 2020-01-13, until: 2020-01-12, factor: 2}]", "season.until", 4)]
    [InlineData("extends: first-year\nseason: [{from: 2020-01-13, until: 2020-01-23, factor: 2, items: [YD-X]}]", "season.items", 4)]
    [InlineData("extends: first-year\nseason: [{from: 2020-01-13, until: 2020-01-23, factor: 2, towns: [x]}]", "season.towns", 4)]
    [InlineData("extends: first-year\nseason: [{from: 2020-01-13, until: 2020-01-23, factor: -1}]", "season[0].factor", 4)]
    [InlineData("extends: first-year\nclosures: [{from: 2020-02-01, until: 2020-02-09, office: hall}]", "closures.office", 4)]
    [InlineData("extends: first-year\nkept_by_county: {yandian: [GY-XK-001]}", "kept_by_county", 4)]
    [InlineData("extends: first-year\ntowns: {yandian: none.csv}", "file", 0)]
    public void Load_AFault_NamesFileLineAndField(string text, string field, int line)
    {
        Write("variant.yaml", $"scenario: variant\nname: {{zh: 变, en: Variant}}\n{text}\n");
        var faults = Should.Throw<SeedException>(() => ScenarioLoader.Load(ScenarioCopy.Seeds, PathOf("variant.yaml"))).Faults;
        var fault = faults.FirstOrDefault(f => f.Field == field);
        fault.ShouldNotBeNull(string.Join('\n', faults));
        fault.Line.ShouldBe(line);
        fault.File.ShouldEndWith(field == "file" ? "none.csv" : "variant.yaml");
    }

    [Fact]
    public void Load_AFaultOfTheScenarioBelow_NamesItsFileAndLine()
    {
        Write("base.yaml", Head + "pace: quick\n");
        Write("variant.yaml", "scenario: top\nname: {zh: 顶, en: Top}\nextends: base.yaml\n");
        var fault = Should.Throw<SeedException>(() => ScenarioLoader.Load(ScenarioCopy.Seeds, PathOf("variant.yaml"))).Faults[0];
        (Path.GetFileName(fault.File), fault.Line, fault.Field).ShouldBe(("base.yaml", 4, "pace"));
    }

    [Theory]
    [InlineData("../x.yaml")]
    [InlineData("/etc/hostname.yaml")]
    public void Load_AScenarioOfTheSeeds_NamesNoOtherFiles(string path)
    {
        var text = $"scenario: x\nname: {{zh: 变, en: X}}\nextends: {path}\n";
        ScenarioLoader.FaultsOf(ScenarioCopy.Seeds, "first-year", text)[0].Field.ShouldBe("extends");
        var demand = $"scenario: x\nname: {{zh: 变, en: X}}\nextends: demo\ntowns: {{yandian: {path}.csv}}\n";
        ScenarioLoader.FaultsOf(ScenarioCopy.Seeds, "first-year", demand)[0].Field.ShouldBe("towns.yandian");
    }

    [Fact]
    public void People_OneAndTwoLess_TakeTheLastWithFewestRoles()
    {
        var (one, two) = (People("-1"), People("-2"));
        (one.Was, one.Now).ShouldBe((8, 7));
        two.Taken.Length.ShouldBe(2);
        two.Taken.ShouldContain(one.Taken[0]);
        one.Added.ShouldBeEmpty();
        People("+1")
            .ShouldSatisfyAllConditions(
                more => more.Now.ShouldBe(9),
                more => more.Taken.ShouldBeEmpty(),
                more => more.Added.Length.ShouldBe(1),
                more => ScenarioCopy.Seeds.Towns["yandian"].Staff.ShouldNotContain(p => p.Id == more.Added[0])
            );
        People("6").Taken.ShouldBe(two.Taken);
        Changed("8").ShouldBeEmpty();
    }

    [Fact]
    public void People_OfACountyDepartment_ChangeForEachTownOfTheCounty()
    {
        var (seeds, told) = Of(new PeopleWanted("guyun", "approval-service", "window", "+1"), "guyun", "approval-service");
        told.Added.Length.ShouldBe(1);
        seeds.Counties["shen"].Department("approval-service")!.People.ShouldContain(p => p.Id == told.Added[0]);
        seeds.Towns["guyun"].CountyDepartments.First(d => d.Code == "approval-service").People.ShouldContain(p => p.Id == told.Added[0]);
        seeds.Towns["yandian"].ShouldBe(ScenarioCopy.Seeds.Towns["yandian"]);
    }

    [Fact]
    public async Task Run_WithOtherPeopleSeasonsAndClosings_IsThatTown()
    {
        const string Weeks =
            "from: 2019-05-06\nuntil: 2019-05-24\nassessment: {on: 2019-05-20}\nadjustments: []\nsecondments: {yearly: 0}\n";
        Write("base.yaml", Head.Replace("variant", "base", StringComparison.Ordinal) + Weeks + "demand_scale: 0.3\n");
        Write(
            "variant.yaml",
            """
            scenario: variant
            name: {zh: 变, en: Variant}
            extends: base.yaml
            people: {yandian: {government-service: {window: -2}}}
            season: [{from: 2019-05-06, until: 2019-05-08, factor: 3, kinds: [permit], towns: [guyun]}]
            closures: [{from: 2019-05-13, until: 2019-05-15, towns: [yandian]}]
            kept_by_county: {guyun: [GY-XK-003, GY-XK-004]}
            """
        );
        var (was, now) = (await WrittenRun.OfAsync(PathOf("base.yaml")), await WrittenRun.OfAsync(PathOf("variant.yaml")));
        now[1].Breaches.ShouldBeEmpty();
        PeopleOf(was).ShouldBe(PeopleOf(now) + 2);
        Opened(now, "guyun", "2019-05-06", "2019-05-08").ShouldBeGreaterThan(Opened(was, "guyun", "2019-05-06", "2019-05-08") * 3 / 2);
        Opened(now, "yandian", "2019-05-06", "2019-05-08").ShouldBe(Opened(was, "yandian", "2019-05-06", "2019-05-08"));
        Opened(was, "yandian", "2019-05-13", "2019-05-15").ShouldBeGreaterThan(0);
        Opened(now, "yandian", "2019-05-13", "2019-05-15").ShouldBe(0);
        Opened(now, "yandian", "2019-05-13", "2019-05-16").ShouldBeGreaterThan(Opened(was, "yandian", "2019-05-16", "2019-05-16"));
        now[1].Refusals.ShouldContain(r => r.Refusal.Code == RefusalCode.PowerNotInForce && r.Town == "guyun");
    }

    [Fact]
    public void Routes_OneWord_StandsForAll()
    {
        var variant = Load(Head + "routes: {permit: permit-by-county}\n");
        variant.Routes["permit"].Select(r => (r.Procedure, r.Share)).ShouldBe([("permit-by-county", 1)]);
        SimulationOrders.Without(ScenarioCopy.Seeds, variant).ShouldBe(["permit"]);
        SimulationOrders.Without(ScenarioCopy.Seeds, Load(Head)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("work.review.median", null)]
    [InlineData("people.yandian.government-service.window", null)]
    [InlineData("routes.permit", null)]
    [InlineData("peple.yandian", "peple")]
    [InlineData("people.yandia.government-service.window", "yandia")]
    [InlineData("people.yandian.government-services.window", "government-services")]
    [InlineData("people.yandian.government-service.windows", "windows")]
    [InlineData("work.reviw.median", "reviw")]
    [InlineData("work.review.mode", "mode")]
    [InlineData("weekday.0", "0")]
    [InlineData("hour.24", "24")]
    [InlineData("", "")]
    public void Unknown_APath_NamesTheKeyThatIsNone(string path, string? key) =>
        ScenarioPaths.Unknown(ScenarioCopy.Seeds, path)?.Key.ShouldBe(key);

    private static int PeopleOf(WrittenRun run) => run[1].Days.First(d => d.Workplace == "yandian/government-service").People;

    private static int Opened(WrittenRun run, string town, string from, string until) =>
        run[1]
            .Cases.Count(c =>
                c.Town == town
                && c.Procedure.StartsWith("permit", StringComparison.Ordinal)
                && DateOnly.FromDateTime(c.OpenedAt.DateTime) >= DateOnly.Parse(from, null)
                && DateOnly.FromDateTime(c.OpenedAt.DateTime) <= DateOnly.Parse(until, null)
            );

    private PeopleChange People(string asked) => Changed(asked).ShouldHaveSingleItem();

    private System.Collections.Immutable.ImmutableArray<PeopleChange> Changed(string asked) =>
        SimulationOrders
            .SeedsOf(ScenarioCopy.Seeds, Load(Head + $"people: {{yandian: {{government-service: {{window: {asked}}}}}}}\n"))
            .People;

    private static (TownReform.Grains.Rules.Towns.SeedLibrary Seeds, PeopleChange Told) Of(PeopleWanted wanted, string town, string office)
    {
        var role = ChangedPeople.Roles(ScenarioCopy.Seeds.Towns[town], office, new DateOnly(2019, 4, 9))[0];
        var (seeds, told) = ChangedPeople.Of(ScenarioCopy.Seeds, [wanted with { Role = role }], new DateOnly(2019, 4, 9));
        return (seeds, told[0]);
    }

    private Scenario Load(string text) => ScenarioLoader.Load(ScenarioCopy.Seeds, Write("variant.yaml", text));

    private string PathOf(string file) => Path.Combine(folder.FullName, file);

    private string Write(string file, string text)
    {
        File.WriteAllText(PathOf(file), text);
        return PathOf(file);
    }
}
