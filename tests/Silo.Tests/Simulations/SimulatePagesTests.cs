using System.Net;
using AngleSharp.Dom;
using TownReform.Silo.Tests.Web;
using TownReform.Tests.Fixtures;

namespace TownReform.Silo.Tests.Simulations;

/// <summary>The operator's pages without script: order a run, follow it, read what it came to, compare, look into a held world.</summary>
public sealed class SimulatePagesTests(RunningSilo silo) : IClassFixture<RunningSilo>
{
    [Theory]
    [InlineData("Operator", HttpStatusCode.OK, 1)]
    [InlineData("Leader", HttpStatusCode.OK, 0)]
    [InlineData("Party", HttpStatusCode.NotFound, 0)]
    [InlineData("Staff", HttpStatusCode.NotFound, 0)]
    [InlineData("", HttpStatusCode.SeeOther, 0)]
    public async Task List_IsForOperatorsAndLeaders(string kind, HttpStatusCode status, int forms)
    {
        var (answered, page, _) = await silo.PageAsync("/simulate", kind);
        answered.ShouldBe(status);
        page.QuerySelectorAll("form[method=post]").Length.ShouldBe(forms);
        (await silo.PageAsync("/worlds/live", kind)).Status.ShouldBe(status == HttpStatusCode.OK ? HttpStatusCode.NotFound : status);
    }

    [Fact]
    public async Task Order_FilledInWrongly_IsToldAtEachFieldAndKeepsWhatWasTyped()
    {
        var (status, page, _) = await OrderAsync(
            new()
            {
                ["scenario"] = "demo",
                ["seed"] = "x<b>",
                ["holdOn"] = "2030-01-01",
            }
        );
        status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        page.Title.ShouldNotBeNull().ShouldStartWith("Error: ");
        page.QuerySelector("#seed")!.GetAttribute("value").ShouldBe("x<b>");
        page.QuerySelector(".summary a")!.GetAttribute("href").ShouldBe("#seed");
        page.QuerySelector("#seed-fault").Read().ShouldContain("whole number");
        (status, page, _) = await OrderAsync(new() { ["scenario"] = "demo", ["holdOn"] = "2030-01-01" });
        page.QuerySelector("#holdOn-fault").Read().ShouldContain("2027-01-15");
    }

    [Fact]
    public async Task Order_WithoutTheFormsToken_RunsNothingAndKeepsWhatWasTyped()
    {
        var label = Guid.CreateVersion7().ToString();
        var (status, page, _) = await silo.PageAsync(
            "/simulate",
            form: new()
            {
                ["scenario"] = "demo",
                ["key"] = "k",
                ["label"] = label,
            }
        );
        status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        page.QuerySelector("#label")!.GetAttribute("value").ShouldBe(label);
        (await silo.PageAsync("/simulate")).Page.ReadAll("td").ShouldNotContain(label);
    }

    [Fact]
    public async Task Runs_ThatAreDone_ShowTablesChartsAndEachOther()
    {
        var one = await DoneAsync(
            new()
            {
                ["scenario"] = "demo",
                ["changes.values.demand_scale"] = "0.1",
                ["label"] = "as it is",
                ["replications"] = "2",
            }
        );
        var other = await DoneAsync(
            new()
            {
                ["scenario"] = "demo",
                ["changes.values.demand_scale"] = "0.1",
                ["replications"] = "2",
                ["route.permit"] = "permit-by-county",
            }
        );
        var (_, page, _) = await silo.PageAsync(one, "Leader");
        page.QuerySelector("h1").Read().ShouldBe("as it is");
        page.ReadAll("caption").ShouldBe(["Guyun Town", "Yandian Town"]);
        page.ReadAll("td").ShouldContain(cell => cell.Contains('–') && cell.Contains('('), "lowest and highest of the replications");
        page.QuerySelectorAll("form").ShouldBeEmpty("a leader only reads");
        foreach (var chart in page.QuerySelectorAll("img.chart"))
        {
            var (status, svg, _) = await silo.PageAsync(chart.GetAttribute("src")!.Replace(".en.svg", ".zh.svg", StringComparison.Ordinal));
            (status, svg.QuerySelector("svg")!.TextContent.Contains("烟店镇", StringComparison.Ordinal)).ShouldBe(
                (HttpStatusCode.OK, true)
            );
        }

        var (_, compared, _) = await silo.PageAsync($"/simulate/compare?run={Id(one)}&run={Id(other)}");
        compared.QuerySelector("table").Read().ShouldContain("routes.permit");
        (await silo.PageAsync($"/simulate/compare?run={Id(one)}")).Status.ShouldBe(HttpStatusCode.SeeOther);
        (await silo.PageAsync("/simulate/compare?run=a&run=b")).Status.ShouldBe(HttpStatusCode.SeeOther);
    }

    private async Task<(HttpStatusCode Status, IDocument Page, string? To)> OrderAsync(Dictionary<string, string> typed)
    {
        var (_, page, _) = await silo.PageAsync("/simulate");
        foreach (var name in new[] { "form-token", "key" })
        {
            typed[name] = page.QuerySelector($"form[method=post] [name={name}]")!.GetAttribute("value")!;
        }

        return await silo.PageAsync("/simulate", form: typed);
    }

    private async Task<string> OverAsync(Dictionary<string, string> typed)
    {
        var (status, _, to) = await OrderAsync(typed);
        status.ShouldBe(HttpStatusCode.SeeOther);
        await Eventually.HoldsAsync(
            $"{to} is over",
            async () => (await silo.PageAsync(to!)).Page.QuerySelector("[data-live]") is null,
            TimeSpan.FromMinutes(2)
        );
        return to!;
    }

    private async Task<string> DoneAsync(Dictionary<string, string> typed)
    {
        var path = await OverAsync(typed);
        (await silo.PageAsync(path)).Page.QuerySelector("main strong").Read().ShouldBe("done");
        return path;
    }

    private static string Id(string path) => path[(path.LastIndexOf('/') + 1)..];
}
