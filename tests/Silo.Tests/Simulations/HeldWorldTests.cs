using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AngleSharp.Dom;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using TownReform.Grains.Journal.Memory;
using TownReform.Silo.Api.Conventions;
using TownReform.Silo.Tests.Access;
using TownReform.Silo.Tests.Web;
using TownReform.Tests.Fixtures;

namespace TownReform.Silo.Tests.Simulations;

/// <summary>A world that a run has held, looked into by the live town's own pages and calls: all of it is read, nothing is done.</summary>
public sealed class HeldWorldTests(HeldSilo held) : IClassFixture<HeldSilo>
{
    private RunningSilo Silo => held.Silo;

    private string Pages => $"/worlds/{held.World}";

    private string Api => $"/api/v1/worlds/{held.World}";

    [Fact]
    public async Task Pages_OfAHeldWorld_SayInTitleAndFrameThatItIsSimulated()
    {
        var overview = (await Silo.PageAsync(Pages, "Leader")).Page;
        overview.Title.ShouldNotBeNull().ShouldStartWith("Simulated world, virtual day 10 Nov 2026 10:30");
        overview.ReadAll("summary").ShouldContain("Service guides");
        var office = Link(overview, "/yandian/o/enforcement");
        var work = (await Silo.PageAsync(office)).Page;
        var file = work.QuerySelector("tbody th a")!.GetAttribute("href")!;
        var number = file[(file.LastIndexOf('/') + 1)..];
        foreach (
            var path in new[]
            {
                Pages,
                office,
                file,
                $"{file}?asOf=1",
                $"{Pages}/yandian/o/enforcement/people",
                $"{Pages}/yandian/o/enforcement/overdue",
                $"{Pages}/items/YD-XK-001",
                $"{Pages}/board",
                $"{Pages}/board/yandian",
                $"{Pages}/register",
                $"{Pages}/track?number={number}",
                $"{Pages}/linqing/county/{held.Department}/filings?all=true",
                $"{Pages}/linqing/o/{held.Department}",
            }
        )
        {
            var (status, page, _) = await Silo.PageAsync(path);
            status.ShouldBe(HttpStatusCode.OK, path);
            page.Body!.ClassList.ShouldContain("simulated", path);
            page.Title.ShouldNotBeNull().ShouldStartWith("Simulated world, virtual day 10 Nov 2026 10:30", customMessage: path);
            page.QuerySelectorAll("form[method=post], a[href*='/acts/'], a[href$='/next'], [data-live^='/api']").ShouldBeEmpty(path);
            await LinksLeadSomewhereAsync(path, page);
        }
    }

    [Fact]
    public async Task Calls_AboutAHeldWorld_TellItsDayAndItsCases()
    {
        var cases = (await JsonAsync($"{Api}/cases?town=yandian&take=5")).GetProperty("cases").EnumerateArray().ToList();
        cases.Count.ShouldBe(5);
        var number = cases[0].GetProperty("number").GetString();
        (await JsonAsync($"{Api}/cases/{number}")).GetProperty("number").GetString().ShouldBe(number);
        (await JsonAsync($"{Api}/cases/{number}/records")).GetProperty("records").GetArrayLength().ShouldBePositive();
        foreach (
            var path in new[]
            {
                "/towns",
                "/towns/yandian",
                "/procedures",
                "/procedures/permit/forms",
                $"/cases/{number}/clock",
                $"/cases/{number}/acts",
                $"/cases/{number}/documents",
                "/offices/enforcement/work?town=yandian",
                $"/county/{held.Department}/filings",
                "/staff/YD-024",
                "/audit/verify",
                $"/audit/streams/case/{number}",
            }
        )
        {
            (await JsonAsync($"{Api}{path}")).ValueKind.ShouldNotBe(JsonValueKind.Undefined, path);
        }

        (await JsonAsync($"{Api}/towns/yandian/items")).GetProperty("day").GetString().ShouldBe("2026-11-10", "its own day");
        (await JsonAsync($"{Api}/board/yandian")).GetProperty("asOf").GetDateTimeOffset().Date.ShouldBe(new DateTime(2026, 11, 10));
        (await JsonAsync($"{Api}/cases/{number}"))
            .ToString()
            .ShouldBe((await JsonAsync($"{Api}/cases/{number}", "Leader")).ToString(), "leaders read the same");
    }

