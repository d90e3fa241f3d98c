using System.Net;
using AngleSharp.Dom;
using TownReform.Grains.Seeds;
using TownReform.Grains.Simulation.Scenarios;
using TownReform.Silo.Tests.Fixtures;
using TownReform.Silo.Tests.Web;
using TownReform.Silo.Web;
using TownReform.Silo.Web.Simulate;
using TownReform.Tests.Fixtures;

namespace TownReform.Silo.Tests.Simulations;

/// <summary>The form of a scenario: made from its schema, filled with the chosen scenario's values, and checked as its file is.</summary>
public sealed class ScenarioFormTests(RunningSilo silo) : IClassFixture<RunningSilo>
{
    private const string Taken = "changes.values.leave.taken";

    [Fact]
    public void Page_HasAControlForEachValueOfTheSchemaFilledWithTheScenarios()
    {
        var seeds = SeedLoader.Load(Repository.Seeds);
        var typed = SimulateForm.Fresh(seeds, "demo", null);
        var page = Render(typed, Pages.Chinese);
        page.QuerySelectorAll("[name^='changes.values.']").Length.ShouldBe(ScenarioControl.Filled.Length);
        page.QuerySelector("#changes-values-leave-taken")!.GetAttribute("value").ShouldBe("0.85");
        page.QuerySelector("#changes-values-from")!.GetAttribute("type").ShouldBe("date");
        page.QuerySelector("#changes-values-enquiries-duty option[selected]").Read().ShouldBe("hall");
        page.QuerySelector("#changes-values-behaviour")!.TextContent.ShouldStartWith("permit:\n  open:");
        page.QuerySelector("#changes-values-filing fieldset legend").Read().ShouldBe("备案件的答复天数");
        page.QuerySelector("label[for=changes-values-leave-taken]").Read().ShouldBe("实际休假占应休的比例 leave.taken；0–1");
        Render(typed, Pages.English).QuerySelector("label[for=changes-values-pace]").Read().ShouldContain("> 0, ≤ 1000; may be empty");
    }

    [Fact]
    public void Form_AsItWasFilledIn_ChangesNothing()
    {
        var seeds = SeedLoader.Load(Repository.Seeds);
        foreach (var scenario in ScenarioLoader.List(seeds))
        {
            foreach (var @as in new[] { "", SimulateForm.Text })
            {
                var (request, faults) = SimulateForm.Read(SimulateForm.Fresh(seeds, scenario, @as), seeds);
                faults.ShouldBeEmpty();
                request!.Changes!.Values.ShouldBeNull();
            }
        }
    }

    [Fact]
    public void Form_WithEachPartTypedAnew_IsTheSameScenario()
    {
        var seeds = SeedLoader.Load(Repository.Seeds);
        var draft = ScenarioDraft.Of(seeds, "demo");
        foreach (var control in ScenarioControl.Filled)
        {
            if (draft.Part(control.Path).Length == 0)
            {
                // What a what-if changes of the towns, the demo leaves as it is.
                control.IsRequired.ShouldBeFalse(control.Path);
                continue;
            }

            var yaml = control.Yaml(SimulateForm.Fresh(seeds, "demo", null));
            var order = new SimulationOrder("demo", 1, 1, [], null, null, 1, Values: [new(control.Path, yaml)]);
            SimulationOrders.Overrides(seeds, order).ShouldBeEmpty(control.Path);
        }
    }

    [Theory]
    [InlineData(Taken, "1.5", Taken, "fraction from 0 to 1, found '1.5'")]
    [InlineData(Taken, "", Taken, "fraction from 0 to 1")]
    [InlineData("changes.values.pace", "900", "changes.values.pace", "0.01 to 100")]
    [InlineData("changes.values.until", "2026-10-04", "changes.values.until", "not before 2026-10-05")]
    [InlineData("changes.values.until", "2026-11-08", "changes.values.adjustments", "a day of the run")]
    [InlineData("changes.values.weekday", "[1, 1]", "changes.values.weekday", "at least 7 entries")]
    [InlineData("changes.values.work", "intake: {median: 10\n", "changes.values.work", "well-formed YAML")]
    [InlineData("changes.values.work", "a: &a {median: 1, sigma: 1}\nb: *a", "changes.values.work", "well-formed YAML")]
    [InlineData("changes.values.parties.minor", "0.9", "changes.values.parties", "at most 1 together")]
    [InlineData("changes.values.name.zh", "'", null, "")]
    public void Form_WithAValueThatCantBe_IsToldAtItsField(string name, string typed, string? at, string because)
    {
        var seeds = SeedLoader.Load(Repository.Seeds);
        var (request, faults) = SimulateForm.Read(SimulateForm.Fresh(seeds, "demo", null).SetItem(name, typed), seeds);
        (request is null).ShouldBe(at is not null);
        if (at is not null)
        {
            faults.ShouldContainKey(at);
            faults[at].En.ShouldContain(because);
            faults[at].Zh.Any(letter => letter >= 0x4e00).ShouldBeTrue(faults[at].Zh);
        }
    }

