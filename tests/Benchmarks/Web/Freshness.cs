using System.Collections.Immutable;
using System.Diagnostics;
using System.Net.Http.Json;
using TownReform.Benchmarks.Speed.Running;
using TownReform.Silo.Identity;

namespace TownReform.Benchmarks.Web;

/// <summary>From the answer to a command until another person's open page is told of it; milliseconds, one for each command.</summary>
/// <param name="Case">The page of the case.</param>
/// <param name="Inbox">The list of the office.</param>
/// <param name="Board">The town's board.</param>
internal sealed record Freshness(IReadOnlyList<double> Case, IReadOnlyList<double> Inbox, IReadOnlyList<double> Board)
{
    private const int Times = 20;

    /// <summary>Accepts permits that wait at the window and opens others, one after the other, while somebody looks on.</summary>
    /// <param name="watcher">Somebody of the office.</param>
    public static async Task<Freshness> MeasureAsync(
        WebSilo silo,
        ImmutableArray<WaitingCase> waiting,
        SignedIn watcher,
        LoadKeys keys,
        CancellationToken cancellation
    )
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = silo.Address };
        var (ofCase, ofInbox, ofBoard) = (new List<double>(), new List<double>(), new List<double>());
        await using var inbox = await EventReader.OpenAsync(http, Watched($"/api/v1/offices/{SigningIn.Office}/events", watcher));
        await using var board = await EventReader.OpenAsync(http, Watched($"/api/v1/board/{waiting[0].Case.Town}/events", watcher));
        foreach (var one in waiting.Take(Times))
        {
            await using var page = await EventReader.OpenAsync(http, Watched($"/api/v1/cases/{one.Case.Number}/events", watcher));
            // The lists are looked at every so often: between two looks a command comes at any moment.
            await Task.Delay(System.Security.Cryptography.RandomNumberGenerator.GetInt32(1500), cancellation);
            await AcceptAsync(http, one.Case, keys);
            var done = Stopwatch.GetTimestamp();
            ofCase.Add(await page.NextAsync(done));
            // What comes in changes the counts of both lists.
            await inbox.DrainAsync();
            await SigningIn.OpenAsync(http, keys, 1, $"fresh-{one.Case.Number}");
            done = Stopwatch.GetTimestamp();
            var told = await Task.WhenAll(inbox.NextAsync(done), board.NextAsync(done));
            ofInbox.Add(told[0]);
            ofBoard.Add(told[1]);
        }

        return new Freshness(ofCase, ofInbox, ofBoard);
    }

    private static HttpRequestMessage Watched(string path, SignedIn watcher)
    {
        var request = PageViews.Page(path, watcher.Cookie);
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        return request;
    }

    private static async Task AcceptAsync(HttpClient http, CaseView of, LoadKeys keys)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/cases/{of.Number}/acts/accept")
        {
            Content = JsonContent.Create(new { fields = new Dictionary<string, string>() }),
        };
        request.Headers.Authorization = new("Bearer", keys.Staff[of.Officers[0]]);
        request.Headers.Add("Idempotency-Key", $"accept-{of.Number}");
        using var answer = await http.SendAsync(request);
        if (!answer.IsSuccessStatusCode)
        {
            throw new ContenderFailedException("http", await answer.Content.ReadAsStringAsync());
        }
    }
}
