using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using TownReform.Grains.Seeds;
using TownReform.Grains.Simulation;
using TownReform.Grains.Simulation.Results.Files;
using TownReform.Silo.Hosting;
using TownReform.Silo.Tests.Fixtures;
using TownReform.Tests.Fixtures;

namespace TownReform.Silo.Tests.Simulations;

/// <summary>Runs of scenarios over HTTP: ordered, followed, cancelled; the same files as a run here.</summary>
public sealed class SimulationsApiTests(RunningSilo silo) : IClassFixture<RunningSilo>
{
    private static readonly object Small = new
    {
        scenario = "demo",
        seed = 5,
        replications = 2,
        changes = new { demand = 0.1, procedures = new { permit = "permit-by-county" } },
    };

    [Fact]
    public async Task Order_ToTheEnd_LeavesTheBytesOfARunHere()
    {
        using var ordered = await silo.SendAsync(HttpMethod.Post, "", Small);
        ordered.StatusCode.ShouldBe(
            HttpStatusCode.Accepted,
            await ordered.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)
        );
        var path = ordered.Headers.Location!.ToString()["/api/v1/simulations".Length..];
        var events = await FollowAsync(path);
        events.Select(told => told.GetProperty("share").GetDouble()).ShouldBeInOrder();
        events[^1].GetProperty("state").GetString().ShouldBe("done");
        var done = await silo.AskAsync(path, "Leader");
        done.GetProperty("files")
            .EnumerateArray()
            .Select(file => file.GetString())
            .ShouldBe(["summary.json", "cases.csv", "events.ocel.json", "inputs.json"]);
        var here = await RunHereAsync();
        foreach (var name in new[] { "cases.csv", "events.ocel.json" })
        {
            Hash(await BytesAsync($"{path}/files/{name}")).ShouldBe(here[name], name);
        }

        (await silo.AskAsync($"{path}/files/summary.json")).GetProperty("breaches").GetArrayLength().ShouldBe(0);
        (await silo.SendAsync(HttpMethod.Get, $"{path}/files/run.json")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await silo.SendAsync(HttpMethod.Get, $"{path}/files/..%2Frun.json")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await silo.SendAsync(HttpMethod.Delete, path)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await silo.SendAsync(HttpMethod.Get, path)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Order_SentAgain_IsTheSameRunAndCancelledItLeavesNothing()
    {
        var order = new { scenario = "first-year", replications = 50 };
        using var first = await silo.SendAsync(HttpMethod.Post, "", order, key: "again");
        using var second = await silo.SendAsync(HttpMethod.Post, "", order, key: "again");
        second.Headers.Location.ShouldBe(first.Headers.Location);
        using var other = await silo.SendAsync(HttpMethod.Post, "", new { scenario = "first-year", replications = 51 }, key: "again");
        other.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await other.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken))
            .GetProperty("code")
            .GetInt32()
            .ShouldBe(9001);

