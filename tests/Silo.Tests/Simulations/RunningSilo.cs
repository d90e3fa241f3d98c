using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using TownReform.Grains.Journal;
using TownReform.Grains.Rules.Towns;
using TownReform.Grains.Seeds;
using TownReform.Grains.Simulation;
using TownReform.Grains.Simulation.Spread;
using TownReform.Silo.Api;
using TownReform.Silo.Api.Conventions;
using TownReform.Silo.Hosting;
using TownReform.Silo.Identity;
using TownReform.Silo.Papers;
using TownReform.Silo.Simulations;
using TownReform.Silo.Tests.Fixtures;
using TownReform.Silo.Web;

namespace TownReform.Silo.Tests.Simulations;

/// <summary>The endpoints of runs over a silo in this process; who asks is said by a header.</summary>
public sealed class RunningSilo : IAsyncLifetime
{
    public const string KindHeader = "Test-Kind";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("runs-");
    private EmbeddedSilo silo = null!;
    private WebApplication web = null!;

    internal HttpClient Http { get; private set; } = null!;

    internal SeedLibrary Seeds { get; private set; } = null!;

    internal IWorlds Worlds => silo.Worlds;

    internal IServiceProvider Services => web.Services;

    public async ValueTask InitializeAsync()
    {
        var seeds = Seeds = SeedLoader.Load(Repository.Seeds);
        var recording = new SiloRecording(new CountingRecording(seeds));
        silo = await EmbeddedSilo.StartAsync(seeds, services => services.AddSingleton<IRunRecording>(recording));
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRouting();
        ApiEndpoints.Add(builder.Services);
        WebEndpoints.Add(builder.Services);
        builder.Services.AddSingleton(new PageSettings(IsPractice: false));
        SimulationEndpoints.Add(builder.Services, new SimulationSettings(IsOpen: true, Path.Combine(folder.FullName, "simulations")));
        builder.Services.AddSingleton(silo.Grains).AddSingleton(silo.Worlds).AddSingleton(seeds).AddSingleton(recording);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddLogging();
        builder.Services.AddSingleton(new RequestLimits(PerMinute: 60_000));
        PaperEndpoints.Add(
            builder.Services,
            new SiloOptions(folder.FullName, null, System.Net.IPAddress.Loopback, null, 0, 0, Chinese: false, Help: false)
        );
        web = builder.Build();
        web.Use(WhoAsks);
        web.UseExceptionHandler(
            new ExceptionHandlerOptions
            {
                ExceptionHandler = static http =>
                    ApiEndpoints.IsAsked(http) ? ApiEndpoints.FaultedAsync(http) : FaultPages.FaultedAsync(http),
            }
        );
        web.UseStatusCodePages(static context =>
            ApiEndpoints.IsAsked(context.HttpContext)
                ? context.HttpContext.SayAsync(context.HttpContext.Response.StatusCode)
                : FaultPages.ShowAsync(context.HttpContext, context.HttpContext.Response.StatusCode)
        );
        web.Use(HeldWorlds.ReadAddressAsync);
        web.UseRouting();
        web.UseRateLimiter();
        web.Use(SignedInOnly.AskFirstAsync);
        web.Use(HeldWorlds.EnterAsync);
        web.UseAntiforgery();
        web.UseOutputCache();
        ApiEndpoints.Map(web);
        WebEndpoints.Map(web);
        PaperEndpoints.Map(web);
        SimulationEndpoints.Map(web, limits: false);
        await web.StartAsync();
        var address = web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        Http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false })
        {
            BaseAddress = new Uri(address),
            Timeout = TimeSpan.FromMinutes(3),
        };
    }

    public async ValueTask DisposeAsync()
    {
        Http?.Dispose();
        await web.DisposeAsync();
        await silo.DisposeAsync();
        folder.Delete(recursive: true);
    }

    internal async Task<HttpResponseMessage> SendAsync(
        HttpMethod method,
        string path,
        object? body = null,
        string kind = "Operator",
        string? key = null
    )
    {
        using var request = new HttpRequestMessage(method, $"/api/v1/simulations{path}");
        request.Headers.Add(KindHeader, kind);
        request.Headers.Add("Accept-Language", "en");
        if (body is not null)
        {
            request.Headers.Add("Idempotency-Key", key ?? Guid.CreateVersion7().ToString());
            request.Content = JsonContent.Create(body);
        }

        return await Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>A page as somebody reads it.</summary>
    internal async Task<(HttpStatusCode Status, IDocument Page, string? To)> PageAsync(
        string path,
        string kind = "Operator",
        string language = "en",
        Dictionary<string, string>? form = null
    )
    {
        using var request = new HttpRequestMessage(form is null ? HttpMethod.Get : HttpMethod.Post, path);
        request.Headers.Add(KindHeader, kind);
        request.Headers.Add("Accept-Language", language);
        request.Content = form is null ? null : new FormUrlEncodedContent(form);
        using var answer = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        var page = new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return (answer.StatusCode, page, answer.Headers.Location?.ToString());
    }

    internal async Task<JsonElement> AskAsync(string path, string kind = "Operator")
    {
        using var answer = await SendAsync(HttpMethod.Get, path, kind: kind);
        answer.IsSuccessStatusCode.ShouldBeTrue($"{answer.StatusCode}");
        return await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }

    private static Task WhoAsks(HttpContext http, RequestDelegate next)
    {
        if (Enum.TryParse<AccountKind>(http.Request.Headers[KindHeader], out var kind))
        {
            http.Features.Set(Requester.SignedIn(new Account($"account-{kind}", kind, "test", new("测试", "Test")), provedAt: null));
        }

        return next(http);
    }
}
