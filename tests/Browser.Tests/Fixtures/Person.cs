using System.Collections.Concurrent;

namespace TownReform.Browser.Tests.Fixtures;

/// <summary>Somebody at a browser of their own, on one page.</summary>
public sealed class Person : IAsyncDisposable
{
    private readonly IBrowserContext context;
    private readonly ConcurrentQueue<string> complaints = new();

    private Person(IBrowserContext context, IPage page, Seat seat)
    {
        (this.context, Page, Seat) = (context, page, seat);
        page.Console += (_, said) =>
        {
            // A faulty form answers 422, which the browser counts as a failed load; what a page loads besides must be there.
            if (said.Type == "error" && !said.Text.Contains("the server responded with a status of 4", StringComparison.Ordinal))
            {
                complaints.Enqueue(said.Text);
            }
        };
        page.PageError += (_, error) => complaints.Enqueue(error);
    }

    public IPage Page { get; }

    public Seat Seat { get; }

    internal static async Task<Person> SitDownAsync(Chromium chromium, Seat seat)
    {
        var context = await chromium.NewContextAsync(seat);
        return new Person(context, await context.NewPageAsync(), seat);
    }

    /// <summary>Opens a page of the silo.</summary>
    public async Task<IResponse> OpenAsync(string path) => (await Page.GotoAsync(path)).ShouldNotBeNull();

    /// <summary>Ends with what the browser complained of: a blocked script, a fault in ours.</summary>
    public async ValueTask DisposeAsync()
    {
        await context.DisposeAsync();
        complaints.ShouldBeEmpty();
    }
}