        // One runs at a time; the next is told how many are before it.
        var path = first.Headers.Location!.ToString()["/api/v1/simulations".Length..];
        using var waiting = await silo.SendAsync(HttpMethod.Post, "", new { scenario = "demo" });
        var line = await waiting.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        (line.GetProperty("state").GetString(), line.GetProperty("ahead").GetInt32() > 0).ShouldBe(("waiting", true));
        await silo.SendAsync(HttpMethod.Delete, waiting.Headers.Location!.ToString()["/api/v1/simulations".Length..]);
        (await silo.SendAsync(HttpMethod.Delete, path)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await Eventually.HoldsAsync(
            "the run is cancelled",
            async () => (await silo.AskAsync(path)).GetProperty("state").GetString() == "cancelled"
        );
        (await silo.AskAsync(path)).GetProperty("files").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Order_HeldOnADay_KeepsItsWorldUntilItIsTakenAway()
    {
        using var ordered = await silo.SendAsync(HttpMethod.Post, "", new { scenario = "demo", holdOn = "2026-10-20" });
        var path = ordered.Headers.Location!.ToString()["/api/v1/simulations".Length..];
        var held = (await FollowAsync(path))[^1];
        held.GetProperty("state").GetString().ShouldBe("held");
        held.GetProperty("world").GetString()!.ShouldStartWith("sim-run-");
    }

    [Theory]
    [InlineData("scenario", """{"scenario":"no-such"}""")]
    [InlineData("scenario", """{"scenario":"../towns/yandian"}""")]
    [InlineData("seed", """{"scenario":"demo","seed":-1}""")]
    [InlineData("replications", """{"scenario":"demo","replications":0}""")]
    [InlineData("replications", """{"scenario":"demo","replications":1001}""")]
    [InlineData("replications", """{"scenario":"demo","replications":2,"holdOn":"2026-10-20"}""")]
    [InlineData("holdOn", """{"scenario":"demo","holdOn":"2026-10-05"}""")]
    [InlineData("holdOn", """{"scenario":"demo","holdOn":"2027-01-16"}""")]
    [InlineData("changes.demand", """{"scenario":"demo","changes":{"demand":0.009}}""")]
    [InlineData("changes.pace", """{"scenario":"demo","changes":{"pace":101}}""")]
    [InlineData("changes.procedures", """{"scenario":"demo","changes":{"procedures":{"permit":"payment"}}}""")]
    [InlineData("changes.procedures", """{"scenario":"demo","changes":{"procedures":{"permits":"permit"}}}""")]
    [InlineData("labels", """{"scenario":"demo","labels":"x"}""")]
    public async Task Order_Wrong_NamesTheField(string field, string body)
    {
        using var answer = await silo.SendAsync(HttpMethod.Post, "", JsonDocument.Parse(body).RootElement);
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        problem.GetProperty("errors").TryGetProperty(field, out _).ShouldBeTrue($"{problem}");
    }

    [Theory]
    [InlineData("", HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized)]
    [InlineData("Operator", HttpStatusCode.OK, HttpStatusCode.UnprocessableEntity)]
    [InlineData("Leader", HttpStatusCode.OK, HttpStatusCode.Forbidden)]
    [InlineData("Staff", HttpStatusCode.Forbidden, HttpStatusCode.Forbidden)]
    [InlineData("County", HttpStatusCode.Forbidden, HttpStatusCode.Forbidden)]
    [InlineData("Party", HttpStatusCode.Forbidden, HttpStatusCode.Forbidden)]
    [InlineData("Auditor", HttpStatusCode.Forbidden, HttpStatusCode.Forbidden)]
    [InlineData("Integration", HttpStatusCode.Forbidden, HttpStatusCode.Forbidden)]
    public async Task Who_OrdersAndWhoReads(string kind, HttpStatusCode reads, HttpStatusCode orders)
    {
        foreach (var path in new[] { "", "/scenarios", "/schema" })
        {
            (await silo.SendAsync(HttpMethod.Get, path, kind: kind)).StatusCode.ShouldBe(reads, path);
        }

        (await silo.SendAsync(HttpMethod.Post, "", new { scenario = "no-such" }, kind)).StatusCode.ShouldBe(orders);
        var unknown = reads == HttpStatusCode.OK ? HttpStatusCode.NotFound : reads;
        (await silo.SendAsync(HttpMethod.Get, "/run-0", kind: kind)).StatusCode.ShouldBe(unknown);
        (await silo.SendAsync(HttpMethod.Delete, "/run-0", kind: kind)).StatusCode.ShouldBe(
            orders == HttpStatusCode.UnprocessableEntity ? HttpStatusCode.NotFound : orders
        );
    }

    private async Task<List<JsonElement>> FollowAsync(string path)
    {
        using var answer = await silo.SendAsync(HttpMethod.Get, $"{path}/events");
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return
        [
            .. text.Split('\n')
                .Where(line => line.StartsWith("data:", StringComparison.Ordinal))
                .Select(line => JsonDocument.Parse(line["data:".Length..]).RootElement),
        ];
    }

    private async Task<byte[]> BytesAsync(string path)
    {
        using var answer = await silo.SendAsync(HttpMethod.Get, path);
        return await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
    }

    // As the console runs it.
    private static async Task<Dictionary<string, string>> RunHereAsync()
    {
        var seeds = SeedLoader.Load(Repository.Seeds);
        var folder = Directory.CreateTempSubdirectory("here-");
        try
        {
            var order = new SimulationOrder("demo", 5, 2, [new Field("permit", "permit-by-county")], 0.1, null, 2);
            var recorder = new RunRecorder(seeds, folder.FullName, 2, RunFileKinds.Cases | RunFileKinds.Events);
            await using (var silo = await EmbeddedSilo.StartAsync(seeds, services => services.AddSingleton<IRunRecording>(recorder)))
            {
                await silo.Grains.GetGrain<ISimulationGrain>("demo-5").RunAsync(order, TestContext.Current.CancellationToken);
            }

            RunFiles.Stitch(folder.FullName, 2);
            return Directory.GetFiles(folder.FullName).ToDictionary(file => Path.GetFileName(file), file => Hash(File.ReadAllBytes(file)));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Hash(byte[] bytes) => Convert.ToHexString(SHA256.HashData(bytes));
}