    [Fact]
    public async Task Endpoints_AskedAboutAHeldWorld_AnswerAsTheTableSays()
    {
        var line = (await JsonAsync($"{Api}/cases?state=open&town=yandian&procedure=permit&take=1")).GetProperty("cases")[0];
        var differ = new List<string>();
        foreach (var row in EndpointTable.Rows)
        {
            var (verb, route) = (row.Endpoint.Split(' ')[0], row.Endpoint.Split(' ')[1]);
            using var answer = await SendAsync(new HttpMethod(verb == "ANY" ? "GET" : verb), Below(route, line), "Operator");
            if ((int)answer.StatusCode != row.Expected.Single(cell => cell.Who == EndpointTable.Simulated).Status)
            {
                differ.Add($"{row.Endpoint}: {(int)answer.StatusCode}");
            }
        }

        differ.ShouldBeEmpty("in the column 'simulated' of endpoints.csv; look at each before it goes there");
    }

    private string Below(string route, JsonElement line)
    {
        var county = route.Contains("/county/", StringComparison.Ordinal);
        var path = CaseRoutes.Filled(
            route,
            part =>
                part switch
                {
                    "number" or "case" => line.GetProperty("number").GetString()!,
                    "item" => line.GetProperty("subject").GetString()!,
                    "town" => "yandian",
                    "office" => county ? held.Department : "enforcement",
                    "procedure" => "permit",
                    "id" => route.Contains("/documents/", StringComparison.Ordinal) ? "1-receipt-of-papers" : "YD-024",
                    "stream" => "town",
                    _ => "none",
                }
        );
        return path.StartsWith("/api/v1/", StringComparison.Ordinal)
            ? $"{Api}{path["/api/v1".Length..]}{(path.Contains("/offices/", StringComparison.Ordinal) ? "?town=yandian" : "")}"
            : $"{Pages}{(path.StartsWith("/o/", StringComparison.Ordinal) ? "/yandian" : county ? "/linqing" : "")}{path}";
    }

