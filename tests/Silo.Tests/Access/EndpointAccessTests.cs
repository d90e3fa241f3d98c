using System.Collections.Immutable;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using TownReform.Silo.Tests.Api;

namespace TownReform.Silo.Tests.Access;

/// <summary>
/// Every endpoint that the silo maps, asked by every kind of account about a case of their own, of their office, of others, and one that
/// has ended. An endpoint that the table lacks fails: nobody adds one without saying who gets what.
/// </summary>
public sealed partial class EndpointAccessTests(SignedInSilo silo) : IClassFixture<SignedInSilo>
{
    /// <summary>What the files of a page are; they are the same for everybody.</summary>
    private const string Asset = "/assets/";

    /// <summary>What is sent to the endpoints that command; an empty object, or an empty form, everywhere else.</summary>
    private static readonly Dictionary<string, Func<string, object>> Sent = new()
    {
        ["POST /api/v1/towns/{town}/cases"] = SignedInSilo.Opening,
        ["POST /api/v1/towns/{town}/cases/preview"] = SignedInSilo.Opening,
        ["POST /api/v1/county/{office}/filings/{case}"] = _ => new { answer = "file" },
        ["POST /api/v1/cases/{number}/rating"] = _ => new { level = 4 },
        ["POST /api/v1/offices/{office}/batch"] = _ => new { act = "accept", cases = new[] { "YD00000001" } },
        ["POST /api/v1/staff/{id}/leave"] = _ => new { from = "2027-09-01", until = "2027-09-02" },
        ["POST /api/v1/receipts/verify"] = _ => new { signed = "none" },
        ["POST /api/v1/simulations"] = _ => new { scenario = "first-year" },
    };

    /// <summary>Those that take a file.</summary>
    private static readonly string[] Uploads = ["POST /api/v1/papers", "POST /verify"];

    [Fact]
    public void Table_HasEveryMappedEndpointAndNoOther()
    {
        EndpointTable.Rows.Select(row => row.Endpoint).ShouldBe(Mapped(), ignoreOrder: true);
        EndpointTable.Rows.ShouldAllBe(row => row.Expected.All(cell => cell.Status < StatusCodes.Status500InternalServerError));
    }

    [Fact]
    public async Task Endpoints_AskedByEveryKindOfAccount_AnswerAsTheTableSays()
    {
        var asking = new Asking(silo, await FormToken.OfAsync(silo));
        var differ = new List<string>();
        foreach (var row in EndpointTable.Rows)
        {
            var given = new List<int>();
            foreach (var (who, _) in Of(row))
            {
                given.Add(await asking.AskAsync(row.Endpoint, who));
            }

            if (!given.SequenceEqual(Of(row).Select(cell => cell.Status)))
            {
                differ.Add(EndpointTable.Line(row.Endpoint, given));
            }
        }

        differ.ShouldBeEmpty("these lines differ from what endpoints.csv says; look at each before it goes there");
    }

    private static IEnumerable<(string Who, int Status)> Of(EndpointRow row) =>
        row.Expected.Where(cell => cell.Who != EndpointTable.Simulated);

    private ImmutableArray<string> Mapped() =>
        [
            .. silo
                .Services.GetRequiredService<EndpointDataSource>()
                .Endpoints.OfType<RouteEndpoint>()
                .Where(endpoint => !endpoint.RoutePattern.RawText!.StartsWith(Asset, StringComparison.Ordinal))
                .SelectMany(endpoint =>
                    (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["ANY"]).Select(verb =>
                        $"{verb} {PathOf(endpoint)}"
                    )
                )
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];

    private static string PathOf(RouteEndpoint endpoint) => "/" + endpoint.RoutePattern.RawText!.Trim('/');

    /// <summary>Token and cookie of the forms of a page.</summary>
    internal sealed partial record FormToken(string Token, string Cookie)
    {
        public static async Task<FormToken> OfAsync(SignedInSilo silo)
        {
            using var page = await silo.GetAsync(null, "/sign-in");
            var text = await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            return new(Value().Match(text).Groups[1].Value, page.Headers.GetValues("Set-Cookie").First().Split(';')[0]);
        }

        [GeneratedRegex("name=\"form-token\" value=\"([^\"]+)\"")]
        private static partial Regex Value();
    }

    /// <summary>Sends requests as the accounts of the table.</summary>
    private sealed class Asking(SignedInSilo silo, FormToken token)
    {
        private readonly Askers askers = new(silo);
        private readonly Dictionary<string, (string Party, CaseView Case)> looked = [];

        public async Task<int> AskAsync(string endpoint, string who)
        {
            var (verb, route) = (endpoint.Split(' ')[0], endpoint.Split(' ')[1]);
            var isCommand = verb is not ("GET" or "ANY");
            // What is done to a case must change nothing for the next.
            if (isCommand || !looked.TryGetValue(who, out var about))
            {
                about = await askers.NewCaseAsync(who);
                if (!isCommand)
                {
                    looked[who] = about;
                }
            }

            using var request = new HttpRequestMessage(isCommand ? new HttpMethod(verb) : HttpMethod.Get, Filled(route, about.Case));
            if (askers.AccountOf(who, about.Party, about.Case) is { } account)
            {
                request.Headers.Add(SignedInSilo.Asks, account);
            }

            request.Headers.Add("Idempotency-Key", SignedInSilo.Fresh());
            if (isCommand)
            {
                request.Headers.TryAddWithoutValidation("If-Match", $"\"{about.Case.Version}\"");
            }

            request.Content = isCommand ? Body(endpoint, about) : null;
            if (request.Content is FormUrlEncodedContent or MultipartFormDataContent)
            {
                request.Headers.Add("Cookie", token.Cookie);
            }

            using var answer = await silo.Plain.SendAsync(
                request,
                HttpCompletionOption.ResponseHeadersRead,
                TestContext.Current.CancellationToken
            );
            return (int)answer.StatusCode;
        }

        private HttpContent Body(string endpoint, (string Party, CaseView Case) about) =>
            Uploads.Contains(endpoint) ? File()
            : endpoint.Contains(" /api/", StringComparison.Ordinal)
                ? JsonContent.Create(Sent.GetValueOrDefault(endpoint, _ => new { })(about.Party))
            : new FormUrlEncodedContent([
                new("form-token", token.Token),
                new("command", Guid.CreateVersion7().ToString("N")),
                new("version", FormattableString.Invariant($"{about.Case.Version}")),
                new("go", "do"),
            ]);

        private MultipartFormDataContent File() =>
            new()
            {
                { new StringContent(token.Token), "form-token" },
                { new ByteArrayContent("%PDF-1.7"u8.ToArray()), "file", "paper.pdf" },
            };

        private static string Filled(string route, CaseView view) =>
            $"{CaseRoutes.Filled(route, view)}?reason=spot%20check" + (route == "/api/v1/audit/reads" ? $"&town={view.Town}" : "");
    }
}