    [Fact]
    public async Task Order_WithWrongValues_KeepsWhatWasTypedAndPointsAtTheField()
    {
        var (status, page, _) = await OrderAsync("", new() { [Taken] = "1.5<", ["changes.values.pace"] = "2" });
        status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        page.QuerySelector("#changes-values-leave-taken")!.GetAttribute("value").ShouldBe("1.5<");
        page.QuerySelector("#changes-values-pace")!.GetAttribute("value").ShouldBe("2");
        var link = page.QuerySelector(".summary a")!.GetAttribute("href")!;
        page.QuerySelector(link)!.GetAttribute("aria-describedby").ShouldBe("changes-values-leave-taken-fault");
        (status, page, _) = await OrderAsync("&as=text", new() { ["text"] = "scenario: demo\nuntil: x" });
        status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        page.QuerySelector("#text")!.TextContent.ShouldBe("scenario: demo\nuntil: x");
        page.QuerySelector("#text-fault").Read().ShouldContain("scenarios/demo.yaml:1: name: expected the key to be present");
    }

    [Theory]
    [InlineData("")]
    [InlineData("&as=text")]
    public async Task Order_WithAChangedValue_RunsByItAndSaysSoInItsResults(string @as)
    {
        var text = ScenarioDraft.Of(silo.Seeds, "demo").Text;
        var (status, _, to) = await OrderAsync(
            @as,
            @as.Length > 0
                ? new()
                {
                    ["text"] = text.Replace("taken: 0.85", "taken: 0.5", StringComparison.Ordinal)
                        .Replace("demand_scale: 0.26", "demand_scale: 0.02", StringComparison.Ordinal),
                }
                : new() { [Taken] = "0.5", ["changes.values.demand_scale"] = "0.02" }
        );
        status.ShouldBe(HttpStatusCode.SeeOther);
        await Eventually.HoldsAsync(
            $"{to} is over",
            async () => (await silo.PageAsync(to!)).Page.QuerySelector("[data-live]") is null,
            TimeSpan.FromMinutes(2)
        );
        var run = to![(to!.LastIndexOf('/') + 1)..];
        (await silo.AskAsync($"/{run}/files/summary.json")).GetRawText().ShouldContain("leave.taken");
        (await silo.PageAsync(to)).Page.ReadAll("tbody tr").ShouldContain(row => row == "leave.taken0.850.5", "path, then, now");
    }

    private async Task<(HttpStatusCode Status, IDocument Page, string? To)> OrderAsync(string @as, Dictionary<string, string> changed)
    {
        var (_, page, _) = await silo.PageAsync("/simulate?scenario=demo" + @as);
        var typed = page.QuerySelectorAll("form[method=post] [name]")
            .ToDictionary(field => field.GetAttribute("name")!, field => Sent(field), StringComparer.Ordinal);
        foreach (var (name, value) in changed)
        {
            typed.ContainsKey(name).ShouldBeTrue(name);
            typed[name] = value;
        }

        return await silo.PageAsync("/simulate", form: typed);
    }

    private static string Sent(IElement field) =>
        field.LocalName switch
        {
            "textarea" => field.TextContent.Replace("\n", "\r\n", StringComparison.Ordinal),
            "select" => (field.QuerySelector("option[selected]") ?? field.QuerySelector("option"))?.GetAttribute("value") ?? "",
            _ => field.GetAttribute("value") ?? "",
        };

    private static IDocument Render(System.Collections.Immutable.ImmutableDictionary<string, string> typed, PageContext context) =>
        Pages.Render<SimulatePage, SimulateModel>(
            new()
            {
                Runs = [],
                Scenarios = [],
                Routes = [],
                Typed = typed,
                MayOrder = true,
                Key = "k",
            },
            context
        );
}
