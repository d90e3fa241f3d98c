using System.Globalization;
using System.Text;
using System.Text.Json;
using TownReform.Silo.Identity;
using TownReform.Tests.Fixtures;

namespace TownReform.Silo.Tests.Api.Contract;

/// <summary>
/// The API keeps to its description: the committed one is what a silo says, and whatever is asked is answered as it says there. How many
/// requests are made up: <c>TOWNREFORM_REQUESTS</c>, 2,000 when it is left out.
/// </summary>
public sealed class ContractTests(SignedInSilo silo) : IClassFixture<SignedInSilo>
{
    private const int LongestPath = 8000;

    private const string Committed = "docs/openapi.json";

    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Document_Committed_IsWhatASiloSays()
    {
        var said = JsonSerializer.Serialize(await DocumentAsync(), Readable).ReplaceLineEndings("\n") + "\n";
        var file = Path.Combine(SourceFolder.Path, Committed);
        if ((File.Exists(file) ? await File.ReadAllTextAsync(file, Stop) : "") != said)
        {
            var fresh = Path.Combine(Path.GetTempPath(), "openapi.json");
            await File.WriteAllTextAsync(fresh, said, Stop);
            Assert.Fail($"The API has changed. Look at what its clients will see, and copy it: cp {fresh} {Committed}");
        }
    }

    [Fact]
    public async Task Document_EachOperation_HasItsNameItsSummaryAndItsProblems()
    {
        var contract = new ApiContract(await DocumentAsync());
        contract.Operations.Select(operation => operation.Id).Distinct().Count().ShouldBe(contract.Operations.Count);
        foreach (var operation in contract.Operations)
        {
            operation.Said.GetProperty("summary").GetString().ShouldNotBeNullOrEmpty(operation.Id);
            var problems = operation
                .Said.GetProperty("responses")
                .EnumerateObject()
                .Where(response => response.Name[0] is '4' or '5')
                .ToList();
            new[] { "429", "503" }.ShouldBeSubsetOf(problems.Select(response => response.Name), operation.Id);
            foreach (var response in problems)
            {
                response
                    .Value.GetProperty("content")
                    .GetProperty("application/problem+json")
                    .GetProperty("schema")
                    .GetProperty("$ref")
                    .GetString()
                    .ShouldBe("#/components/schemas/Problem", $"{operation.Id} {response.Name}");
            }

            if (operation.Method == "post" && operation.Parameters.Any(it => it.GetProperty("name").GetString() == "Idempotency-Key"))
            {
                operation
                    .Parameters.Single(it => it.GetProperty("name").GetString() == "Idempotency-Key")
                    .GetProperty("required")
                    .GetBoolean()
                    .ShouldBeTrue();
            }
        }
    }

    [Fact]
    public async Task Requests_MadeUpFromTheDocument_AreAnsweredAsItSays()
    {
        var many = int.Parse(Environment.GetEnvironmentVariable("TOWNREFORM_REQUESTS") ?? "2000", CultureInfo.InvariantCulture);
        var seed = Environment.GetEnvironmentVariable("TOWNREFORM_SEED") is { } given
            ? int.Parse(given, CultureInfo.InvariantCulture)
            : (int)(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() % 1_000_000);
        var contract = new ApiContract(await DocumentAsync());
        var requests = new RandomRequests(contract, seed, Accounts(), await KnownAsync());
        var (faults, seen) = (new SortedDictionary<string, string>(StringComparer.Ordinal), new Dictionary<int, int>());
        for (var n = 0; n < many; n++)
        {
            var request = requests.Next();
            if (request.Path.Length > LongestPath)
            {
                // The server itself says 414 to a longer line, before the API sees it.
                continue;
            }

            using var answer = await SendAsync(request);
            var status = (int)answer.StatusCode;
            var body = request.Operation.IsStream && status == 200 ? "" : await answer.Content.ReadAsStringAsync(Stop);
            seen[status] = seen.GetValueOrDefault(status) + 1;
            var fault =
                status == 503 && !body.Contains("\"code\":9002", StringComparison.Ordinal)
                    ? "it failed"
                    : contract.Fault(request.Operation, status, answer.Content.Headers.ContentType?.MediaType, body);
            if (fault is not null)
            {
                faults.TryAdd($"{request.Operation.Id}: {fault}", $"{request.Account} {request.Path} {request.Body} -> {status} {body}");
            }
        }

        faults.Select(fault => $"{fault.Key}\n    {Short(fault.Value)}").ShouldBeEmpty($"seed {seed}");
        seen.Keys.ShouldBeSubsetOf([200, 201, 204, 207, 304, 400, 401, 403, 404, 406, 409, 412, 413, 415, 422, 428, 429, 503]);
        new[] { 200, 400, 401, 403, 404, 422 }.ShouldBeSubsetOf(seen.Keys, "the requests reach what they are made for");
    }

