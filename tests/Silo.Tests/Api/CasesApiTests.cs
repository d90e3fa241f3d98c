using System.Net;
using System.Text.Json;
using TownReform.Silo.Identity;

namespace TownReform.Silo.Tests.Api;

/// <summary>Cases over HTTP of a live silo: opened, acted on, read, listed, sent again.</summary>
public sealed class CasesApiTests(SignedInSilo silo) : IClassFixture<SignedInSilo>
{
    private const string Cases = "/api/v1/towns/yandian/cases";

    private static readonly object Nothing = new { };

    [Fact]
    public async Task Case_FromOpeningToItsGrant_GoesOverHttp()
    {
        var party = silo.Party("C-GRANT");
        using var opening = await silo.PostAsync(party, Cases, SignedInSilo.Opening("C-GRANT"), SignedInSilo.Fresh());
        opening.StatusCode.ShouldBe(HttpStatusCode.Created);
        var opened = (await SignedInSilo.JsonAsync(opening)).Case();
        opening.Headers.Location!.ToString().ShouldBe($"/api/v1/cases/{opened.Number}");
        opening.Headers.ETag!.Tag.ShouldBe("\"1\"");

        var view = await ActAsync(opened, "accept");
        view = await ActAsync(view, "recommend", new { fields = new { recommendation = "grant" } });
        var officer = silo.Staff("yandian", view.Officers[0]);
        using var unseen = await silo.PostAsync(officer, ActOf(view, "grant"), Nothing, SignedInSilo.Fresh());
        ((int)unseen.StatusCode).ShouldBe(428);
        using var aged = await silo.PostAsync(officer, ActOf(view, "grant"), Nothing, SignedInSilo.Fresh(), ("If-Match", "\"1\""));
        aged.StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        var moved = await SignedInSilo.JsonAsync(aged);
        (moved.Code(), moved.GetProperty("version").GetInt64(), moved.GetProperty("recorded").GetBoolean()).ShouldBe(
            (9003, view.Version, false)
        );
        using var granted = await silo.PostAsync(
            officer,
            ActOf(view, "grant"),
            Nothing,
            SignedInSilo.Fresh(),
            ("If-Match", $"\"{view.Version}\"")
        );
        granted.StatusCode.ShouldBe(HttpStatusCode.OK, await granted.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        (await SignedInSilo.JsonAsync(granted)).Case().Clock.Ended.ShouldBeTrue();
    }

    [Fact]
    public async Task Command_SentAgain_IsDoneOnceAndAnsweredTheSame()
    {
        var (party, key) = (silo.Party("C-TWICE"), SignedInSilo.Fresh());
        using var first = await silo.PostAsync(party, Cases, SignedInSilo.Opening("C-TWICE"), key);
        using var again = await silo.PostAsync(party, Cases, SignedInSilo.Opening("C-TWICE"), $"\"{key}\"");
        var (one, two) = ((await SignedInSilo.JsonAsync(first)).Case(), (await SignedInSilo.JsonAsync(again)).Case());
        (two.Number, two.Version).ShouldBe((one.Number, one.Version));
        using var other = await silo.PostAsync(
            party,
            Cases,
            new
            {
                procedure = "permit",
                item = "YD-XK-002",
                party = new
                {
                    id = "C-TWICE",
                    name = "某店",
                    organisation = false,
                },
            },
            key
        );
        ((int)other.StatusCode, (await SignedInSilo.JsonAsync(other)).Code()).ShouldBe((422, 9001));

        var (officer, accept) = (silo.Staff("yandian", one.Officers[0]), SignedInSilo.Fresh());
        using var accepted = await silo.PostAsync(officer, ActOf(one, "accept"), Nothing, accept, ("If-Match", "\"1\""));
        using var acceptedAgain = await silo.PostAsync(officer, ActOf(one, "accept"), Nothing, accept, ("If-Match", "\"1\""));
        accepted.StatusCode.ShouldBe(HttpStatusCode.OK);
        acceptedAgain.StatusCode.ShouldBe(HttpStatusCode.OK, "the version that it was sent with doesn't stand in its way");
        (await SignedInSilo.JsonAsync(acceptedAgain)).Case().Version.ShouldBe((await SignedInSilo.JsonAsync(accepted)).Case().Version);
        using var elsewise = await silo.PostAsync(officer, ActOf(one, "decline"), new { fields = new { reason = "x" } }, accept);
        (await SignedInSilo.JsonAsync(elsewise)).Code().ShouldBe(9001);
    }

    [Fact]
    public async Task Key_OfAnotherAccount_IsAnotherCommand()
    {
        var key = SignedInSilo.Fresh();
        using var one = await silo.PostAsync(silo.Party("C-KEY-1"), Cases, SignedInSilo.Opening("C-KEY-1"), key);
        using var two = await silo.PostAsync(silo.Party("C-KEY-2"), Cases, SignedInSilo.Opening("C-KEY-2"), key);
        (await SignedInSilo.JsonAsync(two)).Case().Number.ShouldNotBe((await SignedInSilo.JsonAsync(one)).Case().Number);
    }

    [Fact]
    public async Task Command_WithoutAKey_IsToldWhichHeader()
    {
        using var answer = await silo.PostAsync(silo.Party("C-NOKEY"), Cases, SignedInSilo.Opening("C-NOKEY"), null);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await SignedInSilo.JsonAsync(answer)).GetProperty("errors").EnumerateObject().Single().Name.ShouldBe("Idempotency-Key");
    }

