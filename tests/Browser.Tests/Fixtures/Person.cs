using System.Collections.Concurrent;
using TownReform.Silo.Tests.Api;

namespace TownReform.Browser.Tests.Fixtures;

/// <summary>Somebody at a browser of their own, on one page.</summary>
public sealed class Person : IAsyncDisposable
{
    // Milliseconds; what comes at once on a quiet machine takes a multiple beside other work.
    private const float Patience = 20_000;

    /// <summary>Stops of the tabulator before it counts as out of reach.</summary>
    private const int MostStops = 80;

    private readonly ConcurrentQueue<string> complaints = new();

    private Person(IPage page, Seat seat)
    {
        (Page, Seat) = (page, seat);
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

    internal static async Task<Person> SitDownAsync(Chromium chromium, Seat seat, string? account)
    {
        var context = await chromium.NewContextAsync(seat);
        context.SetDefaultTimeout(Patience);
        var person = new Person(await context.NewPageAsync(), seat);
        await person.SignInAsync(account);
        return person;
    }

    /// <summary>From now on requests are this account's; null: the session has ended.</summary>
    public Task SignInAsync(string? account) =>
        Page.Context.SetExtraHTTPHeadersAsync(account is null ? [] : [new(SignedInSilo.Asks, account)]);

    /// <summary>Opens a page of the silo.</summary>
    public async Task<IResponse> OpenAsync(string path) => (await Page.GotoAsync(path)).ShouldNotBeNull();

    /// <summary>Another tab of the same browser.</summary>
    public async Task<Person> NewTabAsync() => new(await Page.Context.NewPageAsync(), Seat);

    /// <summary>One of two texts, by the language in which they read.</summary>
    public string Say(string chinese, string english) => Seat.Chinese ? chinese : english;

    /// <summary>Follows a link by its text.</summary>
    public Task FollowAsync(string chinese, string english) =>
        Page.GetByRole(AriaRole.Link, new() { Name = Say(chinese, english) }).First.ClickAsync();

    /// <summary>Presses a button by its text.</summary>
    public Task PressAsync(string chinese, string english) =>
        Page.GetByRole(AriaRole.Button, new() { Name = Say(chinese, english), Exact = true }).ClickAsync();

    public Task FillAsync(string name, string value) => Page.Locator($"[name='{name}']").FillAsync(value);

    public Task<string> ValueAsync(string name) => Page.Locator($"[name='{name}']").InputValueAsync();

    /// <summary>The main form of the page as it would be sent now, but for files.</summary>
    /// <param name="button">Name of the button that sends it.</param>
    public async Task<SentForm> FormAsync(string button, string value) =>
        new(
            Page.Url,
            await Page.EvaluateAsync<string[][]>(
                """
                ([name, value]) => [
                  ...[...new FormData(document.querySelector('main form[method=post]'))].filter(([, value]) => typeof value === 'string'),
                  [name, value],
                ]
                """,
                new[] { button, value }
            )
        );

    /// <summary>Sends a form again, as a browser does that was told to.</summary>
    public async Task SendAgainAsync(SentForm form)
    {
        await Page.RunAndWaitForResponseAsync(
            () =>
                Page.EvaluateAsync(
                    """
                    ([to, fields]) => {
                      const form = Object.assign(document.createElement('form'), { method: 'post', action: to });
                      for (const [name, value] of fields) form.append(Object.assign(document.createElement('textarea'), { name, value }));
                      document.body.append(form);
                      form.submit();
                    }
                    """,
                    new object[] { form.To, form.Fields }
                ),
            answer => answer.Request.Method == "POST"
        );
        await Page.WaitForLoadStateAsync();
    }

    /// <summary>Text of what has the focus.</summary>
    public Task<string> FocusedAsync() => Page.EvaluateAsync<string>("() => document.activeElement.innerText.trim()");

    /// <summary>Goes with the tabulator, as somebody without a mouse, to what begins with a text; each stop on the way is seen.</summary>
    public async Task TabToAsync(string text)
    {
        List<string> passed = [];
        for (var stop = 0; stop < MostStops; stop++)
        {
            await Page.Keyboard.PressAsync("Tab");
            var focused = await FocusedAsync();
            if (focused.StartsWith(text, StringComparison.OrdinalIgnoreCase))
            {
                (
                    await Page.EvaluateAsync<bool>(
                        """
                        () => document.activeElement.matches(':focus-visible')
                          && getComputedStyle(document.activeElement).outlineStyle !== 'none'
                        """
                    )
                ).ShouldBeTrue($"the focus on '{focused}' is not seen");
                return;
            }

            passed.Add(focused);
        }

        throw new ShouldAssertException($"No '{text}' within {MostStops} stops of {Page.Url}: {string.Join(" | ", passed)}");
    }

    /// <summary>What is read on the page.</summary>
    public Task<string> ReadAsync() => Page.Locator("main").InnerTextAsync();

    public async Task SeesAsync(string chinese, string english) =>
        (await ReadAsync()).ShouldContain(Say(chinese, english), customMessage: Page.Url);

    /// <summary>Ends with what the browser complained of: a blocked script, a fault in ours.</summary>
    public async ValueTask DisposeAsync()
    {
        await Page.Context.DisposeAsync();
        complaints.ShouldBeEmpty();
    }
}

/// <summary>A form as it was sent.</summary>
public sealed record SentForm(string To, string[][] Fields);
