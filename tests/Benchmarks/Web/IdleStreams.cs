using System.Collections.Immutable;
using System.Net;
using TownReform.Benchmarks.Speed.Running;

namespace TownReform.Benchmarks.Web;

/// <summary>Streams of events that are open and have nothing to tell.</summary>
internal static class IdleStreams
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    /// <summary>Streams that are open when the silo is told to stop.</summary>
    public const int OpenAtStop = 200;

    /// <returns>How long the silo takes to stop with streams open.</returns>
    public static async Task<TimeSpan> StopAsync(WebSilo silo, ImmutableArray<SignedIn> people, CancellationToken cancellation)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = silo.Address };
        var open = new List<HttpResponseMessage>();
        try
        {
            await OpenAsync(http, people, open, OpenAtStop, cancellation);
            await Task.Delay(Rest, cancellation);
            return await silo.StopAsync(cancellation);
        }
        finally
        {
            open.ForEach(stream => stream.Dispose());
        }
    }

    /// <returns>Bytes of memory that the silo has more, with the streams open.</returns>
    public static async Task<long> GrowthAsync(WebSilo silo, ImmutableArray<SignedIn> people, int streams, CancellationToken cancellation)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = silo.Address };
        var open = new List<HttpResponseMessage>();
        try
        {
            // The first ones bring what all share: code, the poller, buffers of the pool.
            var first = Math.Min(people.Length, streams);
            await OpenAsync(http, people, open, first, cancellation);
            await Task.Delay(Rest, cancellation);
            var before = silo.Memory;
            await OpenAsync(http, people, open, streams, cancellation);
            await Task.Delay(Rest, cancellation);
            return (silo.Memory - before) * streams / Math.Max(streams - first, 1);
        }
        finally
        {
            open.ForEach(stream => stream.Dispose());
        }
    }

    private static async Task OpenAsync(
        HttpClient http,
        ImmutableArray<SignedIn> people,
        List<HttpResponseMessage> open,
        int until,
        CancellationToken cancellation
    )
    {
        while (open.Count < until)
        {
            var person = people[open.Count % people.Length];
            using var request = PageViews.Page(person.Events, person.Cookie);
            request.Headers.Accept.Add(new("text/event-stream"));
            request.Headers.Add("Sec-Fetch-Site", "same-origin");
            var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            if (answer.StatusCode == HttpStatusCode.TooManyRequests && open.Count == 0)
            {
                // Streams that were closed a moment ago still have their places.
                answer.Dispose();
                await Task.Delay(Rest, cancellation);
                continue;
            }

            open.Add(answer);
            if (!answer.IsSuccessStatusCode)
            {
                throw new ContenderFailedException("events", $"{person.Events}: {(int)answer.StatusCode}, {open.Count}");
            }
        }
    }
}
