using System.Diagnostics;
using TownReform.Benchmarks.Speed.Running;

namespace TownReform.Benchmarks.Web;

/// <summary>Listens to one stream of events, as an open page does.</summary>
internal sealed class EventReader : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly HttpResponseMessage answer;
    private readonly StreamReader lines;
    private readonly string path;

    private EventReader(HttpResponseMessage answer, Stream stream, string path) =>
        (this.answer, lines, this.path) = (answer, new StreamReader(stream), path);

    /// <summary>Opens a stream and reads the event with which it begins.</summary>
    /// <exception cref="ContenderFailedException">There is no such stream for them.</exception>
    public static async Task<EventReader> OpenAsync(HttpClient http, HttpRequestMessage request)
    {
        request.Headers.Accept.Add(new("text/event-stream"));
        var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        var path = $"{request.RequestUri}";
        if (!answer.IsSuccessStatusCode)
        {
            throw new ContenderFailedException("events", $"{path}: {(int)answer.StatusCode}");
        }

        var reader = new EventReader(answer, await answer.Content.ReadAsStreamAsync(), path);
        await reader.NextAsync(Stopwatch.GetTimestamp());
        return reader;
    }

    /// <summary>Waits for the next event.</summary>
    /// <returns>Milliseconds since a moment.</returns>
    /// <exception cref="ContenderFailedException">None came, or the stream ended.</exception>
    public async Task<double> NextAsync(long since)
    {
        using var enough = new CancellationTokenSource(Patience);
        try
        {
            while (await lines.ReadLineAsync(enough.Token) is { } line)
            {
                if (line.StartsWith("data:", StringComparison.Ordinal))
                {
                    return Stopwatch.GetElapsedTime(since).TotalMilliseconds;
                }
            }

            throw new ContenderFailedException("events", $"{path}: the stream ended");
        }
        catch (OperationCanceledException)
        {
            throw new ContenderFailedException("events", $"{path}: nothing came in {Patience.TotalSeconds:F0} s");
        }
    }

    /// <summary>Waits until the stream has told what came before: it is looked at every two seconds.</summary>
    public async Task DrainAsync() => await NextAsync(Stopwatch.GetTimestamp());

    public ValueTask DisposeAsync()
    {
        lines.Dispose();
        answer.Dispose();
        return ValueTask.CompletedTask;
    }
}
