using System.Net;
using System.Text.Json;
using TownReform.Silo.Api.Conventions;

namespace TownReform.Silo.Tests.Api;

/// <summary>What anybody may read over HTTP of a live silo, and how it says no.</summary>
public sealed class PublicApiTests(ApiSilo silo) : IClassFixture<ApiSilo>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Towns_Any_AreListedWithTheirNames()
    {
        var towns = await silo.JsonAsync("/api/v1/towns");
        towns.EnumerateArray().Select(town => town.GetProperty("code").GetString()).ShouldBe(["guyun", "yandian"]);
        var yandian = await silo.JsonAsync("/api/v1/towns/yandian");
        yandian.GetProperty("offices").EnumerateArray().ShouldContain(office => office.GetProperty("ofTown").GetBoolean());
        yandian.TryGetProperty("people", out _).ShouldBeFalse("who works there is not for everybody");
        (await silo.TextAsync("/api/v1/towns/yandian")).ShouldContain("烟店镇", Case.Sensitive, "Chinese is written as it is");
    }

    [Fact]
    public async Task Items_OfADay_HaveTheirStandingOfThatDay()
    {
        var items = (await silo.JsonAsync("/api/v1/towns/yandian/items?kind=permit")).GetProperty("items").EnumerateArray().ToList();
        items.Count.ShouldBeGreaterThan(10);
        items.ShouldAllBe(item => item.GetProperty("kind").GetString() == "permit");
        items.ShouldContain(item => item.GetProperty("standing").GetString() == "inForce");
        var before = await silo.JsonAsync("/api/v1/towns/yandian/items?kind=permit&asOf=2019-01-02");
        before.GetProperty("day").GetString().ShouldBe("2019-01-02");
        before.GetProperty("items").EnumerateArray().ShouldAllBe(item => item.GetProperty("standing").GetString() == "notHeld");
    }

    [Fact]
    public async Task Forms_OfAProcedure_NameTheFieldsOfEachAct()
    {
        (await silo.JsonAsync("/api/v1/procedures"))
            .EnumerateArray()
            .Select(procedure => procedure.GetProperty("code").GetString())
            .ShouldContain("enquiry");
        var forms = await silo.JsonAsync("/api/v1/procedures/enquiry/forms");
        var opening = forms.GetProperty("forms").EnumerateArray().First(form => form.GetProperty("act").GetString() == "open");
        var question = opening.GetProperty("fields").EnumerateArray().First(field => field.GetProperty("name").GetString() == "question");
        question.GetProperty("needed").GetBoolean().ShouldBeTrue();
    }

    [Theory]
    [InlineData("/api/v1/towns/nowhere", 404, "urn:townreform:refusal:6001")]
    [InlineData("/api/v1/towns/nowhere/items", 404, "urn:townreform:refusal:6001")]
    [InlineData("/api/v1/procedures/nothing/forms", 404, "urn:townreform:refusal:1009")]
    [InlineData("/api/v1/towns/yandian/items?asOf=soon", 400, null)]
    [InlineData("/api/v1/nothing", 404, null)]
    public async Task Wrong_Any_IsProblemDetails(string path, int status, string? type)
    {
        using var answer = await silo.GetAsync(path, "en");
        ((int)answer.StatusCode).ShouldBe(status);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Stop)).RootElement;
        problem.GetProperty("status").GetInt32().ShouldBe(status);
        if (type is not null)
        {
            problem.GetProperty("type").GetString().ShouldBe(type);
            problem.GetProperty("because").GetProperty("zh").GetString().ShouldNotBeNullOrEmpty();
            problem.GetProperty("detail").GetString().ShouldBe(problem.GetProperty("because").GetProperty("en").GetString());
        }
        else if (status == 400)
        {
            problem.GetProperty("detail").GetString().ShouldBe("Parameter asOf can't be 'soon'.");
            problem.GetProperty("errors").GetProperty("asOf").GetArrayLength().ShouldBe(1);
        }
    }

    [Fact]
    public async Task Post_WhereThereIsOnlyReading_IsTold()
    {
        using var answer = await silo.Http.PostAsync(new Uri("/api/v1/towns", UriKind.Relative), null, Stop);
        answer.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        (await answer.Content.ReadAsStringAsync(Stop)).ShouldContain("不支持", Case.Sensitive, "Chinese where no language is asked for");
    }

    [Fact]
    public async Task Document_DescribesTheProblemsOfAPath()
    {
        var document = await silo.JsonAsync("/openapi/v1.json");
        document.GetProperty("openapi").GetString()!.ShouldStartWith("3.1");
        var paths = document.GetProperty("paths");
        var answers = paths.GetProperty("/api/v1/towns/{town}/items").GetProperty("get").GetProperty("responses");
        foreach (var status in new[] { "200", "400", "404", "409", "429", "503" })
        {
            answers.GetProperty(status).GetProperty("content").EnumerateObject().ShouldNotBeEmpty();
        }
    }

    [Fact]
    public async Task Explorer_OnThisMachine_LoadsNothingFromElsewhere()
    {
        using var answer = await silo.GetAsync("/openapi/", "en");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var page = await answer.Content.ReadAsStringAsync(Stop);
        page.ShouldContain("openapi/v1.json");
        System
            .Text.RegularExpressions.Regex.Matches(page, "(src|href)=\"(?<where>[^\"]*)\"")
            .Select(match => match.Groups["where"].Value)
            .ShouldAllBe(where => !where.Contains("//", StringComparison.Ordinal));
        answer.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("default-src 'none'");
    }

    [Fact]
    public async Task Requests_BeyondTheBurstOfAnAddress_AreToldToComeLater()
    {
        // A silo of its own: the others of this class share theirs.
        await using var own = new ApiSilo();
        await own.InitializeAsync();
        var statuses = new List<HttpStatusCode>();
        for (var n = 0; n < 60 || (n < 600 && statuses[^1] != HttpStatusCode.TooManyRequests); n++)
        {
            using var answer = await own.GetAsync("/api/v1/towns/nowhere", "en");
            statuses.Add(answer.StatusCode);
            if (answer.StatusCode == HttpStatusCode.TooManyRequests)
            {
                answer.Headers.RetryAfter!.ToString().ShouldBe("1");
                answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
            }
        }

        statuses.Take(60).ShouldAllBe(status => status == HttpStatusCode.NotFound);
        statuses[^1].ShouldBe(HttpStatusCode.TooManyRequests);
        using var health = await own.GetAsync("/health/ready", "en");
        health.StatusCode.ShouldBe(HttpStatusCode.OK, "a supervisor is never told to come later");
    }

    [Fact]
    public void Status_OfEachRefusal_IsOneThatTheApiKnows()
    {
        foreach (var code in Enum.GetValues<RefusalCode>())
        {
            new[] { 403, 404, 409, 412, 422, 503 }.ShouldContain(RefusalStatus.Of(code), code.ToString());
        }

        RefusalStatus.Of(RefusalCode.Busy).ShouldBe(503);
        RefusalStatus.Of(RefusalCode.CaseMovedOn).ShouldBe(412);
        RefusalStatus.Of(RefusalCode.PowerRecalled).ShouldBe(409);
        RefusalStatus.Of(RefusalCode.ActorAbsent).ShouldBe(403);
        RefusalStatus.Of(RefusalCode.FieldMissing).ShouldBe(422);
    }
}