    [Fact]
    public async Task Results_OfAHeldRun_AreThoseUpToItsDay()
    {
        var run = $"/api/v1/simulations/{held.Run}";
        var files = (await JsonAsync(run)).GetProperty("files").EnumerateArray().Select(file => file.GetString()).ToList();
        files.ShouldBe(["summary.json", "cases.csv", "events.ocel.json", "inputs.json"]);
        using var cases = await SendAsync(HttpMethod.Get, $"{run}/files/cases.csv", "Leader");
        var rows = (await cases.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).TrimEnd().Split('\n');
        var counted = (await JsonAsync($"{Api}/board/yandian")).GetProperty("figures").GetProperty("cases").EnumerateArray();
        rows.Count(row => row.Contains("yandian", StringComparison.Ordinal))
            .ShouldBe((int)counted.Sum(total => total.GetProperty("cases").GetInt64()), "every case of the world, open ones too");
        var page = (await Silo.PageAsync($"/simulate/{held.Run}", "Leader")).Page;
        page.ReadAll("caption").ShouldBe(["Guyun Town", "Yandian Town"]);
        page.QuerySelectorAll("main a[href*='/files/']").Length.ShouldBe(4);
        page.QuerySelectorAll(".refusal").Select(box => box.Read()).ShouldNotContain(said => said.Contains("check failed"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Party")]
    [InlineData("Staff")]
    [InlineData("County")]
    [InlineData("Auditor")]
    [InlineData("Integration")]
    public async Task World_AskedByAnybodyElse_IsNotThere(string kind)
    {
        var (nobody, others) = (kind.Length == 0, kind.Length > 0 ? HttpStatusCode.NotFound : HttpStatusCode.SeeOther);
        foreach (var path in new[] { "", "/board", "/items/YD-XK-001", "/yandian/o/enforcement", "/made-up" })
        {
            (await Silo.PageAsync(Pages + path, kind)).Status.ShouldBe(others, path);
        }

        foreach (var path in new[] { "/towns", "/cases", "/made-up" })
        {
            using var answer = await SendAsync(HttpMethod.Get, Api + path, kind);
            answer.StatusCode.ShouldBe(nobody ? HttpStatusCode.Unauthorized : HttpStatusCode.NotFound, path);
        }
    }

    [Fact]
    public async Task Writes_InAHeldWorld_AreRefusedInPlainWords()
    {
        foreach (var path in new[] { $"{Api}/towns/yandian/cases", $"{Api}/cases/YD00000001/acts/accept", $"{Api}/papers" })
        {
            using var answer = await SendAsync(HttpMethod.Post, path, "Operator");
            answer.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed, path);
            (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("nothing is done in it");
        }

        var (status, page, _) = await Silo.PageAsync(
            $"{Pages}/yandian/o/enforcement/people",
            language: "zh",
            form: new() { ["person"] = "YD-024" }
        );
        status.ShouldBe(HttpStatusCode.MethodNotAllowed);
        page.QuerySelector("main").Read().ShouldContain("只供查看，不能办理");
    }

    [Fact]
    public async Task WhatOnlyTheLiveTownHas_IsNotThereInAHeldWorld()
    {
        foreach (
            var path in new[] { "/sign-in", "/account", "/my", "/simulate", "/audit", "/worlds/x", "/yandian/o/nowhere", "/o/enforcement" }
        )
        {
            (await Silo.PageAsync(Pages + path)).Status.ShouldBe(HttpStatusCode.NotFound, path);
        }

        foreach (var path in new[] { "/simulations", "/cases/YD00000001/events", "/cases/YD99999999", "/board/nowhere", "/worlds/x/towns" })
        {
            using var answer = await SendAsync(HttpMethod.Get, Api + path, "Operator");
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound, path);
        }

        foreach (var world in new[] { "live", "sim-run-none", "..%2Flive", "%00" })
        {
            using var answer = await SendAsync(HttpMethod.Get, $"/api/v1/worlds/{world}/towns", "Operator");
            ((int)answer.StatusCode).ShouldBeInRange(400, 404, world);
        }
    }

    [Fact]
    public async Task Case_WhoseRecordsHaveLeftMemory_IsToldInPlainWords()
    {
        var ended = (await JsonAsync($"{Api}/cases?state=decided&take=1")).GetProperty("cases")[0].GetProperty("number").GetString();
        ((MemoryWorld)Silo.Worlds.Of(held.World).Journal).Fold();
        using var answer = await SendAsync(HttpMethod.Get, $"{Api}/cases/{ended}/records", "Operator");
        answer.StatusCode.ShouldBe(HttpStatusCode.Gone);
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("have left memory");
        var (status, page, _) = await Silo.PageAsync($"{Pages}/yandian/o/enforcement/cases/{ended}", language: "zh");
        status.ShouldBe(HttpStatusCode.Gone);
        page.QuerySelector("main").Read().ShouldContain("结果文件");
    }

    [Fact]
    public void Endpoints_ThatAnswerInHeldWorlds_OnlyRead()
    {
        var marked = Silo
            .Services.GetServices<EndpointDataSource>()
            .SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<ReadInWorlds>() is not null)
            .ToList();
        marked.Count.ShouldBeGreaterThan(20);
        marked.ShouldAllBe(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.SequenceEqual(new[] { "GET" }));
    }

    // A link to a page of the world that isn't there would be a dead end.
    private async Task LinksLeadSomewhereAsync(string path, IDocument page)
    {
        var links = page.QuerySelectorAll("main a")
            .Select(a => a.GetAttribute("href")!)
            .Where(href => href.StartsWith('/'))
            .DistinctBy(href => href.Split('?')[0])
            .Where(held.IsNew)
            .Take(6);
        foreach (var href in links)
        {
            href.ShouldStartWith(Pages, customMessage: $"{path} leads out of the world");
            (await Silo.PageAsync(href)).Status.ShouldBe(HttpStatusCode.OK, $"{path} → {href}");
        }
    }

    private static string Link(IDocument page, string part) =>
        page.QuerySelectorAll("main a").Select(a => a.GetAttribute("href")!).First(href => href.Contains(part, StringComparison.Ordinal));

    private async Task<JsonElement> JsonAsync(string path, string kind = "Operator")
    {
        using var answer = await SendAsync(HttpMethod.Get, path, kind);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, $"{path}: {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string kind)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Add(RunningSilo.KindHeader, kind);
        request.Headers.Add("Accept-Language", "en");
        request.Content = method == HttpMethod.Post ? JsonContent.Create(new { }) : null;
        return await Silo.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }
}

/// <summary>A silo with a world that is held on a day of the demo scenario.</summary>
public sealed class HeldSilo : IAsyncLifetime
{
    private readonly HashSet<string> followed = new(StringComparer.Ordinal);

    internal RunningSilo Silo { get; } = new();

    internal string World { get; private set; } = "";

    internal string Run { get; private set; } = "";

    /// <summary>A department above the towns.</summary>
    internal string Department { get; private set; } = "";

    /// <summary>Whether an address hasn't been followed yet.</summary>
    internal bool IsNew(string path) => followed.Add(path.Split('?')[0]);

    public async ValueTask InitializeAsync()
    {
        await Silo.InitializeAsync();
        Department = Silo.Seeds.Counties["linqing"].Departments.First(one => one.People.Length > 0).Code;
        using var ordered = await Silo.SendAsync(HttpMethod.Post, "", new { scenario = "demo", holdOn = "2026-11-10" });
        var run = (await ordered.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken))
            .GetProperty("id")
            .GetString();
        await Eventually.HoldsAsync(
            "the world is held",
            async () => (await Silo.AskAsync($"/{run}")).GetProperty("state").GetString() == "held",
            TimeSpan.FromMinutes(2)
        );
        Run = run!;
        World = (await Silo.AskAsync($"/{run}")).GetProperty("world").GetString()!;
    }

    public ValueTask DisposeAsync() => Silo.DisposeAsync();
}
