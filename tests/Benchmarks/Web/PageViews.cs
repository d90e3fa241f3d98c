using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using TownReform.Benchmarks.Speed.Running;

namespace TownReform.Benchmarks.Web;

/// <summary>Milliseconds from the moment a page was meant to be asked for until its last byte.</summary>
internal sealed record Viewed(int Pages, double P50, double P99);

/// <summary>People who open pages, one after the other, at a rate that doesn't wait for the answers.</summary>
internal static class PageViews
{
    private const int AtOnce = 16;

    /// <summary>Opens pages beside a load of cases.</summary>
    /// <exception cref="ContenderFailedException">A page was not answered by 200.</exception>
    public static async Task<Viewed> RunAsync(
        WebSilo silo,
        ImmutableArray<SignedIn> people,
        WebOptions options,
        CancellationToken cancellation
    )
    {
        using var http = Client(silo);
        var all = options.WarmUp + options.Window;
        var load = silo.ConsoleAsync(
            [
                "load",
                "--rate",
                options.Rate.ToString(CultureInfo.InvariantCulture),
                "--duration",
                string.Create(CultureInfo.InvariantCulture, $"{all.TotalSeconds}s"),
                "--warm-up",
                "0s",
                "--no-audit",
                "--json",
            ],
            cancellation
        );
        // The console takes some seconds to begin; the warm-up is longer.
        await OpenAsync(http, people, options.Views, options.WarmUp, cancellation);
        var told = await OpenAsync(http, people, options.Views, options.Window, cancellation);
        await load;
        var sorted = told.Order().ToArray();
        return new Viewed(sorted.Length, sorted[sorted.Length / 2], sorted[(int)(sorted.Length * 0.99)]);
    }

    /// <summary>Processor time of the silo for one page, by several people at once who each wait for theirs; microseconds. One alone would
    /// measure how threads are woken, since a page is some calls from one to the next.</summary>
    public static async Task<double> CostAsync(WebSilo silo, Func<HttpRequestMessage> page, int times)
    {
        using var http = Client(silo);
        await AllAsync();
        var before = silo.Processor;
        await AllAsync();
        return (silo.Processor - before).TotalMicroseconds / times;

        Task AllAsync() => Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => SomeAsync()));

        async Task SomeAsync()
        {
            for (var i = 0; i < times / AtOnce; i++)
            {
                await FetchAsync(http, page());
            }
        }
    }

    public static HttpRequestMessage Page(string path, string cookie)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Cookie", cookie);
        return request;
    }

    private static HttpClient Client(WebSilo silo) =>
        new(
            new SocketsHttpHandler
            {
                UseCookies = false,
                AllowAutoRedirect = false,
                AutomaticDecompression = DecompressionMethods.None,
            }
        )
        {
            BaseAddress = silo.Address,
        };

    private static async Task<ConcurrentBag<double>> OpenAsync(
        HttpClient http,
        ImmutableArray<SignedIn> people,
        int views,
        TimeSpan window,
        CancellationToken cancellation
    )
    {
        var told = new ConcurrentBag<double>();
        var opened = new List<Task>();
        var began = Stopwatch.GetTimestamp();
        var between = TimeSpan.FromSeconds(1) / views;
        for (var n = 0; between * n < window; n++)
        {
            var wait = (between * n) - Stopwatch.GetElapsedTime(began);
            if (wait > TimeSpan.FromMilliseconds(1))
            {
                await Task.Delay(wait, cancellation);
            }

            var person = people[n % people.Length];
            var path = person.Pages[n / people.Length % person.Pages.Length];
            var meant = between * n;
            opened.Add(ViewAsync());

            async Task ViewAsync()
            {
                await FetchAsync(http, Page(path, person.Cookie));
                told.Add((Stopwatch.GetElapsedTime(began) - meant).TotalMilliseconds);
            }
        }

        await Task.WhenAll(opened);
        return told;
    }

    private static async Task FetchAsync(HttpClient http, HttpRequestMessage request)
    {
        using (request)
        {
            using var answer = await http.SendAsync(request);
            await answer.Content.ReadAsByteArrayAsync();
            if (answer.StatusCode != HttpStatusCode.OK)
            {
                throw new ContenderFailedException("http", $"{request.RequestUri}: {(int)answer.StatusCode}");
            }
        }
    }
}