    private async Task<HttpResponseMessage> SendAsync(RandomRequest request)
    {
        using var message = new HttpRequestMessage(new HttpMethod(request.Operation.Method.ToUpperInvariant()), request.Path);
        if (request.Account is not null)
        {
            message.Headers.Add("X-Test-Account", request.Account);
        }

        foreach (var (name, value) in request.Headers)
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }

        message.Content = request.Body is null ? null : new StringContent(request.Body, Encoding.UTF8, "application/json");
        return await silo.Http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, Stop);
    }

    private async Task<JsonElement> DocumentAsync()
    {
        using var answer = await silo.GetAsync(silo.Of(AccountKind.Operator), "/openapi/v1.json");
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Stop)).RootElement;
    }

    private string?[] Accounts()
    {
        var people = silo.Seeds.Towns["yandian"].Staff;
        return
        [
            null,
            silo.Party("C-RANDOM"),
            silo.Party("C-RANDOM"),
            silo.Staff("yandian", people.First(it => it.Organ == "government-service" && it.Roles.Contains("window")).Id),
            silo.Staff("yandian", people.First(it => it.Roles.Contains("committee")).Id),
            silo.County("linqing", silo.Seeds.Counties["linqing"].Departments.First(it => it.People.Length > 0).Code),
            silo.Of(AccountKind.Leader),
            silo.Of(AccountKind.Auditor),
            silo.Of(AccountKind.Operator),
        ];
    }

    private async Task<Dictionary<string, string[]>> KnownAsync()
    {
        string[] numbers =
        [
            (await silo.OpenAsync("C-RANDOM")).Number,
            (await silo.OpenAsync("C-RANDOM")).Number,
            (await silo.OpenAsync("C-OTHER")).Number,
        ];
        return new(StringComparer.Ordinal)
        {
            ["number"] = numbers,
            ["case"] = numbers,
            ["cases"] = numbers,
            ["town"] = ["yandian", "guyun"],
            ["procedure"] = ["permit", "enquiry", "penalty-general", "secondment"],
            ["item"] = ["YD-XK-001", "YD-XK-002", "GY-XK-001"],
            ["code"] = ["YD-XK-001", "GY-XK-001"],
            ["office"] =
            [
                "government-service",
                "enforcement",
                silo.Seeds.Counties["linqing"].Departments.First(it => it.People.Length > 0).Code,
            ],
            ["act"] = ["accept", "notify", "decline", "withdraw", "supply", "grant", "recommend"],
            ["id"] = ["C-RANDOM", silo.Seeds.Towns["yandian"].Staff[3].Id],
            ["party"] = ["C-RANDOM", "C-OTHER"],
            ["stream"] = [$"case/{numbers[0]}", "town/yandian"],
            ["asOf"] = ["1", "2", "2026-11-30T00:00:00Z"],
            ["kind"] = ["permit", "penalty"],
            ["take"] = ["1", "50", "200", "201"],
            ["after"] = ["0", "1"],
            ["field"] = ["missing", "reason", "recommendation", "agent"],
            ["reason"] = ["抽查"],
            ["name"] = ["某店"],
        };
    }

    private static string Short(string text) => text.Length < 700 ? text : $"{text[..700]}…";
}
