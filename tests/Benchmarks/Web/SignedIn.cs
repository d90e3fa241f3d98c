using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using TownReform.Benchmarks.Speed.Running;
using TownReform.Silo.Identity;
using TownReform.Silo.Identity.Storage;

namespace TownReform.Benchmarks.Web;

/// <summary>A permit that waits at the window, with who has it and whose it is.</summary>
/// <param name="Key">Bearer key of its party.</param>
internal sealed record WaitingCase(CaseView Case, string Key);

/// <summary>Somebody who is signed in, in a browser of their own.</summary>
/// <param name="Cookie">What the browser sends.</param>
/// <param name="Pages">Addresses that they open, in turn.</param>
/// <param name="Events">The stream that their page listens to.</param>
internal sealed record SignedIn(string Cookie, ImmutableArray<string> Pages, string Events);

/// <summary>Fills a silo with waiting permits, and signs people in by the page, as a browser does.</summary>
internal static partial class SigningIn
{
    public const string Office = "government-service";

    private const string Town = "yandian",
        Item = "YD-XK-001",
        Password = "seven quiet herons at noon";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Opens permits by the API, each of another party.</summary>
    /// <param name="name">Tells these commands from others.</param>
    public static async Task<ImmutableArray<WaitingCase>> OpenAsync(HttpClient http, LoadKeys keys, int cases, string name = "waiting")
    {
        var opened = ImmutableArray.CreateBuilder<WaitingCase>(cases);
        for (var i = 0; i < cases; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/towns/{Town}/cases");
            request.Headers.Authorization = new("Bearer", keys.Party);
            request.Headers.Add("Idempotency-Key", $"{name}-{i}");
            request.Content = JsonContent.Create(
                new
                {
                    procedure = "permit",
                    item = Item,
                    party = new Party(keys.Parties[i % keys.Parties.Length], "某", Organisation: false),
                    green = false,
                    fields = new Dictionary<string, string>(),
                },
                options: Json
            );
            using var answer = await http.SendAsync(request);
            opened.Add(
                answer.IsSuccessStatusCode
                    ? new WaitingCase((await answer.Content.ReadFromJsonAsync<CaseView>(Json))!, keys.Party)
                    : throw new ContenderFailedException("http", await answer.Content.ReadAsStringAsync())
            );
        }

        return opened.ToImmutable();
    }

    /// <summary>Makes accounts and signs them in: seven of ten are officers at the windows, who open their list, files and forms; the rest
    /// are parties, who open their own cases and the guide.</summary>
    public static async Task<ImmutableArray<SignedIn>> SignInAsync(WebSilo silo, ImmutableArray<WaitingCase> waiting, int users)
    {
        await using var database = AccountDatabase.OnSqlite(silo.Folder);
        using var passwords = new Passwords();
        var hash = await passwords.HashAsync(Password);
        var accounts = new AccountStore(database);
        var people = ImmutableArray.CreateBuilder<SignedIn>(users);
        for (var i = 0; i < users; i++)
        {
            var of = waiting[i % waiting.Length].Case;
            var isOfficer = i % 10 < 7;
            var name = $"web-{i}";
            var account = isOfficer
                ? new Account(name, AccountKind.Staff, name, new(name, name), Town: Town, Staff: of.Officers[0])
                : new Account(name, AccountKind.Party, name, new(name, name)) { Parties = [of.Party.Id] };
            await accounts.AddAsync(account, hash, mustChange: false, TimeProvider.System.GetUtcNow());
            people.Add(new(await CookieAsync(silo.Address, name), isOfficer ? PagesOfOfficer(of) : PagesOfParty(of), EventsOf(of)));
        }

        return people.MoveToImmutable();
    }

    public static string Inbox => $"/o/{Office}?tab=office";

    public static string File(CaseView of) => $"/o/{Office}/cases/{of.Number}";

    public static string Form(CaseView of) => $"{File(of)}/acts/accept";

    private static ImmutableArray<string> PagesOfOfficer(CaseView of) => [Inbox, File(of), $"/o/{Office}", Form(of), Inbox];

    private static ImmutableArray<string> PagesOfParty(CaseView of) => ["/my", $"/my/cases/{of.Number}", $"/items/{Item}"];

    private static string EventsOf(CaseView of) => $"/api/v1/cases/{of.Number}/events";

    private static async Task<string> CookieAsync(Uri address, string name)
    {
        using var handler = new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false };
        using var http = new HttpClient(handler) { BaseAddress = address };
        var kept = new Dictionary<string, string>(StringComparer.Ordinal);
        using var page = await http.GetAsync("/sign-in");
        Keep(page, kept);
        var token = Token().Match(await page.Content.ReadAsStringAsync()).Groups[1].Value;
        using var form = new HttpRequestMessage(HttpMethod.Post, "/sign-in")
        {
            Content = new FormUrlEncodedContent([new("form-token", token), new("name", name), new("password", Password)]),
        };
        form.Headers.Add("Cookie", Text(kept));
        using var answer = await http.SendAsync(form);
        Keep(answer, kept);
        return answer.StatusCode == HttpStatusCode.SeeOther
            ? Text(kept)
            : throw new ContenderFailedException("sign-in", $"{(int)answer.StatusCode}");
    }

    // Browsers send a secure cookie to loopback without TLS; the framework's container doesn't.
    private static void Keep(HttpResponseMessage answer, Dictionary<string, string> kept)
    {
        foreach (var header in answer.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
        {
            var pair = header.Split(';')[0].Split('=', 2);
            kept[pair[0]] = pair[1];
        }
    }

    private static string Text(Dictionary<string, string> kept) => string.Join("; ", kept.Select(one => $"{one.Key}={one.Value}"));

    [GeneratedRegex("name=\"form-token\" value=\"([^\"]*)\"", RegexOptions.CultureInvariant)]
    private static partial Regex Token();
}
