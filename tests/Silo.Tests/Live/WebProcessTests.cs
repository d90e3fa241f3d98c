using System.Net;
using TownReform.Silo.Tests.Fixtures;

namespace TownReform.Silo.Tests.Live;

/// <summary>A process that serves the web alone (<c>--role web</c>), and what is sent again to another silo over HTTP.</summary>
public sealed class WebProcessTests(WebCluster town) : IClassFixture<WebCluster>
{
    private const int Applicants = 3;

    [Fact]
    public async Task Web_OfTwoSilos_ServesAsTheyDo()
    {
        using var officer = new BrowserSession(town.WebPort);
        (await officer.SignInAsync("reviewer", WebCluster.Password)).Status.ShouldBe(HttpStatusCode.OK);
        (await officer.GetAsync("/o/government-service")).Status.ShouldBe(HttpStatusCode.OK);
        (await officer.GetAsync("/health/ready")).Text.ShouldBe("ready");
        (await officer.GetAsync("/items/YD-XK-001")).Status.ShouldBe(HttpStatusCode.OK);

        var party = town.NextParty();
        var opened = (await town.InsistAsync(town.Opening(party), town.WebPort)).Case;
        using var events = await EventLines.OpenAsync(
            await town.SendAsync(town.WebPort, new(town.PartysKey, $"/api/v1/cases/{opened.Number}/events"))
        );
        (await events.NextAsync()).ShouldBe("1");
        var accepted = (await town.InsistAsync(town.Act(opened, "accept"), town.WebPort)).Case;
        (accepted.Version, accepted.Step).ShouldBe((2, "review"));
        (await events.NextAsync()).ShouldBe("2");

        // What was done through it stands on every silo.
        using var there = await town.SendAsync(town.PortOf(1), new(town.PartysKey, $"/api/v1/cases/{opened.Number}"));
        (await Api.SignedInSilo.JsonAsync(there)).GetProperty("version").GetInt64().ShouldBe(2);
    }

    [Fact]
    public async Task Act_SentAgainToAnotherAddress_IsAnsweredAndStandsOnce()
    {
        int[] everywhere = [town.PortOf(0), town.PortOf(1), town.WebPort];
        var opening = town.Opening(town.NextParty());
        var first = (await town.InsistAsync(opening, everywhere[0])).Case;
        foreach (var port in everywhere)
        {
            (await town.InsistAsync(opening, port)).Case.Number.ShouldBe(first.Number);
        }

        var accept = town.Act(first, "accept");
        foreach (var port in everywhere)
        {
            (await town.InsistAsync(accept, port)).Case.Version.ShouldBe(2);
        }

        // The same key with another body is no repeat, wherever it comes.
        using var reused = await town.SendAsync(town.WebPort, accept with { Body = new { fields = new { reason = "x" } } });
        reused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Silo_KilledUnderOpenRequests_LosesNothingAndDoesNothingTwice()
    {
        var watched = (await town.InsistAsync(town.Opening(town.NextParty()), town.PortOf(0))).Case;
        var path = $"/api/v1/cases/{watched.Number}/events";
        using var here = await EventLines.OpenAsync(await town.SendAsync(town.PortOf(0), new(town.PartysKey, path)));
        using var throughWeb = await EventLines.OpenAsync(await town.SendAsync(town.WebPort, new(town.PartysKey, path)));
        (await here.NextAsync(), await throughWeb.NextAsync()).ShouldBe(("1", "1"));
        using var officer = new BrowserSession(town.PortOf(0));
        (await officer.SignInAsync("reviewer", WebCluster.Password)).Status.ShouldBe(HttpStatusCode.OK);

        var enough = false;
        Task<Came> Come(params int[] at) => Task.Run(() => ComeAsync(() => Volatile.Read(ref enough), at));
        Task<Came>[] coming =
        [
            .. Enumerable.Range(0, Applicants).Select(_ => Come(town.PortOf(0), town.PortOf(1))),
            .. Enumerable.Range(0, Applicants).Select(_ => Come(town.WebPort)),
        ];
        try
        {
            await town.Silo(0).KillAsync();

            // Its stream breaks, and goes on at the other silo after what it had; that of the web process goes on where it is.
            (await here.NextAsync()).ShouldBeNull();
            var accepted = (await town.InsistAsync(town.Act(watched, "accept"), town.PortOf(1))).Case;
            accepted.Version.ShouldBe(2);
            var again = new Sent(town.PartysKey, path) { Headers = [("Last-Event-ID", "1")] };
            using var there = await EventLines.OpenAsync(await town.SendAsync(town.PortOf(1), again));
            (await there.NextAsync(), await throughWeb.NextAsync()).ShouldBe(("2", "2"));

            // A session is everywhere.
            using var elsewhere = officer.Copy(town.PortOf(1));
            using var atTheWeb = officer.Copy(town.WebPort);
            (await elsewhere.GetAsync("/o/government-service")).Status.ShouldBe(HttpStatusCode.OK);
            (await atTheWeb.GetAsync("/o/government-service")).Status.ShouldBe(HttpStatusCode.OK);
        }
        finally
        {
            Volatile.Write(ref enough, true);
        }

        var came = await Task.WhenAll(coming);
        await StandsOnceAsync(came);
        await town.StartAsync(0);
        (await town.StopWebAsync()).ShouldBe(0);
        await town.StartWebAsync();
    }

    private async Task StandsOnceAsync(Came[] came)
    {
        var (cases, tries) = (came.Sum(one => one.Cases), came.Sum(one => one.Tries));
        TestContext.Current.TestOutputHelper?.WriteLine($"{cases} cases, {tries} requests");
        cases.ShouldBeGreaterThanOrEqualTo(2 * Applicants);
        tries.ShouldBeGreaterThan(2 * cases, "somebody had to send again");
        (
            await town.CountAsync(
                "SELECT count(*) FROM (SELECT 1 FROM journal WHERE stream LIKE 'case/%' GROUP BY command_id HAVING count(*) > 1) AS twice"
            )
        ).ShouldBe(0);
        foreach (var one in came)
        {
            (await town.CountAsync($"SELECT count(*) FROM cases WHERE party_id = '{one.Party}'")).ShouldBe(one.Cases);
        }
    }

    // One after another opens a permit, which is accepted, whatever happens to the silos; each request is sent again until it is answered.
    private async Task<Came> ComeAsync(Func<bool> enough, int[] at)
    {
        var (party, cases, tries) = (town.NextParty(), 0, 0);
        do
        {
            var (opened, first) = await town.InsistAsync(town.Opening(party), at);
            var (accepted, second) = await town.InsistAsync(town.Act(opened, "accept"), at);
            accepted.Version.ShouldBe(2);
            (cases, tries) = (cases + 1, tries + first + second);
        } while (!enough());
        return new(party, cases, tries);
    }

    private sealed record Came(string Party, int Cases, int Tries);
}
