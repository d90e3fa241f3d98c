using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using TownReform.Silo.Identity;
using TownReform.Silo.Tests.Api;

namespace TownReform.Silo.Tests.Security;

/// <summary>
/// What answers say and what requests may ask, by the items of OWASP ASVS 5.0, levels 1 and 2. Other items stand with what they test:
/// cookies (3.3.1 to 3.3.4), redirects (3.7.2), enumeration at sign-in (6.3.8) in SignInTests; sessions (7.3.1, 7.3.2, 7.5.3) in
/// SessionTimesTests, (7.4.1, 7.4.2) in SignInTests; access (8.2.1, 8.2.2, 8.3.1) in EndpointAccessTests; sign-in elsewhere (10.5) in
/// Outside.
/// </summary>
public sealed partial class AnswerSecurityTests(SignedInSilo silo) : IClassFixture<SignedInSilo>
{
    private const string Citizen = "371581199203042345";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/", HttpStatusCode.OK)]
    [InlineData("/sign-in", HttpStatusCode.OK)]
    [InlineData("/nowhere", HttpStatusCode.NotFound)]
    [InlineData("/api/v1/towns", HttpStatusCode.OK)]
    [InlineData("/api/v1/cases", HttpStatusCode.Unauthorized)]
    [InlineData("/api/v1/nowhere", HttpStatusCode.NotFound)]
    [InlineData("/health/live", HttpStatusCode.OK)]
    [InlineData("/account", HttpStatusCode.SeeOther)]
    public async Task V3_4_Headers_OfAnyAnswer_AreThereAndTellNothing(string path, HttpStatusCode status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Origin", "https://evil.example");
        using var answer = await silo.Plain.SendAsync(request, Stop);
        answer.StatusCode.ShouldBe(status);
        Header(answer, "Content-Security-Policy").ShouldStartWith("default-src 'none'; script-src 'self';"); // 3.4.3
        Header(answer, "Content-Security-Policy").ShouldContain("frame-ancestors 'none'"); // 3.4.6
        Header(answer, "Content-Security-Policy").ShouldNotContain("unsafe");
        Header(answer, "X-Content-Type-Options").ShouldBe("nosniff"); // 3.4.4
        Header(answer, "Referrer-Policy").ShouldBe("same-origin"); // 3.4.5
        Header(answer, "Cross-Origin-Opener-Policy").ShouldBe("same-origin"); // 3.4.8
        answer.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse(); // 3.4.2
        answer.Headers.Contains("Server").ShouldBeFalse(); // 13.4.6
        answer.Headers.Contains("X-Powered-By").ShouldBeFalse();
        if (answer.Content.Headers.ContentType is { MediaType: "text/html" or "text/plain" } type)
        {
            type.CharSet.ShouldBe("utf-8"); // 4.1.1
        }
    }

    [Fact]
    public async Task V14_3_2_Pages_OfWhoeverIsSignedIn_AreKeptNowhere()
    {
        foreach (var (account, path) in await PagesAsync())
        {
            using var page = await silo.GetAsync(account, path);
            page.StatusCode.ShouldBe(HttpStatusCode.OK, path);
            Header(page, "Cache-Control").ShouldContain("no-store", Case.Sensitive, path);
        }
    }

    // The id of a citizen stands in no address, so neither in a history nor in a proxy's log.
    [Fact]
    public async Task V14_2_1_Addresses_OnPages_HoldNoPersonsId()
    {
        foreach (var (account, path) in await PagesAsync())
        {
            using var page = await silo.GetAsync(account, path);
            var links = Link().Matches(await page.Content.ReadAsStringAsync(Stop)).Select(match => match.Groups[1].Value).ToList();
            links.Count.ShouldBeGreaterThan(3, path);
            links.ShouldNotContain(link => link.Contains(Citizen, StringComparison.Ordinal), path);
        }
    }

