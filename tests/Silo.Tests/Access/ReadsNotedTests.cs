using System.Collections.Immutable;
using System.Net;
using TownReform.Silo.Identity;
using TownReform.Silo.Tests.Api;

namespace TownReform.Silo.Tests.Access;

/// <summary>Every endpoint that shows something of a case: whoever is shown it stands in the read log (阅卷留痕), an auditor with what they
/// said it was for. A new one that doesn't note it fails.</summary>
public sealed class ReadsNotedTests(SignedInSilo silo) : IClassFixture<SignedInSilo>
{
    /// <summary>Those that show nothing of the file: what may be done, who has read it, that it has been filed.</summary>
    private static readonly string[] NotOfTheFile =
    [
        "GET /api/v1/cases/{number}/acts",
        "GET /api/v1/cases/{number}/rating",
        "GET /api/v1/cases/{number}/reads",
        "GET /api/v1/county/{office}/filings/{case}",
        "GET /county/{office}/filings/{number}",
    ];

    private static readonly ImmutableArray<EndpointRow> Doors =
    [
        .. EndpointTable.Rows.Where(row =>
            row.Endpoint.StartsWith("GET ", StringComparison.Ordinal)
            && CaseRoutes.IsOfCase(row.Endpoint)
            && !NotOfTheFile.Contains(row.Endpoint)
        ),
    ];

    [Fact]
    public async Task Doors_OpenedByAnAuditor_AskWhatForAndKeepIt()
    {
        var view = await silo.OpenAsync("R-00001");
        var auditor = silo.Of(AccountKind.Auditor);
        var reasons = new List<string>();
        foreach (var (endpoint, path) in OpenTo("auditor", view))
        {
            using var bare = await silo.Plain.SendAsync(Asking(auditor, path), Reads, Cancellation);
            bare.StatusCode.ShouldBeOneOf(Refuses(endpoint), $"{endpoint} without a reason");
            using var short_ = await silo.Plain.SendAsync(Asking(auditor, $"{path}?reason=abcd"), Reads, Cancellation);
            short_.StatusCode.ShouldNotBe(HttpStatusCode.OK, $"{endpoint} for a reason of four characters");
            reasons.Add(endpoint);
            using var shown = await silo.Plain.SendAsync(
                Asking(auditor, $"{path}?reason={Uri.EscapeDataString(endpoint)}"),
                Reads,
                Cancellation
            );
            shown.StatusCode.ShouldBe(HttpStatusCode.OK, endpoint);
        }

        reasons.Count.ShouldBeGreaterThan(8);
        var noted = await LogAsync(view.Number);
        noted.ShouldAllBe(read => read.Office.En == "audit" && read.Reader.Id == nameof(AccountKind.Auditor));
        noted.Select(read => read.Reason).ShouldBe(reasons, ignoreOrder: true);
    }

    [Fact]
    public async Task Doors_OpenedByAnOfficer_AreNotedAndByThePartyAreNot()
    {
        var missing = new List<string>();
        var count = 0;
        foreach (var (endpoint, _) in OpenTo("officer", await silo.OpenAsync("R-00002")))
        {
            var party = FormattableString.Invariant($"R-1{count++:D4}");
            var view = await silo.OpenAsync(party);
            var path = CaseRoutes.Filled(endpoint[4..], view);
            using var own = await silo.Plain.SendAsync(Asking(silo.Party(party), path), Reads, Cancellation);
            using var shown = await silo.Plain.SendAsync(Asking(silo.Staff("yandian", view.Officers[0]), path), Reads, Cancellation);
            shown.StatusCode.ShouldBe(HttpStatusCode.OK, endpoint);
            if ((await LogAsync(view.Number)) is not [{ Reader: var reader, Version: 1 }] || reader.Id != view.Officers[0])
            {
                missing.Add(endpoint);
            }
        }

        missing.ShouldBeEmpty("they show something of a file, and it stands in no read log");
        count.ShouldBeGreaterThan(7);
    }

    private static HttpCompletionOption Reads => HttpCompletionOption.ResponseHeadersRead;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // The page asks in a form, and a proof sends there.
    private static HttpStatusCode[] Refuses(string endpoint) =>
        endpoint switch
        {
            "GET /audit/cases/{number}" => [HttpStatusCode.OK],
            "GET /audit/cases/{number}/proof" => [HttpStatusCode.SeeOther],
            _ => [HttpStatusCode.UnprocessableEntity],
        };

    private static IEnumerable<(string Endpoint, string Path)> OpenTo(string who, CaseView view) =>
        Doors
            .Where(row => row.Expected.Single(cell => cell.Who == who).Status == (int)HttpStatusCode.OK)
            .Select(row => (row.Endpoint, CaseRoutes.Filled(row.Endpoint[4..], view)));

    private static HttpRequestMessage Asking(string account, string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add(SignedInSilo.Asks, account);
        return request;
    }

    private async Task<ImmutableArray<FileRead>> LogAsync(string number)
    {
        var log = silo.Grains.GetGrain<IReadLogGrain>(Address.Live);
        return (await log.OfCaseAsync(number, new DateOnly(2020, 1, 1), new DateOnly(2100, 1, 1))).Value.ShouldNotBeNull().Reads;
    }
}
