using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TownReform.Grains.Journal.Storage;
using TownReform.Grains.Rules.Towns;
using TownReform.Grains.Seeds;
using TownReform.Silo.Api.Conventions;
using TownReform.Silo.Hosting;
using TownReform.Silo.Identity;
using TownReform.Silo.Tests.Fixtures;

namespace TownReform.Silo.Tests.Api;

/// <summary>
/// A live silo in this process, with its API, where a request says by a header who asks: what is tested is what they may, and not how they
/// signed in.
/// </summary>
public sealed class SignedInSilo : IAsyncLifetime
{
    internal const string Asks = "X-Test-Account";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("town");
    private LiveFolder data = null!;
    private IHost host = null!;

    /// <summary>It takes orders of runs.</summary>
    internal bool Simulations { get; init; }

    /// <summary>Changes the copy of the seeds by which it runs, before they are read.</summary>
    internal Action<string>? ChangeSeeds { get; init; }

    /// <summary>It is one to try out, with demo accounts.</summary>
    internal bool Demo { get; init; }

    internal HttpClient Http { get; private set; } = null!;

    /// <summary>The same without following where an answer leads, and without keeping cookies.</summary>
    internal HttpClient Plain { get; private set; } = null!;

    internal SeedLibrary Seeds { get; private set; } = null!;

    internal IGrainFactory Grains => host.Services.GetRequiredService<IGrainFactory>();

    internal IServiceProvider Services => host.Services;

    /// <summary>Accounts by the id that a request says.</summary>
    internal Dictionary<string, Requester> Accounts { get; } = new(StringComparer.Ordinal);

    public async ValueTask InitializeAsync()
    {
        var seeds = Repository.CopySeedsFor(TimeProvider.System.GetUtcNow(), Path.Combine(folder.FullName, "seeds"));
        ChangeSeeds?.Invoke(seeds);
        Seeds = SeedLoader.Load(seeds);
        data = new LiveFolder(Path.Combine(folder.FullName, "data"));
        var ((silo, gateway), (http, _)) = (SiloProcess.FreePorts(), SiloProcess.FreePorts());
        var options = new SiloOptions(data.Path, null, IPAddress.Loopback, null, silo, gateway, Chinese: false, Help: false)
        {
            HttpPort = http,
            Simulations = Simulations,
            Identity = new() { DemoAccounts = Demo },
        };
        host = LiveSilo.Build(
            Seeds,
            data,
            options,
            more: services =>
                services.AddSingleton<IStartupFilter>(new AsksByHeader(Accounts)).AddSingleton(new RequestLimits(PerMinute: 60_000))
        );
        await host.StartAsync(TestContext.Current.CancellationToken);
        (await new TownFounding(Grains, Seeds).FoundAllAsync(Address.Live)).ShouldBeNull();
        Http = new HttpClient { BaseAddress = new Uri(FormattableString.Invariant($"http://127.0.0.1:{http}")) };
        Plain = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Http.BaseAddress };
    }

    public async ValueTask DisposeAsync()
    {
        Http?.Dispose();
        Plain?.Dispose();
        if (host is not null)
        {
            await host.StopAsync(CancellationToken.None);
            host.Dispose();
        }

        data?.Dispose();
        folder.Delete(recursive: true);
    }

    /// <summary>A party's account.</summary>
    internal string Party(params string[] ids) =>
        Account(Requester.SignedIn(New(AccountKind.Party, ids[0]) with { Parties = [.. ids] }, null));

    /// <summary>An account of somebody of a town.</summary>
    internal string Staff(string town, string id) =>
        Account(Requester.SignedIn(New(AccountKind.Staff, id) with { Town = town, Staff = id }, null));

    /// <summary>An account of somebody of a department above the towns.</summary>
    internal string County(string county, string office)
    {
        var person = Seeds.Counties[county].Department(office)!.People[0].Id;
        return Account(
            Requester.SignedIn(New(AccountKind.County, person) with { County = county, CountyOffice = office, CountyPerson = person }, null)
        );
    }

    internal string Of(AccountKind kind) => Account(Requester.SignedIn(New(kind, $"{kind}"), null));

    internal string Account(Requester requester)
    {
        lock (Accounts)
        {
            Accounts[requester.AccountId!] = requester;
        }

        return requester.AccountId!;
    }

    /// <summary>Opens a permit case for a party.</summary>
    internal async Task<CaseView> OpenAsync(string party, string? account = null)
    {
        using var answer = await PostAsync(account ?? Party(party), "/api/v1/towns/yandian/cases", Opening(party), Fresh());
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return (await JsonAsync(answer)).Case();
    }

    internal static object Opening(string party) =>
        new
        {
            procedure = "permit",
            item = "YD-XK-001",
            party = new
            {
                id = party,
                name = "某店",
                organisation = false,
            },
        };

    internal Task<HttpResponseMessage> GetAsync(string? account, string path, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Get, account, path, null, headers);

    internal Task<HttpResponseMessage> PostAsync(
        string? account,
        string path,
        object? body,
        string? key,
        params (string Name, string Value)[] headers
    ) => SendAsync(HttpMethod.Post, account, path, body, key is null ? headers : [.. headers, ("Idempotency-Key", key)]);

    internal static string Fresh() => Guid.CreateVersion7().ToString();

    internal static async Task<JsonElement> JsonAsync(HttpResponseMessage answer) =>
        JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method,
        string? account,
        string path,
        object? body,
        (string Name, string Value)[] headers
    )
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Add("Accept-Language", "en");
        if (account is not null)
        {
            request.Headers.Add(Asks, account);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        request.Content = body is null ? null : JsonContent.Create(body, body.GetType());
        return await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    private static Account New(AccountKind kind, string id) => new($"account-{id}", kind, id, new Words(id, id));

    private sealed class AsksByHeader(Dictionary<string, Requester> accounts) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) =>
            app =>
            {
                app.Use(
                    (http, go) =>
                    {
                        if (http.Request.Headers[Asks] is [{ } id])
                        {
                            lock (accounts)
                            {
                                http.Features.Set(accounts[id]);
                            }
                        }

                        return go(http);
                    }
                );
                next(app);
            };
    }
}

/// <summary>What tests read of an answer.</summary>
internal static class AnsweredCase
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web)
    {
        Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static CaseView Case(this JsonElement json) => json.Deserialize<CaseView>(Web).ShouldNotBeNull();

    public static int Code(this JsonElement problem) => problem.GetProperty("code").GetInt32();
}
