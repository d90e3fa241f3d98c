using System.Collections.Immutable;
using TownReform.Benchmarks.Speed.Running;
using TownReform.Benchmarks.Speed.Telling;
using TownReform.Grains.Seeds;
using TownReform.Silo.Hosting;
using TownReform.Silo.Identity;

namespace TownReform.Benchmarks.Web;

/// <summary>Measures pages and API on a silo of its own; whatever happens, stops and deletes it.</summary>
internal static class WebCommand
{
    private const int BadInput = 2,
        Waiting = 60,
        Times = 4800,
        StreamsOfAccount = 4;

    public static async Task<int> RunAsync(string[] line)
    {
        if (line.Contains("--help"))
        {
            Console.Error.WriteLine(Reader.In(WebOptions.Usage));
            return 0;
        }

        var (options, fault) = WebOptions.Parse(line);
        if (fault is not null)
        {
            Console.Error.WriteLine($"{Reader.In(fault)}\n{Reader.In(WebOptions.Usage)}");
            return BadInput;
        }

        return await Interruptible.RunAsync(cancellation => MeasureAsync(options, cancellation));
    }

    private static async Task MeasureAsync(WebOptions options, CancellationToken cancellation)
    {
        if (options.Only.Intersect([WebOptions.Acts, WebOptions.Pages, WebOptions.Costs, WebOptions.Fresh]).Any())
        {
            await using var silo = await WebSilo.StartAsync(cancellation);
            await WorkAsync(silo, options, cancellation);
        }

        if (options.Only.Intersect([WebOptions.IdleOnes, WebOptions.Stop]).Any())
        {
            // What was thrown away while the streams were opened is no part of what they hold.
            await using var silo = await WebSilo.StartAsync(cancellation, tidy: true);
            await StreamsAsync(silo, options, cancellation);
        }
    }

    private static async Task WorkAsync(WebSilo silo, WebOptions options, CancellationToken cancellation)
    {
        await using var keys = await KeysAsync(silo);
        if (options.Only.Contains(WebOptions.Acts))
        {
            Tell(new("Orleans 客户端与 HTTP 交替", "the Orleans client and HTTP in turn"));
            WebTable.Write(await ActPairs.RunAsync(silo, options, Console.Error.WriteLine, cancellation));
        }

        if (options.Only is [WebOptions.Acts])
        {
            return;
        }

        var (waiting, people) = await SignInAsync(silo, keys, options.Users);
        if (options.Only.Contains(WebOptions.Pages))
        {
            WebTable.Write(await PageViews.RunAsync(silo, people, options, cancellation), options);
        }

        if (options.Only.Contains(WebOptions.Costs))
        {
            await CostsAsync(silo, waiting[0], people[0], keys);
        }

        if (options.Only.Contains(WebOptions.Fresh))
        {
            WebTable.Write(await Freshness.MeasureAsync(silo, waiting, people[0], keys, cancellation));
        }
    }

    private static async Task StreamsAsync(WebSilo silo, WebOptions options, CancellationToken cancellation)
    {
        await using var keys = await KeysAsync(silo);
        // An account has four streams at most.
        var (_, people) = await SignInAsync(
            silo,
            keys,
            (Math.Max(options.Streams, IdleStreams.OpenAtStop) + StreamsOfAccount - 1) / StreamsOfAccount
        );
        if (options.Only.Contains(WebOptions.IdleOnes))
        {
            WebTable.Write(await IdleStreams.GrowthAsync(silo, people, options.Streams, cancellation), options.Streams);
        }

        if (options.Only.Contains(WebOptions.Stop))
        {
            WebTable.WriteStop(await IdleStreams.StopAsync(silo, people, cancellation));
        }
    }

    private static Task<LoadKeys> KeysAsync(WebSilo silo) =>
        LoadKeys.IssueAsync(silo.Folder, null, SeedLoader.Load(SeedsFolder.Find(null).Folder!).Towns.Values, "web", TimeProvider.System);

    private static async Task<(ImmutableArray<WaitingCase> Waiting, ImmutableArray<SignedIn> People)> SignInAsync(
        WebSilo silo,
        LoadKeys keys,
        int users
    )
    {
        using var http = new HttpClient { BaseAddress = silo.Address };
        Tell(new($"{users} 人登录", $"{users} people sign in"));
        var waiting = await SigningIn.OpenAsync(http, keys, Waiting);
        return (waiting, await SigningIn.SignInAsync(silo, waiting, users));
    }

    private static async Task CostsAsync(WebSilo silo, WaitingCase waiting, SignedIn officer, LoadKeys keys)
    {
        var of = waiting.Case;
        (Words What, Func<HttpRequestMessage> Request)[] pages =
        [
            (new($"{Waiting} 件的待办列表", $"inbox of {Waiting}"), () => PageViews.Page(SigningIn.Inbox, officer.Cookie)),
            (new("案卷", "case file"), () => PageViews.Page(SigningIn.File(of), officer.Cookie)),
            (new("办理表单", "act form"), () => PageViews.Page(SigningIn.Form(of), officer.Cookie)),
            (new("JSON 读取", "JSON read through a grain"), Read),
        ];
        foreach (var (what, request) in pages)
        {
            WebTable.WriteCost(what, await PageViews.CostAsync(silo, request, Times));
        }

        HttpRequestMessage Read()
        {
            var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/cases/{of.Number}");
            request.Headers.Authorization = new("Bearer", keys.Party);
            return request;
        }
    }

    private static void Tell(Words words) => Console.Error.WriteLine(Reader.In(words));
}
