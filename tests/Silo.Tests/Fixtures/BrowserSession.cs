using System.Net;
using System.Text.RegularExpressions;

namespace TownReform.Silo.Tests.Fixtures;

/// <summary>
/// A browser without script: keeps cookies, also secure ones on loopback as browsers do, and sends forms with the token of the page that
/// they stand on. It follows no redirect by itself.
/// </summary>
internal sealed partial class BrowserSession : IDisposable
{
    private readonly HttpClient http;

    public BrowserSession(Uri address) =>
        http = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = address };

    public BrowserSession(int port)
        : this(new Uri(FormattableString.Invariant($"http://127.0.0.1:{port}"))) { }

    /// <summary>By name; whoever has a copy of them is the same to a silo.</summary>
    public Dictionary<string, string> Cookies { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Where it says that it comes from, to a silo that trusts the proxy; null for nothing.</summary>
    public string? From { get; init; }

    /// <summary>The header of each cookie as it was last set.</summary>
    public Dictionary<string, string> CookieHeaders { get; } = new(StringComparer.Ordinal);

    /// <summary>A browser at another silo, or a thief's, that has the same cookies now.</summary>
    public BrowserSession Copy(int? port = null) =>
        new(port is { } there ? new Uri(FormattableString.Invariant($"http://127.0.0.1:{there}")) : http.BaseAddress!)
        {
            Cookies = new Dictionary<string, string>(Cookies, StringComparer.Ordinal),
            From = From,
        };

    public Task<Answer> GetAsync(string path, params (string Name, string Value)[] headers) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Get, path), headers);

    /// <summary>Posts fields as they are.</summary>
    public Task<Answer> PostAsync(string path, params (string Name, string Value)[] fields) =>
        SendAsync(
            new HttpRequestMessage(HttpMethod.Post, path)
            {
                Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))),
            }
        );

    /// <summary>The token of the forms of a page.</summary>
    public async Task<string> TokenAsync(string page) => Token().Match((await GetAsync(page)).Text).Groups[1].Value;

    /// <summary>Opens a page and sends one of its forms, with all that is hidden in it.</summary>
    /// <param name="action">Where the form goes.</param>
    public async Task<Answer> SubmitAsync(string page, string action, params (string Name, string Value)[] fields)
    {
        var shown = await GetAsync(page);
        var form = Form(action).Match(shown.Text) is { Success: true } found
            ? found.Value
            : throw new InvalidOperationException($"{page} ({shown.Status} {shown.Location}) has no form to {action}:\n{shown.Text}");
        var hidden = Hidden().Matches(form).Select(input => (input.Groups[1].Value, WebUtility.HtmlDecode(input.Groups[2].Value)));
        return await PostAsync(action, [.. hidden.Where(one => fields.All(field => field.Name != one.Item1)), .. fields]);
    }

    /// <summary>Sends the form of a page with a small PDF file.</summary>
    /// <param name="field">Control of the file.</param>
    public async Task<Answer> UploadAsync(string page, string field, string name, params (string Name, string Value)[] fields)
    {
        using var file = new ByteArrayContent("%PDF-1.7"u8.ToArray());
        using var form = new MultipartFormDataContent
        {
            { file, field, name },
            { new StringContent(await TokenAsync(page)), "form-token" },
        };
        foreach (var (key, value) in fields)
        {
            form.Add(new StringContent(value), key);
        }

        return await SendAsync(new HttpRequestMessage(HttpMethod.Post, page) { Content = form });
    }

    /// <summary>Signs in by name and password.</summary>
    /// <returns>The page that the sign-in led to, through all redirects.</returns>
    public async Task<Answer> SignInAsync(string name, string password) =>
        await FollowAsync(await SubmitAsync("/sign-in", "/sign-in", ("name", name), ("password", password)));

    public async Task<Answer> FollowAsync(Answer answer)
    {
        for (var i = 0; i < 5 && answer.Location is { } next; i++)
        {
            answer = await GetAsync(next);
        }

        return answer;
    }

    public void Dispose() => http.Dispose();

    private async Task<Answer> SendAsync(HttpRequestMessage request, params (string Name, string Value)[] headers)
    {
        using (request)
        {
            request.Headers.Add("Accept-Language", "en");
            if (Cookies.Count > 0)
            {
                request.Headers.Add("Cookie", string.Join("; ", Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
            }

            if (From is not null)
            {
                request.Headers.Add("X-Forwarded-For", From);
            }

            foreach (var (name, value) in headers)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }

            using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
            foreach (var header in response.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
            {
                Keep(header);
            }

            return new Answer(
                response.StatusCode,
                response.Headers.Location?.OriginalString,
                await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
                response.Headers.ToDictionary(one => one.Key, one => string.Join(", ", one.Value), StringComparer.OrdinalIgnoreCase)
            );
        }
    }

    private void Keep(string header)
    {
        var pair = header.Split(';')[0].Split('=', 2);
        CookieHeaders[pair[0]] = header;
        if (pair[1].Length == 0 || header.Contains("expires=Thu, 01 Jan 1970", StringComparison.Ordinal))
        {
            Cookies.Remove(pair[0]);
        }
        else
        {
            Cookies[pair[0]] = pair[1];
        }
    }

    private static Regex Form(string action) =>
        new($"<form[^>]*action=\"{Regex.Escape(action)}\".*?</form>", RegexOptions.Singleline | RegexOptions.CultureInvariant);

    [GeneratedRegex("name=\"form-token\" value=\"([^\"]*)\"", RegexOptions.CultureInvariant)]
    private static partial Regex Token();

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\"", RegexOptions.CultureInvariant)]
    private static partial Regex Hidden();
}

/// <summary>What a silo answered.</summary>
/// <param name="Location">Where it sends to; null where it doesn't.</param>
internal sealed record Answer(HttpStatusCode Status, string? Location, string Text, IReadOnlyDictionary<string, string> Headers);
