using System.Collections.Immutable;
using TownReform.Benchmarks.Speed.Running;

namespace TownReform.Benchmarks.Web;

/// <summary>Streams of events that are open and have nothing to tell.</summary>
internal static class IdleStreams
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    /// <returns>Bytes of memory that the silo has more, with the streams open.</returns>
    public static async Task<long> GrowthAsync(WebSilo silo, ImmutableArray<SignedIn> people, int streams, CancellationToken cancellation)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = silo.Address };
        var open = new List<HttpResponseMessage>();
        try
        {
            // The first ones bring what all share: code, the poller, buffers of the pool.
            var first = Math.Min(people.Length, streams);
            await OpenAsync(0, first);
            await Task.Delay(Rest, cancellation);
            var before = silo.Memory;
            await OpenAsync(first, streams);
            await Task.Delay(Rest, cancellation);
            return (silo.Memory - before) * streams / Math.Max(streams - first, 1);
        }
        finally
        {
            open.ForEach(stream => stream.Dispose());
        }

        async Task OpenAsync(int from, int until)
        {
            for (var i = from; i < until; i++)
            {
                var person = people[i % people.Length];
                using var request = PageViews.Page(person.Events, person.Cookie);
                request.Headers.Accept.Add(new("text/event-stream"));
                request.Headers.Add("Sec-Fetch-Site", "same-origin");
                var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
                open.Add(answer);
                if (!answer.IsSuccessStatusCode)
                {
                    throw new ContenderFailedException("events", $"{person.Events}: {(int)answer.StatusCode}, {i}");
                }
            }
        }
    }
}