    [Fact]
    public async Task Nobody_IsAskedToSignIn()
    {
        using var answer = await silo.GetAsync(null, "/api/v1/cases/YD00000001");
        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        answer.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer");
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
    }

    [Fact]
    public async Task Stranger_LearnsNothing()
    {
        var view = await silo.OpenAsync("C-SECRET");
        var (stranger, elsewhere, office, director) = (
            silo.Party("C-STRANGER"),
            silo.Staff("guyun", silo.Seeds.Towns["guyun"].Staff.First(it => it.Roles.Contains("window")).Id),
            silo.Staff(
                "yandian",
                silo.Seeds.Towns["yandian"].Staff.First(it => it.Organ != "government-service" && it.Roles.Contains("officer")).Id
            ),
            silo.Of(AccountKind.Leader)
        );
        foreach (var account in new[] { stranger, elsewhere, office, director, silo.Of(AccountKind.Operator) })
        {
            foreach (var path in new[] { "", "/records", "/clock", "/acts" })
            {
                using var there = await silo.GetAsync(account, $"/api/v1/cases/{view.Number}{path}");
                using var nowhere = await silo.GetAsync(account, $"/api/v1/cases/YD99999999{path}");
                there.StatusCode.ShouldBe(HttpStatusCode.NotFound, $"{account} {path}");
                (await TextAsync(there)).Replace(view.Number, "YD99999999", StringComparison.Ordinal).ShouldBe(await TextAsync(nowhere));
            }

            using var act = await silo.PostAsync(account, ActOf(view, "accept"), Nothing, SignedInSilo.Fresh());
            act.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }

        (await RecordsAsync(view.Number, silo.Party("C-SECRET"))).GetArrayLength().ShouldBe(1, "nothing of it stands on the record");
    }

