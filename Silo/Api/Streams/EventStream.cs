using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TownReform.Silo.Api.Conventions;
using TownReform.Silo.Identity;

namespace TownReform.Silo.Api.Streams;

/// <summary>
/// Server-sent events of something that is watched: each with the id by which a client goes on elsewhere, a comment each 15 s so that
/// nobody takes the line for dead, and an end when the silo stops.
/// </summary>
/// <param name="name">What an event is called.</param>
/// <param name="key">What is watched, the same for all who see the same.</param>
/// <param name="next">As <see cref="Feed"/>.</param>
/// <param name="still">Whether whoever watches still may; asked before each event.</param>
internal sealed class EventStream(
    string name,
    string key,
    Func<FeedState?, CancellationToken, Task<FeedState?>> next,
    Func<Task<bool>> still
) : IResult
{
    public const string MediaType = "text/event-stream",
        LastId = "Last-Event-ID";

    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(15);

    private static readonly byte[] Retry = "retry: 2000\n\n"u8.ToArray(),
        Comment = ":\n\n"u8.ToArray();

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var services = httpContext.RequestServices;
        var (places, feeds) = (services.GetRequiredService<StreamPlaces>(), services.GetRequiredService<Feeds>());
        var stopping = services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        var account = Requester.Of(httpContext).AccountId ?? $"{httpContext.Connection.RemoteIpAddress}";
        if (!places.TryTake(account))
        {
            await httpContext.SayAsync(
                StatusCodes.Status429TooManyRequests,
                new(
                    $"同时最多打开 {StreamPlaces.OfAccount} 个实时通道；请先关闭其他页面。",
                    $"At most {StreamPlaces.OfAccount} streams are open at once; close another first."
                )
            );
            return;
        }

        var feed = feeds.Join(key, next);
        try
        {
            using var end = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, stopping);
            await SendAsync(httpContext, feed, end.Token);
        }
        catch (OperationCanceledException)
        {
            // Whoever watched has gone, or the silo stops: the client asks again, here or elsewhere.
        }
        finally
        {
            feeds.Leave(key, feed);
            places.GiveBack(account);
        }
    }

    private async Task SendAsync(HttpContext http, Feed feed, CancellationToken end)
    {
        var sent = http.Request.Headers[LastId].FirstOrDefault();
        var first = await FirstAsync(feed, end);
        if (first is null || (first.IsLast && first.Id == sent))
        {
            // Nothing follows what the client has: by this it knows not to come again.
            http.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        http.Response.ContentType = MediaType;
        http.Response.Headers.CacheControl = "no-store";
        http.Features.GetRequiredFeature<IHttpResponseBodyFeature>().DisableBuffering();
        await http.Response.Body.WriteAsync(Retry, end);
        await http.Response.Body.FlushAsync(end);
        while (await NextAsync(http, feed, sent, end) is { } last)
        {
            sent = last;
        }
    }

    // The id of what was sent; null at the end.
    private async Task<string?> NextAsync(HttpContext http, Feed feed, string? sent, CancellationToken end)
    {
        var changed = feed.Changed;
        if (feed.Latest is { } latest && latest.Id != sent)
        {
            if (!await still())
            {
                return null;
            }

            await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes($"id: {latest.Id}\nevent: {name}\ndata: "), end);
            await http.Response.Body.WriteAsync(latest.Data, end);
            await http.Response.Body.WriteAsync("\n\n"u8.ToArray(), end);
            await http.Response.Body.FlushAsync(end);
            return latest.IsLast ? null : latest.Id;
        }

        if (feed.IsOver)
        {
            return null;
        }

        if (await Task.WhenAny(changed, Task.Delay(Quiet, end)) != changed)
        {
            end.ThrowIfCancellationRequested();
            await http.Response.Body.WriteAsync(Comment, end);
            await http.Response.Body.FlushAsync(end);
        }

        return sent ?? "";
    }

    private static async Task<FeedState?> FirstAsync(Feed feed, CancellationToken end)
    {
        var changed = feed.Changed;
        if (feed.Latest is null && !feed.IsOver)
        {
            await changed.WaitAsync(end);
        }

        return feed.Latest;
    }
}