    [Fact]
    public async Task V3_5_1_Forms_ThatSomebodyElseSends_AreRefused()
    {
        // Told without a session: the back channel of the provider; changes nothing: a receipt that is checked.
        string[] open = ["/sign-in/provider/sign-out", "/verify"];
        var forms = silo
            .Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains("POST") == true)
            .Select(endpoint => (Path: "/" + endpoint.RoutePattern.RawText!.Trim('/'), Endpoint: endpoint))
            .Where(form => !form.Path.StartsWith("/api/", StringComparison.Ordinal) && !open.Contains(form.Path))
            .ToList();
        forms.Count.ShouldBeGreaterThan(15);
        forms
            .Where(form => form.Endpoint.Metadata.GetMetadata<IAntiforgeryMetadata>() is not { RequiresValidation: true })
            .Select(form => form.Path)
            .ShouldBe(KeepWhatWasTyped, ignoreOrder: true);
        foreach (var (path, _) in forms.Where(form => !KeepWhatWasTyped.Contains(form.Path)))
        {
            using var body = new FormUrlEncodedContent([new("form-token", "made up"), new("name", "x")]);
            using var answer = await silo.Plain.PostAsync(new Uri(path, UriKind.Relative), body, Stop);
            // Sent to sign in, or refused: in no case done.
            ((int)answer.StatusCode).ShouldBeOneOf([400, 303], path);
        }
    }

    /// <summary>Forms that look at their token themselves, so that what was typed stays.</summary>
    private static readonly string[] KeepWhatWasTyped =
    [
        "/o/{office}/people",
        "/o/{office}/cases/{number}/acts/{act}",
        "/o/{office}/batch",
        "/county/{office}/filings/{number}",
        "/my/apply/{item}",
        "/my/apply/{item}/draft/delete",
        "/my/cases/{number}/acts/{act}",
        "/my/cases/{number}/rating",
        "/my/cases/{number}/fee",
        "/simulate",
        "/simulate/{run}/end",
    ];

    [Theory]
    [InlineData("party", "/my/apply/YD-XK-001")]
    [InlineData("party", "/my/apply/YD-XK-001/draft/delete")]
    [InlineData("party", "/my/cases/{0}/acts/withdraw")]
    [InlineData("party", "/my/cases/{0}/rating")]
    [InlineData("officer", "/o/government-service/cases/{0}/acts/accept")]
    [InlineData("officer", "/o/government-service/batch")]
    [InlineData("officer", "/o/government-service/people")]
    [InlineData("operator", "/simulate")]
    [InlineData("operator", "/simulate/none/end")]
    public async Task V3_5_1_Forms_ThatKeepWhatWasTyped_DoNothingForSomebodyElse(string who, string path)
    {
        var @case = await silo.OpenAsync(Citizen);
        var account = who switch
        {
            "party" => silo.Party(Citizen),
            "officer" => silo.Staff("yandian", @case.Officers[0]),
            _ => silo.Of(AccountKind.Operator),
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, path.Replace("{0}", @case.Number, StringComparison.Ordinal));
        request.Headers.Add(SignedInSilo.Asks, account);
        request.Content = new FormUrlEncodedContent([
            new("form-token", "made up"),
            new("command", Guid.CreateVersion7().ToString("N")),
            new("version", "1"),
            new("go", "do"),
            new("act", "accept"),
            new("case", @case.Number),
            new("scenario", "first-year"),
        ]);
        using var answer = await silo.Plain.SendAsync(request, Stop);
        ((int)answer.StatusCode).ShouldBeInRange(400, 499, path);
        using var after = await silo.GetAsync(silo.Party(Citizen), $"/api/v1/cases/{@case.Number}");
        (await SignedInSilo.JsonAsync(after)).Case().Version.ShouldBe(@case.Version);
    }

    [Theory]
    [InlineData("TRACE", "/")]
    [InlineData("PUT", "/sign-in")]
    [InlineData("DELETE", "/account")]
    [InlineData("PATCH", "/api/v1/cases")]
    [InlineData("GET", "/sign-out")]
    [InlineData("GET", "/account/passkeys/remove")]
    [InlineData("POST", "/api/v1/towns")]
    public async Task V4_1_4_Methods_ThatAnAddressDoesNotHave_AreRefused(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var answer = await silo.Plain.SendAsync(request, Stop);
        ((int)answer.StatusCode).ShouldBeOneOf(404, 405);
    }

    [Fact]
    public async Task V8_2_2_Cases_OfOthersAndNone_AreToldAlike()
    {
        var @case = await silo.OpenAsync(Citizen);
        var stranger = silo.Party("371581199101010101");
        foreach (var path in (string[])["/api/v1/cases/{0}", "/api/v1/cases/{0}/acts", "/api/v1/cases/{0}/receipt", "/my/cases/{0}"])
        {
            var (own, none) = (await ToldAsync(stranger, path, @case.Number), await ToldAsync(stranger, path, "YD09999999"));
            own.Status.ShouldBe(HttpStatusCode.NotFound, path);
            own.ShouldBe(none, path);
        }

        var (wrong, unknown) = (
            await ToldAsync(null, "/track?number={0}&code=ABCDEFGH", @case.Number),
            await ToldAsync(null, "/track?number={0}&code=ABCDEFGH", "YD09999999")
        );
        wrong.ShouldBe(unknown);
    }

    [Theory]
    [InlineData("number", "\"YD00000001\"")]
    [InlineData("at", "\"2020-01-01T00:00:00Z\"")]
    [InlineData("actor", "{\"id\":\"system\",\"office\":\"system\"}")]
    [InlineData("office", "\"government-service\"")]
    [InlineData("officers", "[\"YD-024\"]")]
    [InlineData("version", "7")]
    [InlineData("state", "\"granted\"")]
    public async Task V15_3_3_Members_ThatNobodyMaySet_AreRefusedAndNamed(string member, string value)
    {
        var party = $"37158119920304{member.Length:D4}";
        var body =
            "{\"procedure\":\"permit\",\"item\":\"YD-XK-001\",\"party\":{\"id\":\""
            + $"{party}\",\"name\":\"x\",\"organisation\":false}},\"{member}\":{value}}}";
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/towns/yandian/cases");
        request.Headers.Add(SignedInSilo.Asks, silo.Party(party));
        request.Headers.Add("Idempotency-Key", SignedInSilo.Fresh());
        request.Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await silo.Http.SendAsync(request, Stop);
        ((int)answer.StatusCode).ShouldBe(422, await answer.Content.ReadAsStringAsync(Stop));
        (await answer.Content.ReadAsStringAsync(Stop)).ShouldContain(member);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"procedure\":\"\\u0000\",\"item\":null}")]
    [InlineData("{\"procedure\":{\"$type\":\"System.IO.FileInfo\"}}")]
    public async Task V16_5_1_Faults_TellNothingOfTheInside(string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/towns/yandian/cases");
        request.Headers.Add(SignedInSilo.Asks, silo.Party("371581199203042399"));
        request.Headers.Add("Idempotency-Key", SignedInSilo.Fresh());
        request.Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await silo.Http.SendAsync(request, Stop);
        var text = await answer.Content.ReadAsStringAsync(Stop);
        ((int)answer.StatusCode).ShouldBeInRange(400, 422);
        Inside().IsMatch(text).ShouldBeFalse(text);
    }

    [Theory]
    [InlineData("/assets/..%2f..%2fetc%2fpasswd")]
    [InlineData("/assets/%2e%2e/%2e%2e/etc/passwd")]
    [InlineData("/api/v1/papers/..%2F..%2Fetc%2Fpasswd")]
    [InlineData("/api/v1/simulations/..%2f..%2f/files/summary.json")]
    [InlineData("/api/v1/simulations/none/files/..%5c..%5ctown.sqlite")]
    [InlineData("/documents/..%2f..%2fseeds/1-acceptance")]
    public async Task V5_3_2_Paths_LeadOutOfNoFolder(string path)
    {
        using var answer = await silo.GetAsync(silo.Of(AccountKind.Operator), path);
        ((int)answer.StatusCode).ShouldBeOneOf(400, 403, 404);
        (await answer.Content.ReadAsStringAsync(Stop)).ShouldNotContain("root:");
    }

    private async Task<List<(string? Account, string Path)>> PagesAsync()
    {
        var @case = await silo.OpenAsync(Citizen);
        var (party, officer) = (silo.Party(Citizen), silo.Staff("yandian", @case.Officers[0]));
        return
        [
            (party, "/my"),
            (party, $"/my/cases/{@case.Number}"),
            (party, "/my/apply/YD-XK-001"),
            (officer, "/o/government-service"),
            (officer, $"/o/government-service/cases/{@case.Number}"),
            (officer, $"/o/government-service/cases/{@case.Number}/acts/accept"),
        ];
    }

    private async Task<(HttpStatusCode Status, string Text)> ToldAsync(string? account, string path, string number)
    {
        using var answer = await silo.GetAsync(account, string.Format(System.Globalization.CultureInfo.InvariantCulture, path, number));
        var text = await answer.Content.ReadAsStringAsync(Stop);
        return (answer.StatusCode, Token().Replace(Example().Replace(text, "").Replace(number, "NUMBER", StringComparison.Ordinal), ""));
    }

    private static string Header(HttpResponseMessage answer, string name) => string.Join(", ", answer.Headers.GetValues(name));

    [GeneratedRegex("(?:href|action|src)=\"([^\"]*)\"")]
    private static partial Regex Link();

    [GeneratedRegex("name=\"form-token\" value=\"[^\"]*\"|\"traceId\":\"[^\"]*\"")]
    private static partial Regex Token();

    // The number that the form gives as an example may be that of the case.
    [GeneratedRegex("for example YD[0-9]+")]
    private static partial Regex Example();

    [GeneratedRegex("   at |TownReform\\.|System\\.|Exception|\\.cs\\b")]
    private static partial Regex Inside();
}