    [Fact]
    public async Task Acts_OfACase_AreAskedAndForeseenWithoutRecord()
    {
        var view = await silo.OpenAsync("C-ASK");
        var officer = silo.Staff("yandian", view.Officers[0]);
        using var asked = await silo.GetAsync(officer, $"/api/v1/cases/{view.Number}/acts");
        var acts = (await SignedInSilo.JsonAsync(asked)).GetProperty("acts").EnumerateArray().ToList();
        acts.ShouldContain(act =>
            act.GetProperty("act").GetString() == "accept" && act.GetProperty("refusal").ValueKind == JsonValueKind.Null
        );
        acts.ShouldContain(act =>
            act.GetProperty("act").GetString() == "withdraw" && act.GetProperty("refusal").ValueKind == JsonValueKind.Object
        );
        using var preview = await silo.PostAsync(officer, $"{ActOf(view, "accept")}/preview", Nothing, null);
        preview.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await SignedInSilo.JsonAsync(preview)).GetProperty("after").GetProperty("step").GetString().ShouldBe("review");
        using var lacking = await silo.PostAsync(officer, $"{ActOf(view, "notify")}/preview", Nothing, null);
        ((int)lacking.StatusCode).ShouldBe(422);
        (await SignedInSilo.JsonAsync(lacking)).GetProperty("errors").TryGetProperty("missing", out _).ShouldBeTrue();
        using var opening = await silo.PostAsync(silo.Party("C-ASK"), $"{Cases}/preview", SignedInSilo.Opening("C-ASK"), null);
        opening.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await RecordsAsync(view.Number, officer)).GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Case_AsOfARecord_IsAsItStoodThen()
    {
        var view = await ActAsync(await silo.OpenAsync("C-THEN"), "accept");
        var party = silo.Party("C-THEN");
        using var now = await silo.GetAsync(party, $"/api/v1/cases/{view.Number}");
        now.Headers.ETag!.Tag.ShouldBe("\"2\"");
        using var same = await silo.GetAsync(party, $"/api/v1/cases/{view.Number}", ("If-None-Match", "\"2\""));
        same.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        (await TextAsync(same)).ShouldBeEmpty();
        using var then = await silo.GetAsync(party, $"/api/v1/cases/{view.Number}?asOf=1");
        (await SignedInSilo.JsonAsync(then)).Case().Step.ShouldBe("intake");
        using var at = await silo.GetAsync(party, $"/api/v1/cases/{view.Number}?asOf={Uri.EscapeDataString($"{view.OpenedAt:O}")}");
        (await SignedInSilo.JsonAsync(at)).Case().Version.ShouldBe(1);
        using var never = await silo.GetAsync(party, $"/api/v1/cases/{view.Number}?asOf=3");
        ((int)never.StatusCode, (await SignedInSilo.JsonAsync(never)).Code()).ShouldBe((404, 1014));
        using var garbage = await silo.GetAsync(party, $"/api/v1/cases/{view.Number}?asOf=yesterday");
        garbage.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        using var clock = await silo.GetAsync(party, $"/api/v1/cases/{view.Number}/clock");
        (await SignedInSilo.JsonAsync(clock)).GetProperty("limits").GetArrayLength().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Refusal_OfAnAct_StandsOnTheRecord()
    {
        var view = await silo.OpenAsync("C-REFUSED");
        using var tried = await silo.PostAsync(silo.Party("C-REFUSED"), ActOf(view, "accept"), Nothing, SignedInSilo.Fresh());
        tried.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var problem = await SignedInSilo.JsonAsync(tried);
        (problem.Code(), problem.GetProperty("recorded").GetBoolean()).ShouldBe((3002, true));
        var records = await RecordsAsync(view.Number, silo.Party("C-REFUSED"));
        records[1].GetProperty("refusal").GetProperty("code").GetString().ShouldBe("actorWrongRole");
        records[1].GetProperty("hash").GetString()!.Length.ShouldBe(64);
    }

    [Fact]
    public async Task Refusal_OfAPreviewOrAtTheDoor_IsNotSaidToBeOnRecord()
    {
        var view = await silo.OpenAsync("C-ASKED");
        var (party, accept) = (silo.Party("C-ASKED"), ActOf(view, "accept"));
        using var foreseen = await silo.PostAsync(party, $"{accept}/preview", Nothing, null);
        using var stranger = await silo.PostAsync(silo.Party("C-OTHER"), accept, Nothing, SignedInSilo.Fresh());
        using var other = await silo.PostAsync(
            silo.Staff("yandian", view.Officers[0]),
            $"{accept}?office=enforcement",
            Nothing,
            SignedInSilo.Fresh()
        );
        foreach (var (answer, code) in new[] { (foreseen, 3002), (stranger, 1001), (other, 3021) })
        {
            var problem = await SignedInSilo.JsonAsync(answer);
            (problem.Code(), problem.GetProperty("recorded").GetBoolean()).ShouldBe((code, false));
        }

        (await RecordsAsync(view.Number, party)).GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Officer_WhoActed_MaySendAgainAfterTheCaseHasGoneOn()
    {
        var view = await silo.OpenAsync("C-GONE");
        var (officer, key) = (silo.Staff("yandian", view.Officers[0]), SignedInSilo.Fresh());
        using var first = await silo.PostAsync(officer, ActOf(view, "decline"), new { fields = new { reason = "不属本镇" } }, key);
        first.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await SignedInSilo.JsonAsync(first)).Case().Workplace.ShouldBeNull();
        using var again = await silo.PostAsync(officer, ActOf(view, "decline"), new { fields = new { reason = "不属本镇" } }, key);
        again.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var read = await silo.GetAsync(officer, $"/api/v1/cases/{view.Number}");
        read.StatusCode.ShouldBe(HttpStatusCode.OK, "the office has had a part in it");
    }

    [Fact]
    public async Task List_PageByPage_HasEachOwnCaseOnce()
    {
        var party = silo.Party("C-LIST", "C-LIST-B");
        var numbers = new HashSet<string>();
        for (var n = 0; n < 5; n++)
        {
            numbers.Add((await silo.OpenAsync(n % 2 == 0 ? "C-LIST" : "C-LIST-B", party)).Number);
        }

        var (seen, cursor) = (new List<string>(), "");
        do
        {
            using var answer = await silo.GetAsync(party, $"/api/v1/cases?take=2{cursor}");
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, await TextAsync(answer));
            var page = await SignedInSilo.JsonAsync(answer);
            var lines = page.GetProperty("cases").EnumerateArray().ToList();
            lines.Count.ShouldBeLessThanOrEqualTo(2);
            seen.AddRange(lines.Select(line => line.GetProperty("number").GetString()!));
            cursor = page.GetProperty("next").GetString() is { } next ? $"&cursor={next}" : "";
        } while (cursor.Length > 0);
        seen.ShouldBe(numbers.OrderDescending(StringComparer.Ordinal));
        using var red = await silo.GetAsync(party, "/api/v1/cases?colour=red");
        (await SignedInSilo.JsonAsync(red)).GetProperty("cases").GetArrayLength().ShouldBe(0);
        using var number = await silo.GetAsync(party, "/api/v1/cases?colour=3");
        (await SignedInSilo.JsonAsync(number)).GetProperty("errors").EnumerateObject().Single().Name.ShouldBe("colour");
        using var others = await silo.GetAsync(silo.Party("C-NOBODY"), "/api/v1/cases?party=C-LIST");
        (await SignedInSilo.JsonAsync(others)).GetProperty("cases").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task List_OfAnOffice_MasksIdsAndKeepsToIt()
    {
        var view = await silo.OpenAsync("371581199001011234");
        var officer = silo.Staff("yandian", view.Officers[0]);
        using var own = await silo.GetAsync(officer, "/api/v1/cases?party=371581199001011234");
        var line = (await SignedInSilo.JsonAsync(own)).GetProperty("cases")[0];
        line.GetProperty("number").GetString().ShouldBe(view.Number);
        line.GetProperty("party").GetProperty("id").GetString().ShouldBe("371*************34");
        using var other = await silo.GetAsync(officer, "/api/v1/cases?office=enforcement");
        ((int)other.StatusCode, (await SignedInSilo.JsonAsync(other)).Code()).ShouldBe((403, 3021));
        using var leader = await silo.GetAsync(
            silo.Of(AccountKind.Leader),
            "/api/v1/cases?town=yandian&office=government-service&take=200"
        );
        (await SignedInSilo.JsonAsync(leader)).GetProperty("cases").GetArrayLength().ShouldBeGreaterThan(0);
    }

    private const string Permit = "\"procedure\":\"permit\",\"item\":\"YD-XK-001\"",
        Party = "\"party\":{\"id\":\"C-1\",\"name\":\"x\",\"organisation\":false}";

    [Theory]
    [InlineData($"{{{Permit}", 400, "body")]
    [InlineData($"{{{Permit}}}", 422, "party")]
    [InlineData($"{{{Permit},\"party\":{{\"id\":\"C-1\",\"name\":\"x\",\"organisation\":\"no\"}}}}", 422, "party.organisation")]
    [InlineData($"{{{Permit},{Party},\"at\":\"2020-01-01\"}}", 422, "at")]
    [InlineData($"{{{Permit},\"party\":{{\"id\":\"C-1\",\"name\":\"\",\"organisation\":false}}}}", 422, "party.name")]
    [InlineData($"{{{Permit},{Party},\"fields\":{{\"no\":\"x\"}}}}", 422, "no")]
    [InlineData($"{{{Permit},{Party},\"fields\":{{\"no\":null}}}}", 422, "no")]
    public async Task Body_ThatIsWrong_IsToldAtItsField(string body, int status, string field)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Cases) { Content = new StringContent(body, null, "application/json") };
        request.Headers.Add("X-Test-Account", silo.Party("C-1"));
        request.Headers.Add("Idempotency-Key", SignedInSilo.Fresh());
        using var answer = await silo.Http.SendAsync(request, TestContext.Current.CancellationToken);
        ((int)answer.StatusCode).ShouldBe(status, await TextAsync(answer));
        (await SignedInSilo.JsonAsync(answer)).GetProperty("errors").EnumerateObject().Select(error => error.Name).ShouldBe([field]);
    }

    [Fact]
    public async Task Body_OfAnotherType_IsTold()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Cases)
        {
            Content = new StringContent("a=b", null, "application/x-www-form-urlencoded"),
        };
        request.Headers.Add("X-Test-Account", silo.Party("C-1"));
        request.Headers.Add("Idempotency-Key", SignedInSilo.Fresh());
        using var answer = await silo.Http.SendAsync(request, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
    }

    private async Task<JsonElement> RecordsAsync(string number, string account)
    {
        using var answer = await silo.GetAsync(account, $"/api/v1/cases/{number}/records");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return (await SignedInSilo.JsonAsync(answer)).GetProperty("records");
    }

    private async Task<CaseView> ActAsync(CaseView view, string act, object? body = null)
    {
        using var answer = await silo.PostAsync(
            silo.Staff("yandian", view.Officers[0]),
            ActOf(view, act),
            body ?? Nothing,
            SignedInSilo.Fresh()
        );
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await TextAsync(answer));
        return (await SignedInSilo.JsonAsync(answer)).Case();
    }

    private static string ActOf(CaseView view, string act) => $"/api/v1/cases/{view.Number}/acts/{act}";

    private static Task<string> TextAsync(HttpResponseMessage answer) =>
        answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
}
